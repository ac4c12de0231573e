import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.mapping.dates import decide, is_utc, parse

MOMENTS = st.datetimes(dt.datetime(1000, 1, 1), dt.datetime(9999, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
WRITTEN = {  # how a moment is written, and the format that says so
    "iso": lambda m: m.isoformat(),
    "blank": lambda m: m.isoformat(sep=" "),
    "fraction": lambda m: m.isoformat() + ".123456789",
    "slashes": lambda m: f"{m.year:04}/{m.month}/{m.day} {m:%H:%M:%S}",
    "day-name": lambda m: f"{m.day:02}-{m:%b}-{m.year:04} {m:%H:%M:%S}",
    "name-day": lambda m: f"{m:%B} {m.day}, {m.year:04} {m:%I:%M:%S %p}",
    "german": lambda m: f"{m.day}. {GERMAN[m.month - 1]} {m.year:04}, {m:%H:%M:%S} Uhr",
    "compact": lambda m: f"{m.year:04}{m:%m%dT%H%M%S}",
}
GERMAN = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
          "Oktober", "November", "Dezember")  # fmt: skip
DAY_FIRST = {
    "slash": lambda m: f"{m.day}/{m.month}/{m.year:04} {m.hour}:{m:%M:%S}",
    "point": lambda m: f"{m.day:02}.{m.month:02}.{m.year:04} {m:%H:%M:%S}",
    "dash": lambda m: f"{m.day}-{m.month}-{m.year:04} {m:%I:%M:%S %p}",
}


def texts(*values):
    return pa.array(values, pa.string())


@given(st.lists(MOMENTS, min_size=1), st.sampled_from(sorted(WRITTEN)))
def test_any_moment_comes_back_from_a_format_that_tells_its_order(moments, how):
    values = texts(*map(WRITTEN[how], moments))
    decision = decide(values)
    assert (decision.unparsed, decision.ambiguous) == (0, False)
    assert parse(values, decision.format).to_pylist() == moments


@given(st.lists(MOMENTS, min_size=1), st.sampled_from(sorted(DAY_FIRST)))
def test_any_moment_comes_back_from_day_first_texts_once_the_order_is_told(moments, how):
    values = texts(*map(DAY_FIRST[how], moments))
    decision = decide(values, order="day-first")
    assert parse(values, decision.format).to_pylist() == moments


@given(st.lists(MOMENTS, min_size=1, max_size=40))
def test_the_order_is_proven_exactly_by_days_over_twelve(moments):
    for pattern, order in (("{0}/{1}", "day-first"), ("{1}/{0}", "month-first")):
        values = texts(*(f"{pattern.format(m.day, m.month)}/{m.year:04}" for m in moments))
        decision = decide(values)
        proven = any(m.day > 12 for m in moments)
        open_ = any(m.day <= 12 and m.day != m.month for m in moments)
        assert decision.proven == (order if proven else None)
        assert decision.ambiguous == (open_ and not proven)


@given(
    MOMENTS.filter(lambda m: 1001 < m.year < 9999),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from((":", "")),
)
def test_an_offset_makes_the_instant_utc(moment, minutes, colon):
    sign, size = "-" if minutes < 0 else "+", abs(minutes)
    values = texts(f"{moment.isoformat()}{sign}{size // 60:02}{colon}{size % 60:02}")
    decision = decide(values)
    assert (decision.format, decision.has_zone) == ("iso-utc", True)
    expected = moment - dt.timedelta(minutes=minutes)
    assert parse(values, decision.format).to_pylist() == [expected]


@given(st.lists(st.one_of(st.none(), st.text(), st.text("0123456789/-.: TZ+apmé", max_size=24))))
def test_no_text_breaks_the_reader(values):
    decision = decide(texts(*values))
    array = texts(*values)
    assert len(parse(array, decision.format)) == len(values)
    assert decision.parsed + decision.unparsed == sum(value is not None for value in values)


@given(st.integers(631_152_000, 4_000_000_000))
def test_epochs_are_told_by_the_years_they_mean(seconds):
    for factor, name in ((1, "epoch-s"), (1000, "epoch-ms")):
        values = texts(str(seconds * factor))
        assert decide(values).format == name
        moment = dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None)
        assert parse(values, name).to_pylist() == [moment]


