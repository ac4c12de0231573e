"""The options of a simulated desk, and when things happen at it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from headway.errors import OptionError
from headway.simulate.truths import PLANTABLE, Truth

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Random = np.random.Generator

DAY = 86_400
OPENS, WORKDAY = 7 * 3600, 12 * 3600  # seconds: people work from 7 to 19, Monday to Friday
WEEKDAYS = np.array([1.25, 1.12, 1.05, 1.0, 0.88, 0.12, 0.08])
HOURS = np.array([0, 0, 0, 0, 0, 1, 4, 10, 16, 17, 15, 12, 9, 12, 14, 13, 10, 6, 3, 2, 1, 1, 0, 0])
EPOCH = dt.date(1970, 1, 1)
QUIET = 0.1  # tickets on a public holiday, relative
BLOCK = 200_000  # tickets
AHEAD = 3  # years after the extract into which work may reach


@dataclass(frozen=True)
class Desk:
    """What a desk is like.

    Attributes
    ----------
    seed
        The same seed and options give the same records, byte for byte.
    weeks, end
        Length of the extract, and its last day.
    tickets_per_week, changes_per_week
        Mean numbers before growth and season.
    growth
        Relative growth in a year.
    season
        Amplitude of the yearly season, relative.
    load_noise, load_memory
        Standard deviation of what is new in the weekly load, relative, and how much of the last
        week's goes on.
    holidays
        Country code of the ``holidays`` library: on these days few tickets come and nobody works.
    spread
        Standard deviation of the natural logarithm of the working hours to resolve.
    surveyed, answered
        Share of the resolved tickets with a survey, and of the surveys with an answer.
    unauthorised
        Share of the changes without authorisation.
    alterations_per_week
        Mean number of alterations of configuration items outside any change.
    planted
        The truths.
    """

    seed: int = 7
    weeks: int = 78
    end: dt.date = dt.date(2026, 11, 15)
    tickets_per_week: float = 400
    changes_per_week: float = 45
    growth: float = 0.05
    season: float = 0.06
    load_noise: float = 0.03
    load_memory: float = 0.4
    holidays: str = ""
    spread: float = 1.0
    surveyed: float = 0.4
    answered: float = 0.35
    unauthorised: float = 0.06
    alterations_per_week: float = 8
    planted: tuple[Truth, ...] = ()

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise OptionError(f"Seed {self.seed} is below 0; give 0 or a number above.")
        for truth in self.planted:
            if truth.metric not in PLANTABLE:
                raise OptionError(
                    f"No truth about {truth.metric!r} can be planted; take {', '.join(PLANTABLE)}."
                )

    @property
    def start(self) -> dt.date:
        """First day of the extract."""
        return self.end + dt.timedelta(days=1) - dt.timedelta(weeks=self.weeks)

    @property
    def extracted_at(self) -> int:
        """Seconds since 1970 at which the extract was drawn: the midnight after the last day."""
        return seconds(self.end) + DAY

    def random(self, stream: int, block: int = 0) -> Random:
        """Random numbers of a block of one table, whatever the others took."""
        return np.random.default_rng([self.seed, stream, block] if block else [self.seed, stream])

    def truth(self, metric: str) -> tuple[Truth, ...]:
        """The planted truths about one metric."""
        return tuple(truth for truth in self.planted if truth.metric == metric)


def seconds(day: dt.date) -> int:
    """Seconds from 1970 to the midnight at which ``day`` begins."""
    return (day - EPOCH).days * DAY


def daily_load(desk: Desk) -> Floats:
    """Relative load of each day: week-day, season, growth and a load that follows itself."""
    days = np.arange(desk.weeks * 7)
    dates = [desk.start + dt.timedelta(days=int(day)) for day in days[:7]]
    weekday = (dates[0].weekday() + days) % 7
    of_year = (desk.start.timetuple().tm_yday + days) / 365.25
    year = 1 + desk.season * np.cos(2 * np.pi * (of_year - 0.08))
    random = desk.random(0)
    shocks = random.normal(0, desk.load_noise, desk.weeks)
    weekly = np.empty(desk.weeks)
    level = 0.0
    for week, shock in enumerate(shocks):
        level = desk.load_memory * level + shock
        weekly[week] = level
    trend = 1 + desk.growth * days / 365.25
    share = WEEKDAYS[weekday] / WEEKDAYS.sum()
    first = seconds(desk.start) // DAY
    share = np.where(np.isin(first + days, days_off(desk)), QUIET, 1) * share
    return np.asarray(share * year * trend * (1 + np.repeat(weekly, 7)))


def blocks(desk: Desk) -> tuple[slice, ...]:
    """Stretches of days with at most about 200,000 tickets, so that memory is bounded."""
    days = desk.weeks * 7
    most = max(int(BLOCK * 7 / max(desk.tickets_per_week, 1)), 1)
    return tuple(slice(first, min(first + most, days)) for first in range(0, days, most))


def arrivals(
    desk: Desk, random: Random, *, per_week: Floats | float, days: slice = slice(None)
) -> Ints:
    """Sorted instants, in seconds, of independent arrivals; ``per_week`` may differ by day."""
    counts = random.poisson(daily_load(desk)[days] * per_week)
    day = np.repeat(np.arange(len(counts)) + (days.start or 0), counts)
    hour = random.choice(24, size=len(day), p=HOURS / HOURS.sum())
    second = random.integers(0, 3600, size=len(day))
    return np.sort(seconds(desk.start) + day * DAY + hour * 3600 + second)


def days_off(desk: Desk) -> Ints:
    """Public holidays as days since 1970, from the first year of the extract on."""
    if not desk.holidays:
        return np.zeros(0, np.int64)
    import holidays  # slow to import and seldom needed

    try:
        found = holidays.country_holidays(
            desk.holidays, years=range(desk.start.year, desk.end.year + AHEAD)
        )
    except NotImplementedError:
        raise OptionError(
            f"No public holidays are known for {desk.holidays!r}; give a country code such as 'DE'."
        ) from None
    return np.array(sorted((day - EPOCH).days for day in found), np.int64)


def after_work(opened: Ints, hours: Floats, off: Ints | None = None) -> Ints:
    """The instants at which ``hours`` of working time have passed since ``opened``.

    ``off`` holds the days on which nobody works besides weekends, sorted, as days since 1970.
    """
    free = np.zeros(0, np.int64) if off is None else off
    free = free[(free + 3) % 7 < 5]
    day, second = np.divmod(opened, DAY)
    today = np.clip(second - OPENS, 0, WORKDAY)
    is_workday = ((day + 3) % 7 < 5) & ~np.isin(day, free)
    done = (_weekdays_before(day) - np.searchsorted(free, day)) * WORKDAY
    done += np.where(is_workday, today, 0)
    workday, rest = np.divmod(done + (hours * 3600).astype(np.int64), WORKDAY)
    # The n-th day of work is later by the free days before it.
    workday += np.searchsorted(_weekdays_before(free) - np.arange(len(free)), workday, side="right")
    week, weekday = np.divmod(workday, 5)
    return np.asarray((week * 7 + weekday - 3) * DAY + OPENS + rest)


def _weekdays_before(day: Ints) -> Ints:
    """Mondays to Fridays before each day, counted from Monday, 29 December 1969."""
    week, weekday = np.divmod(day + 3, 7)  # 1970-01-01 was a Thursday
    return np.asarray(week * 5 + np.minimum(weekday, 5))


def pick(random: Random, shares: tuple[float, ...], size: int) -> Ints:
    """Codes drawn with the given shares."""
    weights = np.asarray(shares, dtype=np.float64)
    return random.choice(len(weights), size=size, p=weights / weights.sum())


def words(codes: Ints, values: tuple[str, ...]) -> pa.Array:
    """The words behind codes; a negative code is an empty cell."""
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(values)).cast(pa.string())


def instants(values: Ints, known: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """Instants of an export; an empty cell where it is not known."""
    mask = None if known is None else ~known
    return pa.array(values, pa.int64(), mask=mask).cast(pa.timestamp("s"))


def numbers(prefix: str, size: int, *, first: int = 1) -> pa.Array:
    """Record numbers in order of opening."""
    digits = pa.array(np.arange(first, first + size)).cast(pa.string())
    return pc.binary_join_element_wise(prefix, pc.utf8_lpad(digits, 7, "0"), "")


def effect(desk: Desk, metric: str, at: Ints) -> Floats:
    """The factor of the truths about one metric of all records, at each instant."""
    factor = np.ones(len(at))
    for truth in desk.truth(metric):
        factor *= truth.strength(at)
    return factor
