"""All tests together: ranked findings, explained ones folded, momentum answered."""

from dataclasses import replace

import numpy as np
from made_panels import panel

from headway.engine.slices import Slicing
from headway.findings import judge as judging
from headway.findings.judge import judge, rank
from headway.findings.momentum import INCIDENTS_FELL, UNAUTHORISED_RISE, answers
from headway.series import Slice

NO_SLICES = Slicing((), 5)
WEEKS = 30


def judged(*panels, name=None):
    made = {name or p.metric: p for p in panels}
    return made, judge(made, NO_SLICES, None, lambda _: None)


def hours(seed, *factors, at=18, metric="time_to_resolve", n=50):
    """One row per factor, of which each changes by its factor in week ``at``."""
    rng = np.random.default_rng(seed)
    value = 20 * rng.lognormal(0, 0.1, size=(len(factors), WEEKS))
    value[:, at:] *= np.array(factors)[:, None]
    return panel(value, metric=metric, n=n)


def counts(seed, before, after, **given):
    rate = np.where(np.arange(WEEKS) < 18, before, after)
    value = np.random.default_rng(seed).poisson(rate)[None, :]
    return panel(value, metric="arrivals", statistic="count", unit="tickets", **given)


def test_a_finding_says_what_where_since_when_and_how_sure():
    _, out = judged(hours(1, 1.0, 1.0, 2.0))
    (found,) = out.findings
    assert (found.kind, found.metric, found.direction) == ("shift", "time_to_resolve", "worse")
    assert found.slice == Slice("service", "S2")
    assert found.since == found.cut == "2024-05-06"
    assert found.since_interval[0] <= found.since <= found.since_interval[1]
    assert 17 < found.before < 23 < 36 < found.after < 45
    assert found.p <= found.q <= 0.05
    assert not found.provisional
    assert (found.n_periods, found.records) == (WEEKS, 12 * 50)
    assert found.weight_unit == "hours a week"
    assert abs(found.weight - 50 * (found.after - found.before)) < 1
    for words in ("S2", "take longer", "median", "was", "6\u00a0May 2024"):
        assert words in found.sentence
    assert (out.series, out.tests) == (3, 6)
    assert out.expected_false == found.q


def test_a_short_series_is_provisional_and_says_so():
    rng = np.random.default_rng(2)
    value = 20 * rng.lognormal(0, 0.1, size=14) * np.where(np.arange(14) < 7, 1, 3)
    _, out = judged(panel(value))
    assert out.findings[0].provisional
    assert "Provisional: fewer than 20 weeks." in out.findings[0].detail


def test_a_rise_of_arrivals_is_up_and_not_worse_and_its_season_is_open():
    _, out = judged(counts(3, 60, 90))
    (found,) = out.findings
    assert found.direction == "up"
    assert found.weight_unit == "records a week"
    assert 20 < found.weight < 40
    assert found.provisional
    assert any("season could not be checked" in line for line in found.detail)


def test_a_change_of_one_slice_is_told_there_and_the_total_refers_to_it():
    rng = np.random.default_rng(4)
    factor = np.where(np.arange(WEEKS) < 18, 1.0, 2.2)
    big = 20 * rng.lognormal(0, 0.05, WEEKS) * factor
    small = 20 * rng.lognormal(0, 0.05, (5, WEEKS))
    total = 20 * rng.lognormal(0, 0.05, WEEKS) * factor**0.4
    value = np.vstack([total, big, small])
    n = np.array([[100], [50], *[[10]] * 5])
    _, out = judged(panel(value, n=n))
    lead, told = out.findings
    assert (lead.slice, lead.parent) == (Slice("service", "S1"), "")
    assert (told.slice, told.parent) == (Slice(), lead.id)
    assert "It is the change of tickets of the service S1." in told.detail


def test_a_change_seen_nearly_everywhere_is_told_once_for_all_records():
    _, out = judged(hours(5, 2.0, 2.0, 2.0, 2.0, 1.0, n=np.array([[200], *[[50]] * 4])))
    lead = out.findings[0]
    assert (lead.slice, lead.parent) == (Slice(), "")
    others = out.findings[1:]
    assert [f.parent for f in others] == [lead.id] * 3
    assert "Seen in 3\u00a0slices as well." in lead.detail
    assert lead.next_look.startswith("Look first at ")


def test_changes_in_opposite_directions_are_not_folded_into_each_other():
    _, out = judged(hours(6, 2.0, 0.5, 1.0))
    assert {(f.direction, f.parent) for f in out.findings} == {("worse", ""), ("better", "")}


