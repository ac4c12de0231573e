"""Which series get a verdict, on which scale, and in which order they are refused."""

import numpy as np
import pytest
from made_panels import panel, weeks

from headway.findings.levels import level, weighted_median
from headway.findings.scale import working_scale
from headway.findings.shift import run_shift_tests
from headway.series import Slice


def steady(seed, points, rows=1, around=20.0):
    return around + np.random.default_rng(seed).normal(size=(rows, points))


def reasons(tests):
    return [entry.reason for entry in tests.refused]


def test_a_planted_step_of_hours_is_tested_in_the_right_week():
    value = steady(1, 30, rows=3)
    value[1, 18:] *= 1.6
    tests = run_shift_tests(panel(value))
    assert np.flatnonzero(tests.p < 0.001).tolist() == [1]
    assert tests.cuts.at[1] == 18
    assert not tests.course(1).gradual


@pytest.mark.parametrize(
    ("value", "given", "reason"),
    [
        (steady(2, 7), {}, "7 weeks of complete records; eight are needed"),
        (steady(2, 1), {}, "1 week of complete records; eight are needed"),
        (steady(2, 20), {"n": 9}, "fewer than 10 records a week"),
        (np.where(np.arange(20) % 3 == 0, np.nan, steady(2, 20)), {}, "too many weeks without"),
        (np.full((1, 20), 4.0), {}, "fewer than 5 different values"),
        (steady(2, 60).cumsum(axis=1).cumsum(axis=1), {}, "depend on each other too strongly"),
    ],
)
def test_a_refusal_names_its_reason_and_what_would_lift_it(value, given, reason):
    tests = run_shift_tests(panel(value, **given))
    assert len(tests.refused) == 1
    assert reason in tests.refused[0].reason
    assert tests.refused[0].remedy
    assert np.isnan(tests.p).all()


def test_too_few_weeks_are_named_before_too_few_records():
    tests = run_shift_tests(panel(steady(3, 5), n=2))
    assert "eight are needed" in reasons(tests)[0]
    tests = run_shift_tests(panel(np.full((1, 20), 4.0), n=2))
    assert "fewer than 10 records" in reasons(tests)[0]


def test_periods_outside_the_complete_stretch_are_not_looked_at():
    value = steady(4, 30)
    value[0, 24:] = 900.0
    usable = np.arange(30) < 24
    tests = run_shift_tests(panel(value, usable=usable))
    assert tests.cuts.points[0] == 24
    assert not tests.p[0] < 0.05


def test_a_share_is_judged_by_its_records_and_not_by_one_thin_week():
    rng = np.random.default_rng(5)
    n = np.full((1, 30), 200)
    n[0, 12] = 1
    value = 100 * rng.binomial(n, 0.8) / n
    value[0, 12] = 0.0
    made = panel(value, metric="within_target", statistic="share", unit="%", n=n)
    values, weights = working_scale(made)
    assert weights[0, 12] < 0.05 * weights[0, 11]
    assert np.isfinite(values).all()
    assert not run_shift_tests(made).p[0] < 0.05


def test_counts_of_a_slice_are_judged_as_its_share_so_that_a_common_rise_stays_with_the_total():
    rng = np.random.default_rng(6)
    rate = np.where(np.arange(40) < 20, 60.0, 100.0)
    parts = rng.poisson(rate / 4, size=(4, 40))
    value = np.vstack([parts.sum(axis=0), parts])
    tests = run_shift_tests(panel(value, metric="arrivals", statistic="count", unit="tickets"))
    assert tests.p[0] < 1e-4
    assert not (tests.p[1:] < 0.01).any()


def test_the_level_of_a_share_is_pooled_over_its_records():
    made = panel([[50.0, 100.0]], metric="within_target", statistic="share", unit="%", n=[[90, 10]])
    assert level(made, 0, np.array([True, True])) == pytest.approx(55.0)


def test_the_level_of_a_duration_is_not_moved_by_one_odd_week():
    made = panel([[10.0, 11.0, 500.0, 9.0, 10.0]])
    assert 9 <= level(made, 0, np.ones(5, dtype=bool)) <= 11
    assert np.isnan(level(made, 0, np.zeros(5, dtype=bool)))


def test_the_level_of_counts_is_their_mean_over_usable_weeks():
    usable = np.array([True, True, True, False])
    made = panel([[4.0, 5.0, 9.0, 100.0]], metric="arrivals", statistic="count", usable=usable)
    assert level(made, 0, np.ones(4, dtype=bool)) == pytest.approx(6.0)


def test_a_weighted_median_leans_to_the_heavier_side():
    assert weighted_median(np.array([9.0, 1.0]), np.array([1, 99])) < 2
    assert weighted_median(np.array([3.0]), np.array([0])) == 3.0


def test_a_panel_without_a_period_is_refused_and_not_counted():
    made = panel(np.zeros((1, 0)), periods=weeks(0), slices=(Slice(),))
    tests = run_shift_tests(made)
    assert reasons(tests) == ["0 weeks of complete records; eight are needed"]
    assert np.isnan(tests.p).all()


@pytest.mark.parametrize(
    ("statistic", "unit"), [("median", "h"), ("share", "%"), ("count", "tickets"), ("mean", "")]
)
def test_a_slice_without_a_single_record_is_refused_without_a_warning(statistic, unit):
    value = steady(7, 20, rows=2)
    value[1] = 0.0 if statistic == "count" else np.nan
    n = np.array([[50], [0]])
    made = panel(value, statistic=statistic, unit=unit, n=n)
    assert [entry.slice.value for entry in run_shift_tests(made).refused] == ["S1"]
    none = panel(value, statistic=statistic, unit=unit, n=n, usable=np.zeros(20, dtype=bool))
    assert len(run_shift_tests(none).refused) == 2