def test_rows_are_counted_not_distinct_values():
    decision = decide(texts("29/2/2016 01:16", "5/3/2016 12:00", "?"), [14_117, 3, 2])
    assert decision.evidence == "day first, proven by 14,117 values over 12"
    assert (decision.parsed, decision.unparsed) == (14_120, 2)


def test_both_orders_proven_is_a_contradiction_with_both_counts():
    decision = decide(texts("13/2/2016", "2/14/2016"), [20, 30])
    assert decision.contradicted
    assert not decision.format
    assert decision.evidence == "20 values only fit day first and 30 only month first"


def test_a_slip_among_thousands_does_not_undo_the_proof_but_is_said():
    decision = decide(texts("13/2/2016", "2/14/2016"), [20_000, 2])
    assert decision.format == "%d/%m/%Y"
    assert "against 2 that fit only the other way" in decision.evidence
    assert decision.unparsed == 2


def test_an_order_given_does_not_overrule_a_proof():
    assert decide(texts("29/2/2016"), order="month-first").proven == "day-first"
    assert decide(texts("1/2/2016"), order="month-first").format == "%m/%d/%Y"


def test_impossible_days_and_times_are_not_dates():
    values = texts("2016-02-30", "2016-13-01", "2016-02-29 24:10", "0000-00-00", "2016-02-28")
    assert decide(values).parsed == 1


def test_the_first_and_last_years_are_dates():
    found = parse(texts("0001-01-01", "9999-12-31"), "iso").cast(pa.date32()).to_pylist()
    assert found == [dt.date(1, 1, 1), dt.date(9999, 12, 31)]


def test_years_of_two_digits_are_read_and_reported():
    decision = decide(texts("05/Mar/24 3:04 PM", "05/Mar/69 3:04 AM"))
    assert "2 years of two digits" in decision.evidence
    assert [moment.year for moment in parse(texts("1/Mar/24", "1/Mar/69"), "").to_pylist()] == [
        2024,
        1969,
    ]


def test_short_years_first_are_known_by_hardly_varying():
    values = texts(*(f"24-01-{day:02}" for day in range(1, 31)))
    assert decide(values).format == "%y-%m-%d"
    assert parse(values, "%y-%m-%d")[29].as_py() == dt.datetime(2024, 1, 30)


def test_values_without_an_offset_among_others_with_one_are_reported():
    decision = decide(texts("2024-03-05T10:00:00Z", "2024-03-05T10:00:00"))
    assert "1 values without an offset, read as UTC" in decision.evidence


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2015-02-05", "2015-02-06"], True),
        (["2015-02-05 00:00:00"], True),
        (["2015-02-05", "2015-02-06 10:00"], False),
        (["20150205101500"], False),
        (["word"], False),
    ],
)
def test_only_dates_without_a_clock_time_are_date_only(values, expected):
    assert decide(texts(*values)).date_only is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("42429.0530", dt.datetime(2016, 2, 29, 1, 16, 19)),
        ("42429", dt.datetime(2016, 2, 29)),
    ],
)
def test_excel_days_are_counted_from_the_end_of_1899(value, expected):
    assert decide(texts(value)).format == "excel"
    assert parse(texts(value), "excel").to_pylist() == [expected]


def test_numbers_with_dashes_that_are_no_dates_leave_nothing_open():
    decision = decide(texts("555-12-1234", "555-13-1235"))
    assert (decision.parsed, decision.ambiguous, decision.contradicted) == (0, False, False)


def test_a_date_that_reads_the_same_both_ways_leaves_nothing_open():
    assert decide(texts("5/5/2016")).format == "%d/%m/%Y"


def test_an_order_that_was_told_is_said():
    assert decide(texts("1/2/2016"), order="month-first").evidence == "month first as told"


def test_a_slice_of_an_array_is_read_from_its_own_start():
    values = texts("1/1/2016", "29/2/2016 10:00", "2/1/2016").slice(1, 1)
    assert parse(values, "%d/%m/%Y").to_pylist() == [dt.datetime(2016, 2, 29, 10)]


def test_formats_say_whether_they_are_utc():
    assert is_utc("%d %b %Y %H:%M:%S %z")
    assert is_utc("typed-utc")
    assert not is_utc("typed")
