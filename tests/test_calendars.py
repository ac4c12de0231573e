import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.calendars import (
    DAY,
    Clock,
    describe,
    local_days,
    local_seconds,
    parse_hours,
    utc_seconds,
    working_seconds,
)
from headway.errors import OptionError

ALWAYS = ((0, 1440),) * 7
CLOCKS = [
    Clock(),
    Clock(zone="Europe/Berlin", holidays="DE-BY"),
    Clock(zone="America/Havana", hours=ALWAYS),  # its clocks change at midnight
    Clock(zone="Australia/Lord_Howe", hours=((0, 150, 165, 1440),) * 7),  # by half an hour
    Clock(zone="Asia/Kolkata", hours=((540, 720, 780, 1080),) * 6 + ((),)),
]
INSTANT = st.integers(
    int(dt.datetime(2015, 1, 1, tzinfo=dt.UTC).timestamp()),
    int(dt.datetime(2027, 1, 1, tzinfo=dt.UTC).timestamp()),
)
PROPERTY = settings(deadline=None)


def at(text, zone="UTC"):
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def worked(clock, start, end):
    return int(working_seconds(clock, np.array([start]), np.array([end]))[0])


@PROPERTY
@given(st.sampled_from(CLOCKS), INSTANT, INSTANT, INSTANT)
def test_working_time_of_adjacent_intervals_adds_up(clock, first, second, third):
    whole = worked(clock, first, third)
    assert whole == worked(clock, first, second) + worked(clock, second, third)


@PROPERTY
@given(st.sampled_from(CLOCKS), INSTANT, st.integers(0, 90 * DAY))
def test_working_time_never_shrinks_and_never_exceeds_elapsed_time(clock, start, length):
    assert 0 <= worked(clock, start, start + length) <= length


@PROPERTY
@given(
    st.sampled_from(["UTC", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe"]),
    INSTANT,
    INSTANT,
)
def test_around_the_clock_working_time_is_elapsed_time(zone, start, end):
    assert worked(Clock(zone=zone, hours=ALWAYS), start, end) == end - start


@PROPERTY
@given(st.sampled_from(CLOCKS), INSTANT)
def test_local_time_agrees_with_the_standard_library(clock, instant):
    expected = dt.datetime.fromtimestamp(instant, ZoneInfo(clock.zone)).replace(tzinfo=dt.UTC)
    assert local_seconds(clock, np.array([instant])).tolist() == [int(expected.timestamp())]
    assert local_days(clock, np.array([instant])).tolist() == [expected.date()]


@PROPERTY
@given(st.sampled_from(CLOCKS), INSTANT)
def test_reading_back_local_time_gives_the_instant_or_its_earlier_twin(clock, instant):
    local = local_seconds(clock, np.array([instant]))
    back = utc_seconds(clock, local)
    assert back[0] <= instant
    assert (local_seconds(clock, back) == local).all()


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2026-10-25T02:30", "2026-10-25T00:30"),  # twice: the earlier, still summer time
        ("2026-03-29T02:30", "2026-03-29T01:00"),  # never: the moment of the change
        ("2026-03-29T01:59", "2026-03-29T00:59"),
        ("2026-03-29T03:00", "2026-03-29T01:00"),
    ],
)
def test_times_that_occur_twice_or_never(local, expected):
    found = utc_seconds(Clock(zone="Europe/Berlin"), np.array([at(local)]))
    assert found.tolist() == [at(expected)]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_days_of_the_clock_change_have_their_real_length(day, hours):
    zone = "Europe/Berlin"
    start = at(day, zone)
    end = at((dt.date.fromisoformat(day) + dt.timedelta(1)).isoformat(), zone)
    assert worked(Clock(zone=zone, hours=ALWAYS), start, end) == hours * 3600


