"""What a caller hands over for one chart, checked once, with the way out in every message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headway.errors import InputError, OptionError
from headway.series import Days, Floats
from headway.spc.baseline import SHORTEST
from headway.spc.rules import ANHOEJ, MAKING_DATA_COUNT, RULE_SETS
from headway.spc.runs import METHODS

OTHER_NAMES = {"laney": "p'", "xmr": "i", "imr": "i", "individuals": "i"}
KINDS = ("auto", "i", "i-log", "i'", "p", "p'", "u", "u'", "c", "g", "t", "run")
TIMES = ("s", "min", "h", "d", "seconds", "minutes", "hours", "days", "weeks")
COUNTS = ("tickets", "records", "changes", "incidents", "people", "count")
NEVER_NEGATIVE = frozenset((*TIMES, *COUNTS))
RANGES = ("all", "screened")
LARGEST = 1e100  # beyond it differences and squares overflow
AGREES = 1e-6  # rounding allowed between a value and its numerator over n


@dataclass(frozen=True)
class Measured:
    """One series, checked.

    ``scale`` is 100 for per cent, ``low`` and ``high`` are the possible range in the unit;
    ``n`` and ``numerator`` have NaN where the value is missing.
    """

    values: Floats
    dates: Days
    n: Floats | None
    numerator: Floats | None
    scale: float
    low: float
    high: float
    durations: bool

    @property
    def whole(self) -> bool:
        """Whether every measured value is a whole number of 0 or more."""
        known = self.values[np.isfinite(self.values)]
        return bool(len(known) and (known >= 0).all() and (known == np.rint(known)).all())


@dataclass(frozen=True)
class Options:
    """The options of one chart as given; OptionError for one that cannot be used.

    ``ranges`` None leaves the moving ranges to the rule set.
    """

    kind: str
    better: str
    unit: str
    span: str
    target: float | None
    change_at: int | None
    baseline: int | None
    rules: str
    durations: bool
    rebase: Days
    exclude: Days
    ranges: str | None
    runs: str
    centre: float | None

    def __post_init__(self) -> None:
        for name, value, known in (
            ("kind", self.kind, KINDS),
            ("better", self.better, ("lower", "higher", "neither")),
            ("span", self.span, ("day", "week", "month")),
            ("rules", self.rules, RULE_SETS),
            ("ranges", self.ranges, (None, *RANGES)),
            ("runs", self.runs, METHODS),
        ):
            if value not in known:
                choice = ", ".join(str(one) for one in known if one)
                raise OptionError(f"Option {name} is {value!r}; use one of: {choice}.")
        for name, number in (("target", self.target), ("centre", self.centre)):
            if number is not None and not np.isfinite(number):
                raise OptionError(f"Option {name} is {number}; use a number or leave it out.")
        self._known_to_the_rules()
        if self.baseline is not None and self.baseline < SHORTEST:
            raise OptionError(
                f"Option baseline is {self.baseline}; limits need {SHORTEST} points or more."
            )

    def _known_to_the_rules(self) -> None:
        for name, given, rules in (
            ("kind", self.kind == "i'", (ANHOEJ,)),
            ("centre", self.centre is not None, (ANHOEJ,)),
            ("exclude", len(self.exclude) > 0, (ANHOEJ,)),
            ("runs", self.runs != METHODS[0], (ANHOEJ,)),
            ("ranges", self.ranges == "screened", (ANHOEJ, MAKING_DATA_COUNT)),
        ):
            if given and self.rules not in rules:
                raise OptionError(
                    f"Option {name} cannot be had under the rules {self.rules}; it belongs to: "
                    f"{', '.join(rules)}."
                )


def checked(
    values: Any,  # noqa: ANN401
    dates: Any,  # noqa: ANN401
    *,
    n: Any,  # noqa: ANN401
    numerator: Any,  # noqa: ANN401
    options: Options,
) -> Measured:
    """The arrays as floats and days of one length, or an InputError that names the trouble."""
    scale = 100.0 if options.unit == "%" else 1.0
    base = None if n is None else _floats(n, "n")
    events = None if numerator is None else _floats(numerator, "numerator")
    shown = _quotient(events, base, scale) if values is None else _floats(values, "values")
    days = _days(dates)
    for name, other in (("dates", days), ("n", base), ("numerator", events)):
        if other is not None:
            _same_length("values", shown, name, other)
    _change(options.change_at, len(shown))
    _rebase(options.rebase, days)
    missing = np.isnan(shown)
    if base is not None:
        base = np.where(missing, np.nan, base)
        _positive(base, days)
    if events is not None:
        events = np.where(missing, np.nan, events)
        _agree(shown, events, base, scale, days)
    low, high = _range(shown, options.unit, durations=options.durations)
    return Measured(shown, days, base, events, scale, low, high, options.durations)


def _quotient(events: Floats | None, n: Floats | None, scale: float) -> Floats:
    if n is None or events is None:
        raise InputError("There are no values: give values, or both numerator and n.")
    _same_length("numerator", events, "n", n)
    found = np.full(len(n), np.nan)
    np.divide(scale * events, n, out=found, where=n > 0)
    return found


def _change(change_at: int | None, points: int) -> None:
    if change_at is not None and not 0 < change_at < points:
        raise OptionError(
            f"Option change_at is {change_at}; use the index of the first point after the change, "
            f"1 to {points - 1} for these {points} points."
        )


def _rebase(rebase: Days, days: Days) -> None:
    for date in rebase:
        if not len(days) or not days[0] < date <= days[-1]:
            over = f"{days[0]} to {days[-1]}" if len(days) else "no points"
            raise OptionError(
                f"Option rebase has {date}; use dates after the first point and up to the last, "
                f"and these are {over}."
            )


def days_of(given: Any, name: str) -> Days:  # noqa: ANN401
    """Dates of an option, sorted, each once; OptionError that names it for what is no date.

    >>> days_of(["2026-05-11", "2026-05-04"], "rebase").astype(str).tolist()
    ['2026-05-04', '2026-05-11']
    """
    try:
        found = np.unique(np.array(given, dtype="datetime64[D]"))
    except (TypeError, ValueError):
        raise OptionError(f"Option {name} is {given!r}; give dates such as 2026-05-04.") from None
    if np.isnat(found).any():
        raise OptionError(f"Option {name} has a missing date; leave it out.")
    return found


def _floats(given: Any, name: str) -> Floats:  # noqa: ANN401
    try:
        found = np.array(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"Not every one of the {name} is a number; use NaN for missing.") from None
    if found.ndim != 1:
        raise InputError(f"The {name} have shape {found.shape}; give one series at a time.")
    if (np.abs(found) > LARGEST).any():
        worst = found[np.nanargmax(np.abs(found))]
        raise InputError(f"The {name} contain {worst}, which cannot be charted; remove it.")
    return found


def _days(given: Any) -> Days:  # noqa: ANN401
    try:
        found = np.array(given, dtype="datetime64[D]")
    except (TypeError, ValueError):
        raise InputError("Not every date can be read; give dates such as 2026-05-04.") from None
    if found.ndim != 1 or np.isnat(found).any():
        raise InputError("A date is missing; every value needs the first day of its period.")
    back = np.flatnonzero(np.diff(found) <= np.timedelta64(0, "D"))
    if len(back):
        first, second = found[back[0]], found[back[0] + 1]
        raise InputError(
            f"Date {second} follows {first}; sort the series by date, one value for each date."
        )
    return found


def _same_length(name: str, one: Any, other_name: str, other: Any) -> None:  # noqa: ANN401
    if len(one) != len(other):
        raise InputError(
            f"There are {len(one)} {name} and {len(other)} {other_name}; give one for each period."
        )


def _positive(n: Floats, days: Days) -> None:
    wrong = np.flatnonzero(n <= 0)
    if len(wrong):
        at = wrong[0]
        raise InputError(
            f"n is {n[at]:g} on {days[at]}; a value over nothing must be missing (NaN)."
        )


def _agree(shown: Floats, events: Floats, n: Floats | None, scale: float, days: Days) -> None:
    if n is None:
        raise InputError("There is a numerator without n; give the denominator of each value.")
    if (events < 0).any():
        at = int(np.flatnonzero(events < 0)[0])
        raise InputError(f"The numerator is {events[at]:g} on {days[at]}; it cannot be below 0.")
    wrong = np.flatnonzero(np.abs(shown - scale * events / n) > AGREES * np.maximum(scale, shown))
    if len(wrong):
        at = wrong[0]
        raise InputError(
            f"The value on {days[at]} is {shown[at]:g}, but numerator over n is "
            f"{scale * events[at] / n[at]:g}; leave values out (None) or correct them."
        )


def _range(values: Floats, unit: str, *, durations: bool) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    lowest, highest = (known.min(), known.max()) if len(known) else (0.0, 0.0)
    low = 0.0 if (durations or unit == "%" or unit in NEVER_NEGATIVE) and lowest >= 0 else -np.inf
    high = 100.0 if unit == "%" and lowest >= 0 and highest <= 100 else np.inf
    return low, high
