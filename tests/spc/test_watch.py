"""The test of the newest point: calibrated, indifferent to units, silent where it knows nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from headway.spc.watch import newest

SERIES = 4_000
rows = arrays.arrays(
    np.float64, (2, 30), elements=st.integers(-1000, 1000).map(lambda whole: whole / 8)
)


def quiet(points, seed=1):
    return np.random.default_rng(seed).normal(size=(SERIES, points))


def autocorrelated(points, rho):
    noise = quiet(points + 50, seed=2)
    for at in range(1, points + 50):
        noise[:, at] += rho * noise[:, at - 1]
    return noise[:, 50:]


@pytest.mark.parametrize("points", [9, 24, 52, 104])
def test_a_quiet_newest_point_is_flagged_in_at_most_one_series_of_a_hundred(points):
    assert newest(quiet(points)).flagged.mean() <= 0.0125  # four standard errors above 0.75 %


def test_serial_correlation_season_and_skewness_do_not_raise_false_alarms():
    year = np.sin(2 * np.pi * np.arange(104) / 52.18)
    random = np.random.default_rng(3)
    assert newest(autocorrelated(52, 0.6)).flagged.mean() <= 0.02
    assert newest(quiet(104) + year).flagged.mean() <= 0.02
    counts = random.poisson(1, (SERIES, 52)).astype(float)
    assert newest(counts, measure="count").flagged.mean() <= 0.02
    hours = random.lognormal(0, 1, (SERIES, 52))
    assert newest(hours, measure="duration").flagged.mean() <= 0.02


def test_a_shift_of_two_standard_deviations_is_flagged_within_eight_points():
    values = quiet(32)
    values[:, 24:] += 2
    found = np.zeros(SERIES, bool)
    for points in range(25, 33):
        found |= newest(values[:, :points]).flagged
    assert found.mean() >= 0.8


def test_ten_against_twenty_events_is_as_unlikely_as_the_conditional_test_says():
    # Twice P(Binomial(30, 1/2) <= 10) = 0.0987 (Przyborowski and Wilenski 1940), for the newest
    # point alone; being one of two looks doubles it, and no other bound lies higher here.
    baseline = np.array([2, 3, 2, 3, 2, 3, 2, 3.0])  # 20 in 8 points
    values = np.append(baseline, 0.0)[None, :]
    # With one point left the newest stands alone: P(nothing | 20 in 9 points) = (8/9)**20.
    assert newest(values, measure="count").p[0] == pytest.approx(2 * (8 / 9) ** 20)


def test_the_prediction_of_independent_points_is_the_textbook_one():
    # Hahn and Meeker (1991), section 4.7: mean -+ t s sqrt(1 + 1/n), here widened for a
    # correlation of neighbouring points that is estimated, and so never narrower.
    values = quiet(25)[:200]
    found = newest(values, baseline=24, year=None)
    base = values[:, :21]
    gap = np.abs(values[:, -1] - base.mean(axis=1))
    t = gap / (base.std(axis=1, ddof=1) * np.sqrt(1 + 1 / 21))
    assert (found.p[t < 2] > 0.01).all()
    np.testing.assert_allclose(found.expected, base.mean(axis=1))


@given(rows, st.sampled_from([0.125, 1.0, 16.0]), st.integers(-64, 64))
def test_the_answer_does_not_depend_on_unit_or_zero(values, unit, zero):
    here, there = newest(values), newest(values * unit + zero)
    np.testing.assert_allclose(here.p, there.p, rtol=1e-6, atol=1e-9)


@given(rows)
def test_up_and_down_are_judged_alike(values):
    np.testing.assert_allclose(newest(values).p, newest(-values).p, rtol=1e-9)


@given(rows, st.integers(0, 29))
def test_a_missing_period_is_passed_over(values, at):
    gap = np.insert(values, at, np.nan, axis=1)
    np.testing.assert_array_equal(newest(values).p, newest(gap).p)


@given(rows)
def test_probabilities_are_probabilities_and_rows_do_not_see_each_other(values):
    found = newest(values).p
    known = found[np.isfinite(found)]
    assert ((known >= 0) & (known <= 1)).all()
    np.testing.assert_array_equal(found[::-1], newest(values[::-1]).p)


@pytest.mark.parametrize(
    "row", [[1.0], [1.0, 2.0], [1.0, 2, 3, 4, 5, 6, 7, 8], [3.0] * 40, [np.nan] * 30]
)
def test_what_cannot_be_judged_has_no_probability(row):
    found = newest(np.array([row]))
    assert np.isnan(found.p[0])
    assert not found.flagged[0]


def test_the_baseline_is_frozen_so_that_a_lasting_shift_stays_an_alarm():
    values = quiet(60)[:200]
    values[:, 30:] += 6
    assert newest(values).flagged.all()
    assert (newest(values).baseline == 24).all()
