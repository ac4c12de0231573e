"""The individuals chart: its limits, its flags, and what it does with too little."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from headway import spc
from headway.spc.limits import individuals
from headway.spc.rules import headway_1


def weeks(points):
    return np.datetime64("2026-01-05") + 7 * np.arange(points)


def chart(values, **options):
    return spc.chart(values, weeks(len(values)), **{"kind": "i", **options})


quiet = hnp.arrays(np.float64, st.integers(0, 60), elements=st.integers(-1000, 1000).map(float))


def flagged(found):
    return [state in ("better", "worse", "odd") for state in found.states]


def test_limits_are_the_mean_and_2_66_moving_ranges_as_wheeler_teaches():
    # Wheeler and Chambers, Understanding Statistical Process Control, give 2.66 for n = 2; the
    # arithmetic here is by hand: mean 15, moving ranges 2 4 6 2 4 6 4, mean 4.
    values = [14.0, 16, 12, 18, 16, 12, 18, 14]
    found = chart(values)
    assert found.centre[0] == 15
    assert found.upper[-1] == pytest.approx(15 + 2.66 * 4)
    assert found.lower[-1] == pytest.approx(15 - 2.66 * 4)


def test_a_shift_cannot_widen_the_limits_it_is_judged_by():
    calm = np.tile([4.0, 6, 5], 8)
    alone = chart(calm)
    shifted = chart(np.concatenate([calm, np.tile([9.0, 20, 1], 10)]))
    assert shifted.upper[-1] == alone.upper[-1]
    assert shifted.baseline == 24


def test_eight_on_one_side_are_flagged_and_seven_are_not():
    calm = np.tile([4.0, 6.0], 12)
    seven = chart(np.concatenate([calm, [4.0], np.full(7, 5.5), [4.5]]))
    nine = chart(np.concatenate([calm, [4.0], np.full(9, 5.5), [4.5]]), better="lower")
    assert sum(flagged(seven)) == 0
    assert nine.states[25:] == ("worse",) * 9 + ("plain",)
    assert nine.reasons[25] == "one of 9 on one side of the average"
    assert nine.reasons[-1] == ""


def test_a_missing_week_and_a_week_on_the_average_leave_a_run_as_it_is():
    calm = np.tile([6.0, 4.0], 12)
    whole = chart(np.concatenate([calm, np.full(8, 5.5)]))
    holed = np.concatenate([calm, np.full(4, 5.5), [np.nan, 5.0], np.full(4, 5.5)])
    found = chart(holed)
    assert sum(flagged(whole)) == 8
    assert sum(flagged(found)) == 8
    assert found.states[28] == "missing"
    assert found.states[29] == "plain"


def test_the_direction_decides_between_better_worse_and_odd():
    values = np.concatenate([np.tile([4.0, 6.0], 12), [20.0, -10.0]])
    for better, expected in (
        ("lower", ("worse", "better")),
        ("higher", ("better", "worse")),
        ("neither", ("odd", "odd")),
    ):
        assert chart(values, better=better).states[-2:] == expected


def test_each_side_of_a_change_has_its_own_limits_and_no_run_crosses_it():
    values = np.concatenate([np.tile([4.0, 6.0], 12), np.tile([24.0, 26.0], 12)])
    found = chart(values, change_at=24)
    assert (found.centre[0], found.centre[-1]) == (5, 25)
    assert not any(flagged(found))
    assert not found.provisional
    late = chart(values[:36], change_at=24)
    assert late.provisional
    assert late.baseline == 12


def test_every_rebase_date_begins_new_limits_beside_a_reported_change():
    values = np.concatenate([np.tile([4.0, 6.0], 10) + step for step in (0, 20, 40, 60)])
    found = chart(values, rebase=[weeks(80)[60], weeks(80)[20]], change_at=40)
    assert found.centre[[0, 20, 40, 60]].tolist() == [5, 25, 45, 65]
    assert [(part.start, part.stop) for part in found.parts] == [
        (0, 20),
        (20, 40),
        (40, 60),
        (60, 80),
    ]
    assert found.change_at == 60
    assert not any(flagged(found))
    assert [part.runs.crossings for part in found.parts] == [19] * 4


@pytest.mark.parametrize("points", [0, 1, 2, 5, 7])
def test_a_short_series_has_no_limits_and_says_how_many_points_it_needs(points):
    found = chart(np.arange(points, dtype=float))
    assert len(found.states) == points
    assert np.isnan(found.upper).all()
    assert any("8 are needed" in warning for warning in found.warnings)
    assert found.provisional


@pytest.mark.parametrize("values", [[3.0] * 30, [0.1] * 30, [np.nan] * 30])
def test_nothing_that_varies_gives_no_limits_and_no_flags(values):
    found = chart(values)
    assert np.isnan(found.centre).all()
    assert not any(flagged(found))
    assert found.warnings


def test_eight_to_eleven_points_have_limits_and_no_runs():
    found = chart([4.0, 4, 4, 4, 4, 4, 4, 4, 4.5, 12])
    assert np.isfinite(found.upper).all()
    assert not any("one of" in reason for reason in found.reasons)
    assert any("Provisional" in warning for warning in found.warnings)


def test_hours_have_no_limit_below_nothing():
    assert chart([1.0, 9, 0, 8, 1, 9, 0, 8], unit="h").lower[0] == 0
    assert chart([1.0, 9, 0, 8, 1, 9, 0, 8], unit="").lower[0] < 0


@given(quiet, st.integers(-5000, 5000), st.integers(1, 64))
def test_shifting_and_scaling_the_values_shifts_and_scales_the_limits(values, by, times):
    plain, moved = chart(values), chart(values * times + by)
    assert np.allclose(moved.upper, plain.upper * times + by, equal_nan=True)
    assert np.allclose(moved.lower, plain.lower * times + by, equal_nan=True)
    assert flagged(moved) == flagged(plain)


@given(quiet)
def test_the_mirror_image_has_mirrored_flags(values):
    swapped = {"better": "worse", "worse": "better"}
    plain, mirror = chart(values, better="lower"), chart(-values, better="lower")
    assert [swapped.get(state, state) for state in plain.states] == list(mirror.states)


@given(quiet, st.lists(st.integers(0, 60), max_size=20))
def test_missing_periods_change_no_limit_and_no_flag(values, gaps):
    holed = np.insert(values, [min(gap, len(values)) for gap in gaps], np.nan)
    plain, found = chart(values), chart(holed)
    known = np.isfinite(holed)
    assert np.array_equal(found.upper[known], plain.upper, equal_nan=True)
    kept = [flag for flag, keep in zip(flagged(found), known, strict=True) if keep]
    assert kept == flagged(plain)


@given(hnp.arrays(np.float64, (5, 40), elements=st.integers(0, 20).map(float)))
def test_many_series_at_once_are_judged_as_one_by_one(panel):
    found = headway_1(panel, individuals(panel)).flagged
    for row, flags in zip(panel, found, strict=True):
        assert flagged(chart(row)) == flags.tolist()
