"""What a chart says: variation, assurance and the sentence about its newest signal."""

import numpy as np
import pytest

from headway import spc

CALM = [6.0, 4.0] * 12  # limits -0.32 to 10.32, or 0 to 10.32 in hours


def chart(values, **options):
    days = np.datetime64("2026-01-05") + 7 * np.arange(len(values))
    return spc.chart(values, days, **{"unit": "h", **options})


@pytest.mark.parametrize(
    ("better", "said"),
    [("lower", "getting worse"), ("higher", "getting better"), ("neither", "unusual")],
)
def test_variation_speaks_of_the_newest_point(better, said):
    assert spc.variation(chart([*CALM, 30.0], better=better)) == said
    assert spc.variation(chart([*CALM, 30.0, np.nan], better=better)) == said
    assert spc.variation(chart([*CALM, 30.0, 5.0], better=better)) == "ordinary"


def test_variation_after_a_change_waits_for_eight_points():
    moved = [16.0, 14.0] * 6
    assert spc.variation(chart([*CALM, *moved[:6]], change_at=24)) == "too few points"
    assert spc.variation(chart([*CALM, *moved], change_at=24)) == "ordinary"


@pytest.mark.parametrize(
    ("target", "better", "said"),
    [
        (11.0, "lower", "Kept"),
        (10.32, "lower", "Kept"),
        (8.0, "lower", "Hit and miss"),
        (-1.0, "lower", "Missed"),
        (-1.0, "higher", "Kept"),
        (8.0, "higher", "Hit and miss"),
        (11.0, "higher", "Missed"),
        (None, "lower", "No target"),
        (8.0, "neither", "No target"),
    ],
)
def test_assurance_lays_the_limits_about_the_target(target, better, said):
    found = chart(CALM, target=target, better=better, unit="")
    assert spc.assurance(found) == said


def test_a_target_is_judged_on_the_latest_segment_alone():
    values = [*CALM, *([26.0, 24.0] * 6)]
    assert spc.assurance(chart(values, change_at=24, target=15, better="lower")) == "Missed"
    few = chart(values[:28], change_at=24, target=15, better="lower")
    assert spc.assurance(few) == "Cannot tell"


def test_a_run_is_counted_in_its_sentence():
    nine = chart([*CALM, *[5.5] * 9])
    assert spc.signal_sentence(nine) == "The last 9 weeks sit above the earlier level"
    # a missing month and one on the average stand inside the run without counting
    holed = chart([*CALM, *[4.5] * 4, np.nan, 5.0, *[4.5] * 5], span="month")
    assert spc.signal_sentence(holed) == "10 of the last 12 months sit below the earlier level"


def test_a_point_outside_is_dated_and_a_quiet_one_called_ordinary():
    found = chart([*CALM, 30.0])
    expected = "The newest week, from 2026-06-22, lies above the limits"
    assert spc.signal_sentence(found) == expected
    assert spc.signal_sentence(chart(CALM)) == "Consistent with ordinary variation"


def test_too_few_points_are_counted():
    assert spc.signal_sentence(chart([1.0, 2.0])).startswith("Too few points: 2 of the 8")


def test_neighbours_that_are_alike_are_warned_of():
    wander = np.sin(np.arange(40) / 2)
    assert any("alike" in said for said in chart(wander, unit="").warnings)
    assert not any("alike" in said for said in chart(CALM).warnings)


def test_a_baseline_that_signals_is_called_unsteady():
    stairs = np.repeat([0.0, 10.0, 0.0], 8) + np.tile([0.0, 1.0], 12)
    assert any("no steady process" in said for said in chart(stairs, unit="").warnings)


def test_many_missing_periods_are_counted():
    holed = np.array(CALM)
    holed[::4] = np.nan
    assert any("6 of 24 periods" in said for said in chart(holed).warnings)


def test_a_constant_series_is_ordinary_and_its_target_cannot_be_told():
    found = chart([5.0] * 30, target=8, better="lower")
    assert spc.variation(found) == "ordinary"
    assert spc.assurance(found) == "Cannot tell"
    assert spc.signal_sentence(found) == "Every value is the same"


def test_a_quiet_first_half_year_leaves_the_limits_to_the_whole_series():
    found = chart([0.0] * 24 + [0.0, 1.0, 0.0, 2.0, 1.0, 0.0], unit="tickets")
    assert (found.kind, found.baseline) == ("c", 30)
    assert np.isfinite(found.upper).all()
