"""What a chart refuses, and that every refusal names the thing and the way out."""

import datetime as dt

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway import spc
from headway.errors import HeadwayError, InputError, OptionError
from headway.spc import RULE_SETS
from headway.spc.checks import KINDS

DAYS = np.datetime64("2026-01-05") + 7 * np.arange(10)
TEN = np.arange(10.0)


@pytest.mark.parametrize(
    ("values", "dates", "said"),
    [
        (TEN, DAYS[:9], "10 values and 9 dates"),
        (TEN, DAYS[::-1], "2026-03-02 follows 2026-03-09"),
        (TEN, np.repeat(DAYS[:5], 2), "2026-01-05 follows 2026-01-05"),
        (["a"] * 10, DAYS, "a number"),
        (TEN[:, None], DAYS, "one series"),
        (TEN, ["soon"] * 10, "date"),
        (TEN, [None] * 10, "date is missing"),
        ([np.inf] * 10, DAYS, "inf"),
        ([1e300] * 10, DAYS, "1e\\+300"),
        (None, DAYS, "no values"),
    ],
)
def test_series_that_cannot_be_charted_are_refused_by_name(values, dates, said):
    with pytest.raises(InputError, match=said):
        spc.chart(values, dates)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pie"},
        {"better": "up"},
        {"span": "year"},
        {"rules": "nelson"},
        {"target": float("nan")},
        {"baseline": 5},
        {"change_at": 0},
        {"change_at": 10},
        {"rebase": ["soon"]},
        {"rebase": [None]},
        {"rebase": [DAYS[0]]},
        {"rebase": [DAYS[9] + 1]},
        {"ranges": "few"},
        {"ranges": "screened"},
        {"runs": "nelson"},
        {"runs": "bestbox"},
        {"centre": 4.0},
        {"centre": float("inf"), "rules": "anhoej"},
        {"exclude": [DAYS[3]], "rules": "making-data-count"},
        {"kind": "i'"},
    ],
)
def test_an_unknown_option_is_named_with_what_may_be_used(wrong):
    with pytest.raises(OptionError, match=next(iter(wrong))):
        spc.chart(TEN, DAYS, **wrong)


@pytest.mark.parametrize(
    ("given_n", "numerator", "said"),
    [
        (np.full(9, 5), None, "10 values and 9 n"),
        (np.zeros(10), None, "n is 0 on 2026-01-05"),
        (None, np.ones(10), "denominator"),
        (np.full(10, 10), np.full(10, -1.0), "below 0"),
        (np.full(10, 10), np.full(10, 5.0), "numerator over n is 0.5"),
    ],
)
def test_denominators_that_do_not_fit_are_refused(given_n, numerator, said):
    with pytest.raises(InputError, match=said):
        spc.chart(TEN / 100, DAYS, n=given_n, numerator=numerator, kind="p")


def test_lists_frames_and_dates_of_other_libraries_are_read():
    days = [dt.date(2026, 1, 5) + dt.timedelta(weeks=week) for week in range(10)]
    expected = spc.chart(TEN, DAYS)
    for values, dates in (
        ([float(value) for value in range(10)], days),
        (pd.Series(TEN), pd.Series(pd.to_datetime(days))),
        (pl.Series(TEN), pl.Series(days)),
        ([str(value) for value in range(10)], [str(day) for day in days]),
    ):
        found = spc.chart(values, dates)
        assert np.array_equal(found.values, expected.values)
        assert np.array_equal(found.dates, expected.dates)


def test_the_callers_arrays_are_left_alone():
    values, days = TEN.copy(), DAYS.copy()
    found = spc.chart(values, days)
    found.values[0] = 99
    assert values[0] == 0
    assert np.array_equal(days, DAYS)


def test_none_is_a_missing_value():
    found = spc.chart([None, *TEN[1:]], DAYS)
    assert found.states[0] == "missing"


anything = st.one_of(st.floats(), st.none(), st.integers(-3, 30).map(float))


@given(
    st.lists(anything, max_size=40),
    st.sampled_from(KINDS),
    st.sampled_from(["", "%", "h", "tickets"]),
    st.booleans(),
    st.one_of(st.none(), st.integers(1, 30)),
    st.sampled_from(RULE_SETS),
)
def test_any_series_gives_a_chart_or_a_sentence(values, kind, unit, durations, change_at, rules):
    days = np.datetime64("2026-01-05") + 7 * np.arange(len(values))
    found, refusal = None, ""
    try:
        found = spc.chart(
            values,
            days,
            kind=kind,
            n=np.full(len(values), 40),
            unit=unit,
            durations=durations,
            change_at=change_at,
            rebase=days[20:21],
            rules=rules,
            target=5,
            better="lower",
        )
    except HeadwayError as refused:
        refusal = str(refused)
    if found is None:
        assert refusal.endswith(".")
        return
    assert len(found.states) == len(found.reasons) == len(found.upper) == len(values)
    assert spc.signal_sentence(found)
    assert spc.variation(found)
    assert spc.assurance(found)
    drawn = np.isfinite(found.upper)
    assert (found.lower[drawn] <= found.upper[drawn]).all()
    assert np.isfinite(found.centre[drawn]).all()
