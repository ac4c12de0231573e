"""Autocorrelation, dispersion and season of many series at once."""

import numpy as np
import pytest

from headway.spc import autocorrelation, dispersion, ljung_box, season
from headway.spc.diagnostics import standard_scores


def wandering(correlation, series, points, seed=0):
    noise = np.random.default_rng(seed).normal(size=(series, points + 50))
    for at in range(1, points + 50):
        noise[:, at] += correlation * noise[:, at - 1]
    return noise[:, 50:]


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6])
def test_autocorrelation_of_short_series_is_right_on_average(correlation):
    found = autocorrelation(wandering(correlation, 4000, 20))
    assert found.mean() == pytest.approx(correlation, abs=0.02)


def test_a_level_shift_is_no_autocorrelation_once_its_place_is_known():
    quiet = wandering(0.0, 500, 60)
    moved = quiet + 6.0 * (np.arange(60) >= 30)
    where = np.full(500, 30)
    assert autocorrelation(moved).mean() > 0.8
    assert abs(autocorrelation(moved, change_at=where).mean()) < 0.02
    assert (ljung_box(moved) < 0.01).mean() > 0.99
    assert (ljung_box(moved, change_at=where) < 0.01).mean() < 0.05


def test_autocorrelation_and_ljung_box_agree_with_a_hand_worked_example():
    # 1 2 3 4 5 6 7 8: mean 4.5, sum of squares 42, lag-1 products 26.25, so r = 0.625,
    # corrected (8 * 0.625 + 1) / (8 - 4) = 1.5, which is cut to 1; Q = 8 * 10 * 0.625**2 / 7
    row = np.arange(1.0, 9.0)[None, :]
    assert autocorrelation(row)[0] == 1
    assert ljung_box(row, lags=1)[0] == pytest.approx(0.0346, abs=2e-4)  # chi-square 4.464, 1 df


def test_pairs_across_a_gap_are_left_out_and_short_rows_have_no_answer():
    row = wandering(0.5, 1, 40)
    holed = np.insert(row, 20, np.nan, axis=1)
    assert autocorrelation(holed)[0] == pytest.approx(autocorrelation(row)[0], abs=0.15)
    assert np.isnan(autocorrelation(row[:, :7])[0])
    assert np.isnan(autocorrelation(np.full((1, 30), 5.0))[0])


def test_dispersion_of_poisson_counts_is_one_and_its_p_value_even():
    counts = np.random.default_rng(3).poisson(5, (4000, 30)).astype(float)
    index, p_value = dispersion(counts)
    assert index.mean() == pytest.approx(1, abs=0.02)
    assert (p_value < 0.05).mean() == pytest.approx(0.05, abs=0.012)


def test_dispersion_says_nothing_of_no_events():
    index, p_value = dispersion(np.array([[0.0, 0, 0], [np.nan, np.nan, 4]]))
    assert np.isnan(index).all()
    assert np.isnan(p_value).all()


def test_binomial_shares_are_as_scattered_as_expected():
    rng = np.random.default_rng(8)
    n = rng.integers(50, 400, (3000, 25)).astype(float)
    share = rng.binomial(n.astype(int), 0.2) / n
    assert (standard_scores(share, n, ceiling=1)[1] < 0.05).mean() == pytest.approx(0.05, abs=0.012)


@pytest.mark.parametrize(("cycle", "points"), [(7, 60), (12, 36), (52.18, 105)])
def test_noise_has_no_season_and_a_strong_one_is_measured(cycle, points):
    noise = np.random.default_rng(2).normal(size=(500, points))
    wave = 2 * np.sin(2 * np.pi * np.arange(points) / cycle)
    assert np.median(season(noise, cycle=cycle).strength) < 0.05
    # the wave's variance is 2, the noise's 1
    assert np.median(season(noise + wave, cycle=cycle).strength) == pytest.approx(2 / 3, abs=0.08)


def test_the_shape_of_a_season_can_be_taken_away_under_a_trend():
    month = np.arange(60)
    wave = np.cos(2 * np.pi * month / 12) + 0.5 * np.sin(4 * np.pi * month / 12)
    found = season((wave + 0.3 * month)[None, :], cycle=12)
    assert np.allclose(found.shape[0], wave, atol=1e-6)
    assert found.strength[0] == pytest.approx(1)


def test_a_season_needs_two_whole_cycles_and_most_of_the_periods():
    wave = np.sin(2 * np.pi * np.arange(30) / 12)[None, :]
    assert np.isnan(season(wave[:, :23], cycle=12).strength[0])
    holed = np.vstack([wave, wave, np.full_like(wave, 3.0)])
    holed[0, ::3] = np.nan
    holed[1, ::7] = np.nan
    strength = season(holed, cycle=12).strength
    assert np.isnan(strength[[0, 2]]).all()
    assert strength[1] == pytest.approx(1)
