from __future__ import annotations

from dataclasses import replace

import pytest
from example import example, finding

from headway.reports.overview import verdict
from headway.results import NotJudged, ScanResult
from headway.series import Slice


def result(**changes: object) -> ScanResult:
    return replace(example(), **{"findings": (), "not_judged": (), **changes})


def word(made: ScanResult) -> str:
    metric = next(one for one in made.metrics if one.id == "backlog")
    return verdict(made, metric).word


@pytest.mark.parametrize(
    ("direction", "said"),
    [("worse", "Got worse"), ("better", "Got better"), ("up", "Rose"), ("down", "Fell")],
)
@pytest.mark.parametrize("kind", ["shift", "drift"])
def test_a_metric_is_judged_by_its_finding_over_all_records(
    kind: str, direction: str, said: str
) -> None:
    one = finding("f", "backlog", "It moved.", kind=kind, slice=Slice(), direction=direction)
    assert word(result(findings=(one,))) == said


def test_a_finding_of_a_part_or_against_peers_leaves_the_metric_ordinary() -> None:
    part = finding("a", "backlog", "One team.", slice=Slice("group", "A"))
    level = finding("b", "backlog", "Peers.", kind="level", slice=Slice())
    other = finding("c", "arrivals", "More.", slice=Slice())
    assert word(result(findings=(part, level, other))) == "Ordinary"


def test_a_refused_metric_is_not_judged() -> None:
    assert word(result(not_judged=(NotJudged("backlog", Slice(), "too short"),))) == "Not judged"
    part = NotJudged("backlog", Slice("group", "A"), "too short")
    assert word(result(not_judged=(part,))) == "Ordinary"
    assert word(result(panels={})) == "Not judged"


def test_a_metric_without_a_value_shows_no_variation() -> None:
    made = result()
    empty = tuple(replace(one, value=None) for one in made.metrics)
    assert word(replace(made, metrics=empty)) == "–"