def test_nothing_is_worked_on_holidays_of_the_region():
    # 6 January 2026, a Tuesday: Epiphany in Bavaria, an ordinary day in Berlin.
    start, end = at("2026-01-06", "Europe/Berlin"), at("2026-01-07", "Europe/Berlin")
    assert worked(Clock(zone="Europe/Berlin", holidays="DE-BY"), start, end) == 0
    assert worked(Clock(zone="Europe/Berlin", holidays="DE-BE"), start, end) == 36_000


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-01-09T17:00", "2026-01-12T09:00", 2),  # Friday to Monday
        ("2026-01-10T00:00", "2026-01-12T08:00", 0),  # a weekend
        ("2026-01-12T09:00", "2026-01-09T17:00", -2),
        ("2026-01-05T08:00", "2026-01-12T08:00", 50),
    ],
)
def test_office_hours_by_hand(start, end, hours):
    assert worked(Clock(), at(start), at(end)) == hours * 3600


def test_a_week_without_hours_has_no_working_time():
    assert worked(Clock(hours=((),) * 7), 0, 9 * DAY) == 0


def test_no_instants_give_no_results():
    none = np.zeros(0, np.int64)
    assert len(working_seconds(Clock(), none, none)) == 0
    assert len(local_days(Clock(zone="Asia/Tokyo"), none)) == 0


def test_options_make_a_clock():
    clock = Clock.parse(
        zone="Europe/Berlin",
        hours="Mon-Thu 08:00-12:00, Mon-Thu 13:00-17:00, Fri 8-14",
        holidays="DE-BY",
        rule="working",
        pending="excluded",
    )
    assert clock.hours == ((480, 720, 780, 1020),) * 4 + ((480, 840), (), ())
    assert describe(clock) == (
        "Time zone Europe/Berlin. Durations count working time (Mon-Thu 08:00-12:00, "
        "Mon-Thu 13:00-17:00, Fri 08:00-14:00; public holidays of DE-BY left out), "
        "time in waiting states left out."
    )


@pytest.mark.parametrize("text", ["24/7", "Mon-Fri 08:00-18:00", "Sat-Mon 22:00-24:00"])
def test_described_hours_can_be_read_back(text):
    hours = parse_hours(text)
    printed = describe(Clock(hours=hours, rule="working"))
    assert parse_hours(printed.split("(")[1].split(";")[0]) == hours


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"zone": "Europ/Berlin"}, r"Time zone 'Europ/Berlin' is not known; did you mean 'Europe"),
        ({"zone": "../etc/passwd"}, r"Time zone '../etc/passwd' is not known; give an IANA name"),
        ({"zone": ""}, r"Time zone '' is not known; give an IANA name"),
        ({"zone": "Europe"}, r"Time zone 'Europe' is not known"),
        ({"hours": "all day"}, r"Working hours 'all day' cannot be read; write them like"),
        ({"hours": "Mon-Fri 18:00-08:00"}, r"Working hours 'Mon-Fri 18:00-08:00' cannot be read"),
        ({"hours": "Mon 08:00-25:00"}, r"cannot be read"),
        ({"hours": "Mon 08:75-09:80"}, r"cannot be read"),
        ({"hours": "Mon 8-12, Mon 11-13"}, r"cannot be read"),
        ({"hours": ","}, r"cannot be read"),
        ({"holidays": "XX"}, r"Holidays 'XX' are not known; give a country code such as 'DE'"),
        ({"holidays": "DE-XX"}, r"Holidays 'DE-XX' are not known"),
        ({"rule": "office"}, r"Clock rule 'office' is not known; choose elapsed or working\."),
        ({"pending": "no"}, r"Pending time 'no' is not known; choose included or excluded\."),
    ],
)
def test_options_that_cannot_be_used_are_one_clear_sentence(options, sentence):
    with pytest.raises(OptionError, match=sentence):
        Clock.parse(**options)


def test_hours_given_in_code_are_checked_too():
    with pytest.raises(OptionError, match="Working hours"):
        Clock(hours=((480, 1080),) * 5)
