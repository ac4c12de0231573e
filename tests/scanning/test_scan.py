"""A scan finds what was planted, where and when, and nothing where nothing was."""

import json
from dataclasses import replace

import desk
import numpy as np
import pytest
from desk import scan_of

import headway as hw
from headway.calendars import Clock
from headway.errors import InputError, OptionError
from headway.series import Slice


def test_a_planted_slip_is_found_with_kind_metric_slice_direction_and_date(slip):
    lead = next(f for f in slip.findings if f.kind == "shift")
    assert (lead.metric, lead.slice) == ("time_to_resolve", Slice("service", "Payroll"))
    assert lead.direction == "worse"
    assert lead.since_interval[0] <= "2024-05-06" <= lead.since_interval[1]
    assert lead.after / lead.before == pytest.approx(3, rel=0.35)
    assert lead.q < 0.001
    assert lead.parent == ""


def test_a_planted_gain_is_found_as_better():
    made = scan_of(desk.written(desk.tickets(3, slip="Email", factor=0.3)))
    lead = next(f for f in made.findings if f.metric == "time_to_resolve" and not f.parent)
    assert (str(lead.slice), lead.direction) == ("service=Email", "better")


@pytest.mark.parametrize("seed", range(4, 12))
def test_a_desk_on_which_nothing_happens_has_no_findings_of_change(seed):
    made = scan_of(desk.written(desk.tickets(seed)))
    assert [f.sentence for f in made.findings if f.kind != "data"] == []
    assert made.result.series_judged > 50


def test_every_finding_points_to_records_that_are_there(slip):
    for finding in slip.findings:
        if finding.kind == "data":
            with pytest.raises(OptionError, match="about the data as a whole"):
                slip.behind(finding.id)
            continue
        behind = slip.behind(finding.id)
        assert behind.num_rows > 0
        if finding.slice.dimension != "all":
            assert set(behind[finding.slice.dimension].to_pylist()) == {finding.slice.value}


def test_the_records_of_the_slip_are_the_late_ones_of_its_service(slip):
    lead = next(f for f in slip.findings if f.kind == "shift")
    behind = slip.behind(lead.id)
    assert behind.num_rows == lead.records
    assert str(min(behind["opened_at"].to_pylist()))[:10] >= lead.since


def test_an_unknown_finding_is_refused_in_one_sentence(slip):
    with pytest.raises(OptionError, match="no finding 'shift-000000'"):
        slip.behind("shift-000000")


def test_what_is_read_is_used_or_rejected(slip, slipping):
    counts = slip.result.counts
    assert counts["read"] == len(slipping["Number"]) == counts["used"] + counts["rejected"]


def test_where_and_dates_narrow_the_records(slipping):
    text = desk.written(slipping)
    payroll = scan_of(text, where=["service=Payroll"], start="2024-02-05", end="2024-06-30")
    at = np.array(slipping["Opened"], dtype="datetime64[D]")
    wanted = (np.array(slipping["Service"]) == "Payroll") & (at >= np.datetime64("2024-02-05"))
    wanted &= at <= np.datetime64("2024-06-30")
    assert payroll.result.counts["tickets"] == wanted.sum()
    panel = payroll.result.panels["arrivals"]
    assert "service" not in {part.dimension for part in panel.slices}
    lead = next(f for f in payroll.findings if f.kind == "shift")
    assert (lead.metric, lead.slice, lead.direction) == ("time_to_resolve", Slice(), "worse")


def test_a_part_without_tickets_is_an_error_that_says_what_to_widen(slipping):
    with pytest.raises(OptionError, match="widen"):
        scan_of(desk.written(slipping), start="2031-01-01")
    with pytest.raises(OptionError, match=r"Planet"):
        scan_of(desk.written(slipping), where=["Planet=Mars"])


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_the_period_is_the_one_asked_for(slipping, period):
    made = scan_of(desk.written(slipping), period=period)
    assert made.result.method.period == period
    assert {panel.periods.span for panel in made.result.panels.values()} == {period}


def test_another_clock_changes_hours_and_says_so(slipping):
    options = hw.Options.parse(clock=Clock.parse(zone="Europe/Berlin", rule="working"))
    made = scan_of(desk.written(slipping), options=options)
    assert "Europe/Berlin" in made.to_text()
    assert "working time" in " ".join(made.result.method.sentences)


