"""Time zones, working hours and clock rules: what an hour means in a duration.

Instants are seconds since 1970-01-01 UTC (``int64``). Conversions go through a small table of the
zone's offset changes, so they are vectorised and need no zone files from the operating system.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np
import numpy.typing as npt

from headway.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable

Seconds = npt.NDArray[np.int64]
Days = npt.NDArray[np.datetime64]

DAY = 86_400
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
OFFICE = ((480, 1080),) * 5 + ((), ())
RULES = ("elapsed", "working")
PENDING = ("included", "excluded")
# Offsets are tabulated between these years; outside them the nearest known offset holds.
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_SPAN = re.compile(r"(\d{1,2})(?::([0-5]\d))?\s*[-\u2013]\s*(\d{1,2})(?::([0-5]\d))?")


@dataclass(frozen=True)
class Clock:
    """The declared way of measuring time.

    Attributes
    ----------
    zone
        IANA name. Instants without a zone are read in it, and days and weeks are counted in it.
    rule
        ``elapsed`` counts every second, ``working`` only those inside working hours.
    hours
        Working hours per weekday (Monday first) as minutes after midnight, start and end in turn
        (``(480, 720, 780, 1080)`` has a break at noon); empty tuple for a day off.
    holidays
        Country or region code of the ``holidays`` library, for example ``DE`` or ``DE-BY``.
    pending
        ``included`` or ``excluded``: whether time in a waiting state counts.

    Raises
    ------
    OptionError
        When a value cannot be used; the sentence names it and the way out.

    Examples
    --------
    >>> Clock(zone="Europ/Berlin")
    Traceback (most recent call last):
    ...
    headway.errors.OptionError: Time zone 'Europ/Berlin' is not known; did you mean 'Europe/Berlin'?
    """

    zone: str = "UTC"
    rule: str = "elapsed"
    hours: tuple[tuple[int, ...], ...] = OFFICE
    holidays: str = ""
    pending: str = "included"

    def __post_init__(self) -> None:
        if self.zone != "UTC":
            _check_zone(self.zone)
        _check_choice("Clock rule", self.rule, RULES)
        _check_choice("Pending time", self.pending, PENDING)
        if len(self.hours) != 7 or not all(_is_day(day) for day in self.hours):
            raise OptionError(
                f"Working hours {self.hours!r} cannot be used; "
                "give them as --hours 'Mon-Fri 08:00-18:00'."
            )
        if self.holidays:
            _holiday_days(self.holidays, 2000, 2000)

    @classmethod
    def parse(
        cls,
        *,
        zone: str = "UTC",
        hours: str = "",
        holidays: str = "",
        rule: str = "elapsed",
        pending: str = "included",
    ) -> Clock:
        """The clock that the options of the command line describe.

        ``hours`` is written as ``Mon-Fri 08:00-18:00``; several parts are separated by commas
        (``Mon-Thu 08:00-17:00, Fri 08:00-14:00``), and ``24/7`` means always.

        >>> Clock.parse(zone="Europe/Berlin", hours="Sat 09:00-13:00").hours[5]
        (540, 780)
        """
        week = parse_hours(hours) if hours else OFFICE
        return cls(zone=zone, rule=rule, hours=week, holidays=holidays, pending=pending)


def parse_hours(text: str) -> tuple[tuple[int, ...], ...]:
    """Working minutes per weekday from words such as ``Mon-Fri 08:00-18:00``.

    >>> parse_hours("Fri-Sat 8-12, Fri 13:00-15:30")[4:]
    ((480, 720, 780, 930), (480, 720), ())
    """
    if text.strip() == "24/7":
        return ((0, 1440),) * 7
    week: list[list[tuple[int, int]]] = [[] for _ in WEEKDAYS]
    for part in text.split(","):
        days, _, span = part.strip().partition(" ")
        found = _SPAN.fullmatch(span.strip())
        numbers = _weekday_numbers(days)
        if not found or not numbers:
            raise _bad_hours(text)
        start, end = (int(found[i]) * 60 + int(found[i + 1] or 0) for i in (1, 3))
        for day in numbers:
            week[day].append((start, end))
    minutes = tuple(tuple(m for span in sorted(day) for m in span) for day in week)
    if not all(_is_day(day) for day in minutes):
        raise _bad_hours(text)
    return minutes


def utc_seconds(clock: Clock, local: Seconds) -> Seconds:
    """Instants in UTC of wall-clock seconds in the clock's zone.

    A wall-clock time that occurs twice (the clocks go back) is read as the earlier one; one that
    never occurs (they go forward) is read as the moment of the change.
    """
    if clock.zone == "UTC" or not len(local):
        return local.astype(np.int64)
    changes, offsets = _offsets(clock.zone, *_years(local))
    step = np.searchsorted(changes + offsets[:-1], local, side="right")
    instants: Seconds = local - offsets[step]
    floor = np.concatenate(([np.iinfo(np.int64).min], changes))
    return np.maximum(instants, floor[step])


def local_seconds(clock: Clock, instants: Seconds) -> Seconds:
    """Wall-clock seconds in the clock's zone of instants in UTC."""
    if clock.zone == "UTC" or not len(instants):
        return instants.astype(np.int64)
    changes, offsets = _offsets(clock.zone, *_years(instants))
    local: Seconds = instants + offsets[np.searchsorted(changes, instants, side="right")]
    return local


