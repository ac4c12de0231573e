"""Charts of rare events, of durations, and run charts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway import spc
from headway.errors import InputError
from headway.spc.limits import longest_run_expected, medians
from headway.spc.rules import headway_1

# Montgomery, Introduction to Statistical Quality Control, example 7.6: hours between failures of
# an important valve.
VALVE = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214]
VALVE += [2831, 96]


def chart(values, **options):
    days = np.datetime64("2026-01-05") + 7 * np.arange(len(values))
    return spc.chart(values, days, **options)


def test_t_limits_agree_with_the_transformed_chart_of_montgomery_example_7_6():
    # the book charts x = y ** 0.2777: average 5.386, upper limit 11.67, moving range 2.36
    found = chart(np.array(VALVE, dtype=float), kind="t", baseline=20)
    assert found.centre[0] ** 0.2777 == pytest.approx(5.386, abs=0.01)
    assert found.upper[0] ** 0.2777 == pytest.approx(11.67, abs=0.02)
    assert found.lower[0] == 0
    assert not any(found.reasons)


def test_g_limits_are_benneyans_about_the_median():
    # mean 10: 10 + 3 sqrt(10 * 11) by hand
    values = np.array([2.0, 4, 6, 8, 12, 14, 16, 18, 3, 17, 5, 15])
    found = chart(values, kind="g")
    assert found.centre[0] == 10
    assert found.upper[0] == pytest.approx(10 + 3 * np.sqrt(110))
    assert found.lower[0] == 0


def test_durations_are_charted_as_logarithms_unless_one_is_nothing():
    hours = np.random.default_rng(4).lognormal(2, 1, 40)
    found = chart(hours, durations=True, unit="h")
    assert found.kind == "i-log"
    assert found.centre[0] == pytest.approx(np.exp(np.log(hours[:24]).mean()))
    assert (found.lower > 0).all()
    hours[3] = 0
    assert chart(hours, durations=True, unit="h").kind == "i"


def test_scaling_durations_scales_their_limits():
    hours = np.random.default_rng(4).lognormal(2, 1, 40)
    one, sixty = chart(hours, kind="i-log"), chart(60 * hours, kind="i-log")
    assert np.allclose(sixty.upper, 60 * one.upper)
    assert sixty.states == one.states


def test_a_run_chart_has_a_median_and_no_limits():
    found = chart(np.tile([4.0, 6, 5, 7], 8), kind="run")
    assert found.centre[0] == 5.5
    assert np.isnan(found.upper).all()
    assert found.baseline == 32


def test_the_anhoej_pair_finds_a_long_run_and_few_crossings():
    # Anhoej and Olesen (2014): 24 useful points, at most 8 in a run, at least 8 crossings
    low, high = [1.0, 2.0, 1.5, 0.5], [9.0, 8.0, 9.5, 7.0]
    found = chart(np.array(low * 3 + high * 3), kind="run", better="higher")
    assert len(found.signals) == 2
    assert found.states == ("worse",) * 12 + ("better",) * 12
    mixed = chart(np.array((low[:1] + high[:1]) * 12), kind="run")
    assert mixed.signals == ()
    assert not any(mixed.reasons)


@pytest.mark.parametrize(
    ("useful", "longest"), [(12, 7), (16, 7), (22, 7), (23, 8), (45, 8), (46, 9), (100, 10)]
)
def test_the_longest_expected_run_grows_with_the_logarithm_of_the_points(useful, longest):
    assert longest_run_expected(np.array([useful]))[0] == longest


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=12, max_size=60))
def test_runs_and_crossings_agree_with_counting_by_hand(values):
    row = np.array([values])
    found = headway_1(row, medians(row))
    middle = np.median(values)
    signs = [np.sign(value - middle) for value in values if value != middle]
    longest = run = 0
    for at, sign in enumerate(signs):
        run = run + 1 if at and sign == signs[at - 1] else 1
        longest = max(longest, run)
    expected = longest > round(np.log2(max(len(signs), 1))) + 3
    assert bool(found.long_run[0]) == expected
    assert bool(found.run.any()) == expected
    assert found.newest_run[0] == run


def test_kinds_refuse_values_that_they_cannot_hold():
    with pytest.raises(InputError, match="above 0"):
        chart([1.0, 0.0], kind="i-log")
    with pytest.raises(InputError, match="0 or more"):
        chart([1.0, -2.0], kind="t")
    with pytest.raises(InputError, match="whole numbers"):
        chart([1.0, 2.5], kind="c")