def test_a_role_can_be_given_by_hand(slipping):
    rows = {("Betrifft" if name == "Service" else name): v for name, v in slipping.items()}
    assert scan_of(desk.written(rows)).result.mapping[0].of("service") is None
    made = scan_of(desk.written(rows), map={"service": "Betrifft"})
    assert made.result.mapping[0].of("service").column == "Betrifft"
    assert any(f.slice.value == "Payroll" for f in made.findings)


def test_nothing_to_scan_is_an_error():
    with pytest.raises(InputError, match="Nothing to scan"):
        hw.scan()


def test_something_that_is_no_source_is_refused_by_its_type():
    with pytest.raises(InputError, match="int cannot be scanned"):
        hw.scan(7)


def test_findings_are_new_continuing_and_gone_beside_an_earlier_scan(slip, quiet, tmp_path):
    last = tmp_path / "last.json"
    last.write_text(quiet.to_json())
    fresh = slip.compared_with(last)
    assert {f.status for f in fresh.findings if f.kind == "shift"} == {"new"}
    assert {f.status for f in fresh.findings if f.kind == "data"} <= {"continuing", "new"}
    last.write_text(slip.to_json())
    assert {f.status for f in slip.compared_with(last).findings} == {"continuing"}
    gone = {f.id for f in quiet.compared_with(last).result.gone}
    assert {f.id for f in slip.findings if f.kind == "shift"} <= gone


def test_the_same_slip_has_the_same_id_a_month_later(slip):
    later = scan_of(desk.written(desk.tickets(31, weeks=34, slip="Payroll")))
    lead = next(f for f in slip.findings if f.kind == "shift")
    assert lead.id in {f.id for f in later.findings}


def test_a_chart_shows_itself_and_is_divided_at_the_shift(slip):
    picture = slip.chart("time_to_resolve", service="Payroll")
    lead = next(f for f in slip.findings if f.kind == "shift")
    assert picture._repr_svg_().startswith("<svg")
    assert picture.label == lead.sentence
    dates = slip.result.panels["time_to_resolve"].periods.starts
    assert str(dates[picture.chart.change_at]) == lead.cut
    assert picture.chart.unit == "h"


def test_charts_exist_for_every_metric_and_every_finding_that_leads(slip):
    charts = slip.charts()
    assert set(slip.result.panels) <= set(charts)
    assert {f.id for f in slip.findings if f.kind != "data" and not f.parent} <= set(charts)


def test_the_chart_of_a_level_shows_the_value_of_its_peers(slip):
    lead = next(f for f in slip.findings if f.kind == "shift")
    level = replace(lead, id="level-1", kind="level", before=19.7, cut=None)
    charts = replace(slip, result=replace(slip.result, findings=(lead, level))).charts()
    assert (charts["level-1"].target, charts["level-1"].target_label) == (
        19.7,
        "In line with peers",
    )
    assert charts[lead.id].target is None


@pytest.mark.parametrize(
    ("metric", "where", "words"),
    [
        ("happiness", {}, "no series for the metric 'happiness'"),
        ("arrivals", {"service": "Moon"}, "service=Moon"),
        ("arrivals", {"service": "Email", "group": "Field"}, "one slice"),
    ],
)
def test_a_chart_that_does_not_exist_is_refused(slip, metric, where, words):
    with pytest.raises(OptionError, match=words):
        slip.chart(metric, **where)


def test_a_ready_made_series_gets_its_chart():
    dates = np.datetime64("2024-01-01") + 7 * np.arange(30)
    values = np.random.default_rng(1).normal(20, 2, 30)
    values[25] = 60.0
    picture = hw.chart(values, dates, kind="i", better="lower", unit="h", label="Hours to fix")
    assert picture.chart.kind == "i"
    svg = picture._repr_svg_()
    assert svg.startswith("<svg")
    assert "Hours to fix" in svg


def test_a_scan_shows_itself_in_a_notebook_with_tags_escaped(slip):
    shown = slip._repr_html_()
    assert shown.startswith("<ol><li>")
    assert 1 <= shown.count("<li>") <= 10
    odd = replace(slip.result, findings=(replace(slip.findings[0], sentence="<b>&"),))
    assert "<b>" not in replace(slip, result=odd)._repr_html_()


def test_the_json_names_what_the_result_holds(slip):
    form = json.loads(slip.to_json())
    assert form["series_judged"] == slip.result.series_judged
    assert form["series_judged"] <= form["method"]["tests"]
    assert len(form["findings"]) == len(slip.findings)
    assert form["expected_false"] == pytest.approx(slip.result.expected_false, rel=1e-4)
