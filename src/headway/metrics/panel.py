"""From facts to panels: one metric for every slice over every period."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from headway.calendars import Clock
from headway.engine.columns import UNKNOWN, Flags, Floats, Ints
from headway.engine.reductions import Grouped, group
from headway.engine.slices import Slicing
from headway.engine.timeline import HOUR, days_of, midnights
from headway.metrics.definition import Definition
from headway.metrics.desk import Desk, measured
from headway.metrics.facts import Facts
from headway.series import Panel, Periods, Slice, Statistic

SHORTEST_HOURS = 1 / 60  # below a minute a duration is a matter of the clock's resolution


@dataclass(frozen=True)
class Frame:
    """The grid that all panels of a scan share.

    ``begins`` and ``ends`` are the UTC seconds of the periods; ``follow_up`` is the elapsed and
    ``followed`` the measured time in hours from a period's end to the extract.
    """

    periods: Periods
    slicing: Slicing
    clock: Clock
    begins: Ints
    ends: Ints
    follow_up: Floats
    followed: Floats
    shortest: float = SHORTEST_HOURS

    @property
    def size(self) -> int:
        return len(self.periods)

    def period_of(self, instants: Ints) -> Ints:
        """Period of each instant, -1 outside of all of them."""
        return self.periods.index(days_of(self.clock, instants))

    def cells(self, rows: Ints, period: Ints) -> Iterator[tuple[int, Ints, Ints]]:
        """Per dimension: number of slices, facts in one of them, and their cells.

        Facts outside the periods must be gone already.
        """
        for dimension in self.slicing.dimensions:
            if dimension.name == "all":
                yield 1, np.arange(len(rows)), period
            elif dimension.values:
                slices = np.append(dimension.rows, np.int32(-1))[rows]
                inside = np.flatnonzero(slices >= 0)
                cell = slices[inside].astype(np.int64) * self.size + period[inside]
                yield len(dimension.values), inside, cell


def frame(desk: Desk, periods: Periods, slicing: Slicing) -> Frame:
    """The grid of a scan."""
    begins = midnights(desk.clock, periods.starts)
    ends = midnights(desk.clock, periods.ends)
    now = np.maximum(np.full(len(ends), desk.extracted), ends)
    followed = measured(desk.clock, ends, now) / HOUR
    shortest = 12.0 if desk.records.date_only else SHORTEST_HOURS
    return Frame(
        periods,
        slicing,
        desk.clock,
        begins,
        ends,
        (desk.extracted - ends) / HOUR,
        followed,
        shortest,
    )


def flow(definition: Definition, facts: Facts, grid: Frame, usable: Usable) -> Iterator[Panel]:
    """The panels of a metric whose facts each belong to one period."""
    if facts.value is not None:
        facts = facts.take(np.argsort(facts.value, kind="stable"))
    period = grid.period_of(facts.at)
    inside = period >= 0
    facts, period = facts.take(inside), period[inside]
    parts = [_reduce(facts, grid, *cells) for cells in grid.cells(facts.rows, period)]
    n = np.vstack([part.n for part in parts])
    for statistic in definition.statistics:
        value = np.vstack([_value(statistic, part, grid) for part in parts])
        numerator = spread = None
        if facts.counts is not None:
            numerator = np.vstack([part.hits for part in parts])
        if statistic in ("median", "p85"):
            spread = np.vstack([part.spread(grid) for part in parts])
        yield assembled(
            definition, statistic, grid, (value, n, numerator, spread), usable(statistic)
        )


Usable = Callable[[Statistic], Flags]


@dataclass(frozen=True)
class _Part:
    """Sums over the cells of one dimension, each of shape (slices, periods)."""

    n: Ints
    hits: Ints
    total: Floats
    grouped: Grouped | None

    def spread(self, grid: Frame) -> Floats:
        if self.grouped is None:
            return np.full(self.n.shape, np.nan)
        return self.grouped.spread_of_logs(grid.shortest).reshape(self.n.shape)


def _reduce(facts: Facts, grid: Frame, slices: int, inside: Ints, cell: Ints) -> _Part:
    size = slices * grid.size
    shape = (slices, grid.size)
    hits = np.zeros(shape, dtype=np.int64)
    total: Floats = np.zeros(shape)
    grouped = None
    if facts.counts is not None:
        hits = np.bincount(cell[facts.counts[inside]], minlength=size).reshape(shape)
    if facts.value is not None and facts.so_far is not None:
        grouped = group(cell, facts.value[inside], size)
        return _Part(grouped.n.reshape(shape), hits, total, grouped)
    n = np.bincount(cell, minlength=size).reshape(shape)
    if facts.value is not None:
        total = np.bincount(cell, facts.value[inside], size).reshape(shape).astype(np.float64)
    return _Part(n, hits, total, grouped)


def _value(statistic: Statistic, part: _Part, grid: Frame) -> Floats:
    if statistic == "count":
        return part.n.astype(np.float64)
    if part.grouped is not None:
        share = 0.5 if statistic == "median" else 0.85
        value = part.grouped.percentile(share).reshape(part.n.shape)
        censored = (part.grouped.n - part.grouped.finite()).reshape(part.n.shape) > 0
        return np.asarray(np.where(censored & ~(value <= grid.followed), np.nan, value))
    above: Floats = np.multiply(part.hits, 100.0) if statistic == "share" else part.total
    mean: Floats = np.full(part.n.shape, np.nan)
    np.divide(above, part.n, out=mean, where=part.n > 0)
    return mean


def assembled(
    definition: Definition,
    statistic: Statistic,
    grid: Frame,
    arrays: tuple[Floats, Ints, Ints | None, Floats | None],
    usable: Flags,
) -> Panel:
    """A panel of the slices that have records of this metric and are not simply all of them."""
    value, n, numerator, spread = arrays
    labels = [Slice(*label) for label in grid.slicing.labels]
    kept = n.any(axis=1) & (n != n[0]).any(axis=1)
    kept[0] = True
    first = statistic == definition.statistic
    return Panel(
        metric=definition.id if first else f"{definition.id}.{statistic}",
        statistic=statistic,
        unit=definition.unit,
        slices=tuple(label for label, keep in zip(labels, kept, strict=True) if keep),
        periods=grid.periods,
        value=value[kept],
        n=n[kept],
        numerator=None if numerator is None else numerator[kept],
        usable=usable,
        spread=None if spread is None else spread[kept],
    )


def horizon(wait: Floats | None, statistic: Statistic, longest: float) -> float:
    """Hours of follow-up a cohort must have had, the same for every slice.

    Nine tenths of all outcomes for a median, 39 of 40 for everything later in the distribution.
    A larger share still open makes it infinite; it is cut at ``longest``, a third of the extract.
    """
    if wait is None or not len(wait):
        return 0.0
    share = 0.9 if statistic == "median" else 0.975
    reached = float(np.quantile(wait, share, method="inverted_cdf"))
    return min(max(reached, 0.0), longest)


def first_opened(desk: Desk) -> int:
    """UTC seconds of the earliest opening."""
    opened = desk.opened[desk.opened != UNKNOWN]
    return int(opened.min()) if len(opened) else UNKNOWN
