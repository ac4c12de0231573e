"""Dates in text: which format a whole column has, and its instants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from headway.mapping.clock import DAY, Bools, Clock, clock, of_date, of_day
from headway.mapping.digits import Ints

Order = Literal["day-first", "month-first"]
_COUNTS = ("epoch-s", "epoch-ms", "excel", "compact")
_UTC = ("iso-utc", "typed-utc", "epoch-s", "epoch-ms")
_PIVOT = 69  # POSIX strptime: 69-99 are 1969-1999, 00-68 are 2000-2068
_MINORITY = 0.001  # share of proving values that may be slips of the pen


@dataclass(frozen=True)
class DateDecision:
    """The format of a column of dates.

    Attributes
    ----------
    format
        ``iso``, ``iso-utc``, ``epoch-s``, ``epoch-ms``, ``excel``, ``compact`` or a
        ``strptime``-like pattern such as ``%d/%m/%Y %H:%M``; empty when it could not be decided.
    evidence
        In words; numbers count rows.
    parsed, unparsed
        Rows that are instants in this format, and rows that are not (nulls in neither).
    ambiguous
        Day and month can be told apart by nothing in the column.
    date_only
        No value has a clock time other than midnight.
    contradicted
        Some values only fit day first and others only month first.
    proven
        The order that the column itself proves.
    has_zone
        Values carry an offset or ``Z``: the instants are UTC, not local time.
    """

    format: str
    evidence: str
    parsed: int
    unparsed: int
    ambiguous: bool
    date_only: bool
    contradicted: bool = False
    proven: Order | None = None
    has_zone: bool = False


def is_utc(date_format: str) -> bool:
    """Whether instants of this format are UTC already, rather than local time.

    >>> is_utc("iso-utc"), is_utc("%d/%m/%Y %H:%M")
    (True, False)
    """
    return date_format in _UTC or date_format.endswith("%z")


def parse(values: pa.StringArray, date_format: str) -> pa.Array:
    """Instants of ``values`` read as ``date_format``: ``timestamp[s]``, null where it does not fit.

    Local time, unless ``is_utc(date_format)``. Only the order of day, month and year is taken from
    a pattern; separators, seconds and padding may vary from value to value.

    >>> parse(pa.array(["5/3/2016 12:00", "?"]), "%d/%m/%Y %H:%M").to_pylist()
    [datetime.datetime(2016, 3, 5, 12, 0), None]
    """
    seconds, fits = _instants(clock(values), date_format)
    return pa.array(seconds, pa.int64(), mask=~fits).cast(pa.timestamp("s"))


def decide(
    values: pa.StringArray, counts: object = None, *, order: Order | None = None
) -> DateDecision:
    """Decide the format of a column from all its distinct ``values``.

    Parameters
    ----------
    values
        Distinct texts, missing markers taken out.
    counts
        Rows that hold each of them, as long as ``values``; 1 each when None.
    order
        The order to use where the column does not prove one, from an option or another column.

    >>> decide(pa.array(["29/2/2016 01:16", "1/3/2016 09:00"])).evidence
    'day first, proven by 1 value over 12'
    """
    weight = np.ones(len(values), np.int64) if counts is None else np.asarray(counts, np.int64)
    read = clock(values)
    present = np.asarray(values.is_valid())
    proof = _prove(read, weight)
    pattern, words = _choice(read, proof, order, int(present.sum()))
    return _decision(pattern, words, read=read, weight=weight, present=present, proof=proof)


def _choice(read: Clock, proof: _Proof, order: Order | None, n: int) -> tuple[str, str]:
    if (read.count >= 0).sum() * 2 > n:
        return _counted(read), ""
    if not (read.first >= 0).any():
        return _pattern(read, "year-first"), ""
    undecided = proof.open + proof.day + proof.month > 0  # else both orders give the same dates
    chosen: str = proof.order or order or ("" if undecided else "day-first")
    words = f"{order.replace('-', ' ')} as told" if order == chosen != proof.order else proof.words
    if _short_years_first(read):
        chosen, words = "short-year-first", "year of two digits first: it hardly varies"
    return _pattern(read, chosen), words


@dataclass(frozen=True)
class _Proof:
    day: int
    month: int
    open: int  # rows that read differently in the two orders

    @property
    def order(self) -> Order | Literal[""]:
        slips = _MINORITY * (self.day + self.month)
        if self.day > 0 and self.month <= slips:
            return "day-first"
        if self.month > 0 and self.day <= slips:
            return "month-first"
        return ""

    @property
    def words(self) -> str:
        more, less = max(self.day, self.month), min(self.day, self.month)
        value = "value" if more == 1 else "values"
        if self.order:
            but = f", against {less:,} that fit only the other way" if less else ""
            return f"{self.order.replace('-', ' ')}, proven by {more:,} {value} over 12{but}"
        if more:
            return f"{self.day:,} values only fit day first and {self.month:,} only month first"
        return f"no value over 12 in {self.open:,} dates tells day from month" if self.open else ""


def _prove(read: Clock, weight: Ints) -> _Proof:
    a, b = read.first, read.middle
    here = (a >= 1) & (b >= 1) & (a <= 31) & (b <= 31)
    day = here & (a > 12) & (b <= 12)
    month = here & (b > 12) & (a <= 12)
    both = here & (a <= 12) & (b <= 12) & (a != b)
    return _Proof(int(weight[day].sum()), int(weight[month].sum()), int(weight[both].sum()))


def _short_years_first(read: Clock) -> bool:
    """24-01-31: the first number hardly varies, the last takes more values than years would."""
    short = read.short_year & (read.first >= 0)
    if short.sum() < 20 or (read.first[short] <= 12).all():
        return False
    return len(np.unique(read.first[short])) <= 3 and len(np.unique(read.last[short])) > 12


def _decision(
    pattern: str, words: str, *, read: Clock, weight: Ints, present: Bools, proof: _Proof
) -> DateDecision:
    instants, fits = _instants(read, pattern)
    undecided = not pattern
    if undecided:
        instants, fits = _instants(read, "%d/%m/%Y")
        fits = fits | _instants(read, "%m/%d/%Y")[1]
    fits = fits & present
    notes = [words or _WORDS.get(pattern, f"written as {pattern}")]
    short = int(weight[fits & read.short_year].sum())
    if short:
        notes.append(f"{short:,} years of two digits, 69 to 99 read as 1969 to 1999")
    zoned = is_utc(pattern)
    bare = int(weight[fits & ~read.zoned].sum()) if zoned and "epoch" not in pattern else 0
    if bare:
        notes.append(f"{bare:,} values without an offset, read as UTC")
    return DateDecision(
        format=pattern,
        evidence="; ".join(notes),
        parsed=int(weight[fits].sum()),
        unparsed=int(weight[present & ~fits].sum()),
        ambiguous=undecided and proof.day + proof.month == 0,
        date_only=bool(fits.any()) and not bool(((instants + read.offset)[fits] % DAY).any()),
        contradicted=undecided and proof.day + proof.month > 0,
        proven=proof.order or None,
        has_zone=zoned,
    )


_WORDS = {
    "iso": "year first, as in ISO 8601",
    "iso-utc": "year first with an offset or Z, as in ISO 8601: the instants are UTC",
    "epoch-s": "seconds since 1970",
    "epoch-ms": "milliseconds since 1970",
    "excel": "days since 1899-12-30, as in Excel",
    "compact": "year, month and day without separators",
}
_NUMERIC = {"day-first": "%d{0}%m{0}", "month-first": "%m{0}%d{0}", "year-first": "%Y{0}%m{0}%d"}
_NAMED = {"day-name": "%d{0}%b{0}", "name-day": "%b %d, "}


def _pattern(read: Clock, order: str) -> str:
    """The pattern of the most values, or nothing when the order of day and month is open."""
    main = read.main
    if main is None:
        return "iso"
    if not order:
        return ""
    zoned = bool(read.zoned.any())
    year = "%y" if read.short_year.mean() > 0.5 else "%Y"
    if main.kind in _NAMED:
        date = _NAMED[main.kind].format(main.separator or " ") + year
    elif order == "short-year-first":
        date = "%y{0}%m{0}%d".format(main.separator or "-")
    elif order == "year-first":
        if main.separator in ("-", ""):
            return "iso-utc" if zoned else "iso"
        date = _NUMERIC[order].format(main.separator)
    else:
        date = _NUMERIC[order].format(main.separator or "/") + year
    time = "" if main.hour < 0 else " %I:%M" if main.half else " %H:%M"
    time += ":%S" if main.second >= 0 else ""
    return date + time + (" %p" if main.half else "") + (" %z" if zoned else "")


def _counted(read: Clock) -> str:
    """Which count a column of bare numbers is: by the years that it would mean."""
    best, most = "", 0
    for name in _COUNTS:
        seconds, fits = _instants(read, name)
        plausible = int((fits & (seconds >= 315_532_800) & (seconds < 4_102_444_800)).sum())
        if plausible > most:
            best, most = name, plausible
    return best or "compact"


def _instants(read: Clock, date_format: str) -> tuple[Ints, Bools]:
    if date_format in _COUNTS and date_format != "compact":
        return _of_count(read, date_format)
    year, month, day = read.year.copy(), read.month.copy(), read.day.copy()
    time = read.seconds
    bare = (read.count >= 0) & (read.fraction < 0)
    if date_format == "compact":
        time = _of_compact(read, bare, year, month, day)
    open_ = read.first >= 0
    places = _places(date_format)
    if places:
        parts = (read.first, read.middle, read.last)
        for to, k in zip((year, month, day), places, strict=True):
            to[open_] = parts[k][open_]
    year = np.where(read.short_year, year + np.where(year >= _PIVOT, 1900, 2000), year)
    days, fits = of_date(year, month, day)
    fits &= time >= 0
    return days * DAY + time - read.offset, fits


def _places(date_format: str) -> tuple[int, int, int] | None:
    """Which of three numbers is year, month and day in a pattern; None when it does not say."""
    at = [max(date_format.find(y), date_format.find(y.lower())) for y in ("%Y", "%m", "%d")]
    if min(at) < 0 or date_format.startswith("%Y"):
        return None
    year, month, day = (sorted(at).index(position) for position in at)
    return year, month, day


def _of_compact(read: Clock, bare: Bools, year: Ints, month: Ints, day: Ints) -> Ints:
    digits = np.where(bare, read.digits, 0)
    scale = 10 ** np.maximum(14 - digits, 0)
    usable = np.isin(digits, (8, 12, 14))
    whole = np.where(usable, read.count * scale, 0)
    rows = digits > 0
    for to, by, of in ((year, 10**10, 10**4), (month, 10**8, 100), (day, 10**6, 100)):
        to[rows] = (whole // by % of)[rows]
    time = of_day(whole // 10**4 % 100, whole // 100 % 100, whole % 100)
    return np.where(rows, time, read.seconds)


def _of_count(read: Clock, date_format: str) -> tuple[Ints, Bools]:
    there = read.count >= 0
    if date_format == "excel":  # days since 1899-12-30; the fraction is the time of day
        tail = np.where(read.fraction >= 0, read.fraction, 0).astype(np.float64)
        part = tail / 10.0 ** np.maximum(read.fraction_digits, 0)
        days = np.where(there, read.count, 0)
        seconds = (days - 25_569) * DAY + np.rint(part * DAY).astype(np.int64)
        return seconds, there & (read.count > 60) & (read.count < 2_958_466)
    seconds = read.count // 1000 if date_format == "epoch-ms" else read.count
    return seconds, there & (seconds < 253_402_300_800)
