"""The numbers in texts that look like dates, before their order is known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from headway.mapping.digits import Ints, Runs, runs
from headway.mapping.layouts import Layout, layout

Bools = npt.NDArray[np.bool_]
DAY = 86_400


@dataclass(frozen=True)
class Clock:
    """Dates of ``n`` texts as written; -1 where a text holds no such number.

    ``first``, ``middle`` and ``last`` are the three numbers of a date whose order is open.
    Where the text itself tells the order (a year of four digits first, a month's name) they are -1
    and ``year``, ``month`` and ``day`` are set.
    """

    first: Ints
    middle: Ints
    last: Ints
    year: Ints
    month: Ints
    day: Ints
    seconds: Ints  # of the day; -1 when the clock time is impossible
    offset: Ints  # seconds east of UTC
    count: Ints  # a bare whole number
    digits: Ints  # its number of digits
    fraction: Ints  # run after the point of a bare number
    fraction_digits: Ints
    short_year: Bools
    timed: Bools
    zoned: Bools
    main: Layout | None = None  # layout of the most texts


def clock(texts: pa.StringArray) -> Clock:
    """Take the numbers of all ``texts`` apart by their layout."""
    plain = pc.utf8_trim_whitespace(pc.fill_null(texts.cast(pa.string()), ""))
    signatures = pc.dictionary_encode(
        pc.utf8_lower(pc.replace_substring_regex(plain, r"[0-9]+", "0"))
    )
    found = runs(plain)
    codes = signatures.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(signatures.dictionary) + 1))
    read = _blank(len(texts))
    main: tuple[int, Layout | None] = (0, None)
    for code, signature in enumerate(signatures.dictionary.to_pylist()):
        shape = layout(signature)
        if shape is None:
            continue
        rows = order[bounds[code] : bounds[code + 1]]
        _FILL[shape.kind](read, rows, found, shape)
        read.zoned[rows] = shape.zoned
        main = max(main, (len(rows), shape), key=lambda pair: pair[0])
    return replace(read, main=main[1])


def _blank(n: int) -> Clock:
    def numbers(value: int) -> Ints:
        return np.full(n, value, np.int64)

    def marks() -> Bools:
        return np.zeros(n, np.bool_)

    return Clock(
        first=numbers(-1),
        middle=numbers(-1),
        last=numbers(-1),
        year=numbers(-1),
        month=numbers(-1),
        day=numbers(-1),
        seconds=numbers(-1),
        offset=numbers(0),
        count=numbers(-1),
        digits=numbers(-1),
        fraction=numbers(-1),
        fraction_digits=numbers(-1),
        short_year=marks(),
        timed=marks(),
        zoned=marks(),
    )


def _numbers(to: Clock, rows: Ints, found: Runs, shape: Layout) -> None:
    year_first = found.length(rows, 0) == 4
    rest = rows[~year_first]
    known, open_ = (to.year, to.month, to.day), (to.first, to.middle, to.last)
    for k in range(3):
        known[k][rows[year_first]] = found.value(rows[year_first], k)
        open_[k][rest] = found.value(rest, k)
    to.short_year[rest] = found.length(rest, 2) <= 2
    odd = ~np.isin(found.length(rest, 2), (2, 4)) | (found.length(rest, 0) > 2)
    to.first[rest[odd]] = 99  # no order makes a date of it
    _time(to, rows, found, shape)


def _named(to: Clock, rows: Ints, found: Runs, shape: Layout) -> None:
    to.year[rows] = found.value(rows, 1)
    to.month[rows] = shape.month
    to.day[rows] = found.value(rows, 0)
    to.short_year[rows] = found.length(rows, 1) <= 2
    _time(to, rows, found, shape)


def _compact(to: Clock, rows: Ints, found: Runs, shape: Layout) -> None:
    whole = found.value(rows, 0)
    fits = (found.length(rows, 0) == 8) & np.isin(found.length(rows, 1), (4, 6))
    to.year[rows], to.month[rows] = whole // 10_000, whole // 100 % 100
    to.day[rows] = np.where(fits, whole % 100, 0)
    time = np.where(found.length(rows, 1) == 4, 100, 1) * found.value(rows, 1)
    to.seconds[rows] = of_day(time // 10_000, time // 100 % 100, time % 100)
    to.timed[rows] = True


def _count(to: Clock, rows: Ints, found: Runs, shape: Layout) -> None:
    to.count[rows], to.digits[rows] = found.value(rows, 0), found.length(rows, 0)
    ends = np.append(found.first, len(found.values))
    more = rows[ends[rows + 1] - ends[rows] > 1]
    to.fraction[more] = found.value(more, 1)
    to.fraction_digits[more] = found.length(more, 1)


def _time(to: Clock, rows: Ints, found: Runs, shape: Layout) -> None:
    if shape.hour < 0:
        to.seconds[rows] = 0
        return
    to.timed[rows] = True
    hour = found.value(rows, shape.hour)
    if shape.half:
        late = 12 if shape.half == "p" else 0
        hour = np.where((hour >= 1) & (hour <= 12), hour % 12 + late, 99)
    second = found.value(rows, shape.second) if shape.second >= 0 else np.zeros_like(hour)
    to.seconds[rows] = of_day(hour, found.value(rows, shape.hour + 1), second)
    if shape.zone >= 0:
        to.offset[rows] = shape.sign * _offset(rows, found, shape)


def _offset(rows: Ints, found: Runs, shape: Layout) -> Ints:
    hours = found.value(rows, shape.zone)
    if shape.zone_minutes >= 0:
        return hours * 3600 + found.value(rows, shape.zone_minutes) * 60
    joined = found.length(rows, shape.zone) > 2  # +0530
    return np.where(joined, hours // 100 * 3600 + hours % 100 * 60, hours * 3600)


def of_day(hour: Ints, minute: Ints, second: Ints) -> Ints:
    """Seconds since midnight, or -1 for an impossible clock time."""
    fits = (hour < 24) & (minute < 60) & (second < 60) & (hour >= 0)
    return np.where(fits, hour * 3600 + minute * 60 + second, -1)


def of_date(year: Ints, month: Ints, day: Ints) -> tuple[Ints, Bools]:
    """Days since 1970-01-01 and whether such a day exists (years 1 to 9999)."""
    fits = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(fits, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    start = months.astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[D]").astype(np.int64)
    fits &= day <= after - start
    return start + day - 1, fits


_FILL = {
    "numbers": _numbers,
    "day-name": _named,
    "name-day": _named,
    "compact": _compact,
    "count": _count,
}