def test_the_85_per_cent_time_refers_to_the_median_that_moved_with_it():
    median = hours(7, 2.0)
    tail = replace(hours(8, 2.0), metric="time_to_resolve.p85", statistic="p85")
    _, out = judged(median, tail)
    lead, other = out.findings
    assert (lead.metric, other.metric) == ("time_to_resolve", "time_to_resolve.p85")
    assert other.parent == lead.id
    assert "85 % within" in other.sentence


def test_quiet_desks_have_findings_in_at_most_one_of_twenty():
    any_found = [bool(judged(hours(seed, *[1.0] * 20))[1].findings) for seed in range(120)]
    assert np.mean(any_found) <= 0.05


def test_heavy_comes_before_light_and_a_loss_before_a_gain_of_its_size():
    panels, out = judged(hours(9, 1.0, 3.0, 1.5, 0.3))
    assert [f.slice.value for f in out.findings] == ["S1", "S3", "S2"]
    assert sorted(out.findings, key=lambda f: rank(f, panels[f.metric])) == list(out.findings)
    _, even = judged(hours(9, 1.0, 0.5, 2.0))
    assert [f.direction for f in even.findings] == ["worse", "better"]


def test_a_level_that_moves_over_half_a_year_is_a_drift_and_not_a_shift():
    rng = np.random.default_rng(16)
    value = 20 * np.exp(np.linspace(0, 2, WEEKS)) * rng.lognormal(0, 0.05, WEEKS)
    _, out = judged(panel(value))
    (found,) = out.findings
    assert (found.kind, found.direction, found.provisional) == ("drift", "worse", True)
    assert found.sentence.startswith("Little by little, tickets")
    assert found.before < 40 < 80 < found.after
    assert found.cut is None


def test_a_step_beside_a_slope_is_told_once():
    for seed in range(20):
        _, out = judged(hours(seed, 2.0))
        assert [f.kind for f in out.findings] == ["shift"]


def test_growth_without_two_years_is_no_drift_of_a_volume():
    rng = np.random.default_rng(17)
    value = rng.poisson(np.linspace(60, 120, WEEKS))[None, :]
    _, out = judged(panel(value, metric="arrivals", statistic="count", unit="tickets"))
    assert out.findings == ()


def test_nothing_to_judge_is_no_finding():
    out = judge({}, NO_SLICES, None, lambda _: None)
    assert (out.findings, out.not_judged, out.tests, out.expected_false) == ((), (), 0, 0.0)


def answer(panels, out, question):
    return next(m for m in answers(out, panels, only_incidents=True) if m.question == question)


def test_a_fall_of_incidents_is_answered_yes_with_its_finding():
    found = answer(*judged(counts(10, 90, 50)), INCIDENTS_FELL)
    assert found.answer == "yes"
    assert found.finding
    assert "was" in found.sentence


def test_a_rise_and_ordinary_variation_are_answered_no():
    assert answer(*judged(counts(11, 50, 90)), INCIDENTS_FELL).answer == "no"
    quiet = answer(*judged(counts(11, 50, 50)), INCIDENTS_FELL)
    assert (quiet.answer, quiet.finding) == ("no", "")


def test_a_refused_series_is_answered_not_enough_data_with_the_reason():
    found = answer(*judged(counts(12, 3, 1)), INCIDENTS_FELL)
    assert found.answer == "not enough data"
    assert found.sentence == "Fewer than 10 records a week."
    assert answer({}, judge({}, NO_SLICES, None, lambda _: None), INCIDENTS_FELL).answer == (
        "not enough data"
    )


def test_other_tickets_do_not_answer_for_incidents():
    panels, out = judged(counts(13, 90, 50))
    found = answers(out, panels, only_incidents=False)[0]
    assert found.answer == "not enough data"


def unauthorised(before, after):
    rng = np.random.default_rng(14)
    n = np.full((1, WEEKS), 80)
    rate = np.where(np.arange(WEEKS) < 18, before, after)
    value = 100 * rng.binomial(n, rate) / n
    metric = "unauthorised_change_share"
    return panel(value, metric=metric, statistic="share", unit="%", n=n)


def test_unauthorised_changes_are_answered_by_their_direction():
    assert answer(*judged(unauthorised(0.05, 0.25)), UNAUTHORISED_RISE).answer == "yes"
    assert answer(*judged(unauthorised(0.25, 0.05)), UNAUTHORISED_RISE).answer == "no"
    assert answer(*judged(unauthorised(0.1, 0.1)), UNAUTHORISED_RISE).answer == "no"
    missing = answer(*judged(counts(15, 50, 50)), UNAUTHORISED_RISE)
    assert missing.answer == "not enough data"


def test_the_budget_is_five_per_cent():
    assert judging.FDR == 0.05
