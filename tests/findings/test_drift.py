"""A slope is found where there is one, and seldom where there is none."""

import numpy as np
import pytest

from headway.findings.drift import MIN_POINTS, slopes


def line(values):
    return slopes(values, np.ones_like(values), prior_correlation=0.2)


def test_the_slope_of_a_textbook_line_is_that_of_least_squares():
    """Anscombe (1973), "Graphs in statistical analysis", first data set: slope 0.5001."""
    x = np.array([10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5])
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    values = np.full((1, 15), np.nan)
    values[0, x] = y
    found = line(values)
    assert found.slope[0] == pytest.approx(0.5001, abs=1e-4)
    assert found.level[0] == pytest.approx(3.0001, abs=1e-3)
    assert np.isnan(found.p[0])  # eleven points are too few to judge


@pytest.mark.parametrize("points", [26, 78])
def test_quiet_series_have_a_slope_at_five_per_cent_in_at_most_five_per_cent(points):
    quiet = np.random.default_rng(5).normal(size=(4000, points))
    assert np.mean(line(quiet).p <= 0.05) <= 0.05


def test_a_slope_of_one_sd_over_the_stretch_is_found_in_two_years_of_weeks():
    rng = np.random.default_rng(6)
    sloped = rng.normal(size=(500, 104)) + np.linspace(0, 1.5, 104)
    assert np.mean(line(sloped).p <= 0.01) >= 0.8


def test_scaling_and_turning_a_series_scales_and_turns_its_slope():
    values = np.random.default_rng(7).normal(size=(5, 40)).cumsum(axis=1) * 0.1
    plain, turned = line(values), line(-3 * values + 8)
    assert np.allclose(turned.slope, -3 * plain.slope)
    assert np.allclose(turned.p, plain.p, equal_nan=True)


def test_missing_points_leave_the_slope_and_short_series_are_refused():
    values = np.arange(60.0)[None, :] + np.tile([0.2, -0.2], 30)
    gappy = values.copy()
    gappy[0, ::3] = np.nan
    assert line(gappy).slope[0] == pytest.approx(1.0, abs=0.01)
    assert np.isnan(line(values[:, : MIN_POINTS - 1]).p[0])


def test_a_wandering_series_is_refused():
    walk = np.random.default_rng(8).normal(size=(200, 104)).cumsum(axis=1)
    assert np.mean(np.isnan(line(walk).p)) > 0.8
