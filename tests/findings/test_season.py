"""What comes back every year or week is taken out; what does not, stays."""

import numpy as np
import pytest
from made_panels import months, weeks

from headway.findings.season import adjust
from headway.series import Periods

YEAR = 365.2425 / 7


def test_a_yearly_wave_is_taken_out_and_the_noise_stays():
    rng = np.random.default_rng(1)
    noise = rng.normal(scale=0.3, size=110)
    wave = 2 * np.cos(2 * np.pi * np.arange(110) / YEAR)
    out = adjust((10 + wave + noise)[None, :], weeks(110))
    assert out.checked
    assert out.adjusted.tolist() == [True]
    left = out.values[0] - 10 - noise
    assert np.abs(left - left.mean()).max() < 0.4


def test_a_year_and_a_half_cannot_be_checked_and_nothing_is_changed():
    wave = 10 + 3 * np.sin(2 * np.pi * np.arange(78) / YEAR)[None, :]
    out = adjust(wave, weeks(78))
    assert not out.checked
    assert not out.adjusted.any()
    assert np.array_equal(out.values, wave)


def test_noise_is_left_alone():
    noise = np.random.default_rng(2).normal(size=(100, 110))
    out = adjust(noise, weeks(110))
    assert out.adjusted.mean() < 0.02
    assert np.array_equal(out.values[~out.adjusted], noise[~out.adjusted])


def test_a_trend_is_no_season():
    line = np.arange(60)[None, :] + np.random.default_rng(3).normal(size=(1, 60))
    out = adjust(line, months(60))
    assert not out.adjusted.any()


@pytest.mark.parametrize(("days", "checked"), [(20, False), (21, True), (42, True)])
def test_weekdays_need_three_weeks(days, checked):
    periods = Periods("day", np.datetime64("2024-01-01") + np.arange(days))
    level = np.where(np.arange(days) % 7 < 5, 20.0, 3.0) + np.tile([0.1, -0.1], 21)[:days]
    out = adjust(level[None, :], periods)
    assert out.checked == checked
    if days == 42:
        assert out.adjusted.tolist() == [True]
        assert out.values[0].std() < 0.3
        assert out.values[0].mean() == pytest.approx(level.mean())


def test_gaps_stay_gaps_and_each_series_keeps_its_own():
    wave = 10 + 3 * np.sin(2 * np.pi * np.arange(120) / YEAR)
    values = np.vstack([wave, wave, wave])
    values[1, 5:9] = np.nan
    values[2, 20:] = np.nan
    out = adjust(values, weeks(120))
    assert np.array_equal(np.isnan(out.values), np.isnan(values))
    assert out.adjusted.tolist()[:2] == [True, True]
    assert np.nanstd(out.values[1]) < 0.01
