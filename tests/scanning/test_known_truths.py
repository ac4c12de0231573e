"""What a scan makes of a simulated desk whose truth is known."""

import pytest

from headway.scanning import Options, gather, scan_gathered
from headway.simulate import Desk, scenario, tickets


def scanned(name):
    desk = Desk(seed=3, growth=0.0, holidays="DE", planted=scenario(name))
    options = Options()
    return scan_gathered(gather([tickets(desk)], options), options)


def moves(made):
    return {(f.kind, f.metric) for f in made.findings if f.kind not in ("data", "level")}


def test_an_earlier_stamp_is_told_as_a_change_of_definition_and_not_as_success():
    made = scanned("definition")
    assert [f.since for f in made.findings if f.id.startswith("data") and f.before] == [
        "2026-08-17"
    ]
    resting = {"time_to_resolve", "time_to_restore", "within_target", "backlog", "backlog_age"}
    assert not {metric.split(".")[0] for _, metric in moves(made)} & resting


def test_an_extract_by_closing_date_is_recognised_where_closing_comes_days_after_resolving():
    made = scanned("closing")
    assert made.result.coverage.selected_by == "closed"
    assert made.result.coverage.start == "2025-11-17"
    assert made.result.coverage.end < "2026-11-10"
    assert moves(made) == set()


def test_the_edge_of_an_extract_is_not_told_as_a_fall():
    made = scanned("edge")
    assert [edge.side for edge in made.result.coverage.edges] == ["end"]
    assert ("shift", "arrivals") not in moves(made)


@pytest.mark.parametrize(
    ("name", "kind", "metric"),
    [
        ("slip", "shift", "time_to_resolve"),
        ("surge", "shift", "arrivals"),
        ("drift", "drift", "time_to_resolve"),
    ],
)
def test_what_was_planted_is_found_with_its_kind(name, kind, metric):
    (truth,) = scenario(name)
    found = [f for f in scanned(name).findings if f.kind == kind and f.metric == metric]
    assert (truth.value, truth.direction) in {(f.slice.value, f.direction) for f in found}


def test_nothing_is_told_of_a_desk_where_nothing_happened():
    assert moves(scanned("nothing")) == set()