def local_days(clock: Clock, instants: Seconds) -> Days:
    """The calendar day of each instant in the clock's zone, ``datetime64[D]``.

    >>> local_days(Clock(zone="Asia/Tokyo"), np.array([72_000]))
    array(['1970-01-02'], dtype='datetime64[D]')
    """
    return np.floor_divide(local_seconds(clock, instants), DAY).astype("datetime64[D]")


def working_seconds(clock: Clock, start: Seconds, end: Seconds) -> Seconds:
    """Seconds inside working hours between instants, holidays left out.

    Parameters
    ----------
    clock
        Zone, hours and holidays; its rule is not looked at.
    start, end
        Seconds in UTC, same shape. Where the end lies before the start the result is negative.

    Examples
    --------
    >>> monday = 4 * DAY  # 1970-01-05 00:00
    >>> working_seconds(Clock(), np.array([monday]), np.array([monday + 9 * 3600])).tolist()
    [3600]
    """
    if not len(start):
        return np.zeros(0, np.int64)
    both = local_seconds(
        clock, np.array([min(start.min(), end.min()), max(start.max(), end.max())])
    )
    opens, closes, before = _spans(clock, int(both[0] // DAY), int(both[1] // DAY))
    return _worked(end, opens, closes, before) - _worked(start, opens, closes, before)


def describe(clock: Clock) -> str:
    """The declaration of the clock as it is printed with every result.

    >>> describe(Clock())
    'Time zone UTC. Durations count all elapsed time, waiting included.'
    """
    waiting = (
        "waiting included" if clock.pending == "included" else "time in waiting states left out"
    )
    if clock.rule == "elapsed":
        return f"Time zone {clock.zone}. Durations count all elapsed time, {waiting}."
    days = f"public holidays of {clock.holidays} left out" if clock.holidays else "holidays counted"
    return (
        f"Time zone {clock.zone}. Durations count working time ({_hours_text(clock.hours)}; "
        f"{days}), {waiting}."
    )


def _worked(instants: Seconds, opens: Seconds, closes: Seconds, before: Seconds) -> Seconds:
    """Working seconds from the first span to each instant."""
    if not len(opens):
        return np.zeros(len(instants), np.int64)
    span = np.searchsorted(opens, instants, side="right") - 1
    inside = np.minimum(instants, closes[span]) - opens[span]
    return np.where(span < 0, 0, before[span] + inside)


@lru_cache(maxsize=32)
def _spans(clock: Clock, first: int, last: int) -> tuple[Seconds, Seconds, Seconds]:
    """Start and end of each working span in UTC and the seconds worked before it."""
    days = np.arange(first - 1, last + 2)
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday
    working = ~np.isin(days, _holidays_between(clock, int(days[0]), int(days[-1])))
    opens, closes = [], []
    for number, minutes in enumerate(clock.hours):
        midnights = days[working & (weekday == number)] * DAY
        for start, end in zip(minutes[::2], minutes[1::2], strict=True):
            opens.append(utc_seconds(clock, midnights + start * 60))
            closes.append(utc_seconds(clock, midnights + end * 60))
    if not opens:
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, nothing
    starts, ends = np.sort(np.concatenate(opens)), np.sort(np.concatenate(closes))
    length = ends - starts
    return starts, ends, np.cumsum(length) - length


@lru_cache(maxsize=16)
def _offsets(zone: str, first: int, last: int) -> tuple[Seconds, Seconds]:
    """Instants at which the offset of ``zone`` changes, and the offsets around them."""
    place = ZoneInfo(zone)

    def offset(instant: int) -> int:
        moved = dt.datetime.fromtimestamp(instant, place).utcoffset()
        return int(moved.total_seconds()) if moved is not None else 0

    start, stop = (
        int(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()) for year in (first, last + 1)
    )
    # One look a day: no zone changes its offset twice within one.
    days = range(start - DAY, stop + DAY, DAY)
    seen = [offset(day) for day in days]
    changes = []
    for index in np.flatnonzero(np.diff(seen)):
        low, high = days[index], days[index + 1]
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if offset(middle) != seen[index] else (middle, high)
        changes.append(high)
    after = [offset(change) for change in changes]
    return np.array(changes, np.int64), np.array([seen[0], *after], np.int64)


def _years(seconds: Seconds) -> tuple[int, int]:
    """Years that hold the instants, inside what is tabulated, in steps that reuse the table."""
    around = np.array([seconds.min() - 2 * DAY, seconds.max() + 2 * DAY])
    years = np.clip(around // 31_556_952 + 1970, _FIRST_YEAR, _LAST_YEAR)
    return int(years[0]), int(years[1])


def _holidays_between(clock: Clock, first: int, last: int) -> Seconds:
    if not clock.holidays:
        return np.zeros(0, np.int64)
    years = np.array([first, last], "datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    days = _holiday_days(clock.holidays, int(years[0]), int(years[1]))
    return np.array(sorted(days), "datetime64[D]").astype(np.int64)


@lru_cache(maxsize=16)
def _holiday_days(code: str, first: int, last: int) -> frozenset[dt.date]:
    import holidays  # slow to import and seldom needed

    country, _, region = code.partition("-")
    try:
        found: Iterable[dt.date] = holidays.country_holidays(
            country.upper(), subdiv=region or None, years=range(first, last + 1)
        )
        return frozenset(found)
    except NotImplementedError:
        raise OptionError(
            f"Holidays '{code}' are not known; give a country code such as 'DE' "
            "or a country and region such as 'DE-BY'."
        ) from None


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a path or a folder is no zone either
        import difflib
    else:
        return
    near = difflib.get_close_matches(zone, available_timezones(), n=1, cutoff=0.7)
    hint = f"did you mean '{near[0]}'?" if near else "give an IANA name such as 'Europe/Berlin'."
    raise OptionError(f"Time zone '{zone}' is not known; {hint}")


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise OptionError(f"{name} '{value}' is not known; choose {' or '.join(choices)}.")


def _is_day(minutes: tuple[int, ...]) -> bool:
    """Whether spans of one day are in order and do not overlap."""
    rising = all(a < b for a, b in zip(minutes[::2], minutes[1::2], strict=False))
    apart = all(a <= b for a, b in zip(minutes[1::2], minutes[2::2], strict=False))
    inside = not minutes or (minutes[0] >= 0 and minutes[-1] <= 1440)
    return len(minutes) % 2 == 0 and rising and apart and inside


def _weekday_numbers(text: str) -> list[int]:
    names = [name.lower() for name in WEEKDAYS]
    ends = [part.strip().lower()[:3] for part in text.split("-")]
    if len(ends) > 2 or not set(ends) <= set(names):
        return []
    first, last = names.index(ends[0]), names.index(ends[-1])
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]


def _bad_hours(text: str) -> OptionError:
    return OptionError(
        f"Working hours '{text}' cannot be read; write them like 'Mon-Fri 08:00-18:00'."
    )


def _hours_text(hours: tuple[tuple[int, ...], ...]) -> str:
    if all(day == (0, 1440) for day in hours):
        return "24/7"
    parts: list[str] = []
    number = 0
    while number < 7:
        last = number
        while last < 6 and hours[last + 1] == hours[number]:
            last += 1
        minutes = hours[number]
        name = WEEKDAYS[number] if last == number else f"{WEEKDAYS[number]}-{WEEKDAYS[last]}"
        spans = zip(minutes[::2], minutes[1::2], strict=True)
        parts += [f"{name} {a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in spans]
        number = last + 1
    return ", ".join(parts) or "no working hours"
