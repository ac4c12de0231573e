"""What is open at the end of each period, and for how long it has been."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headway.engine.columns import UNKNOWN, Flags, Floats, Ints
from headway.engine.reductions import group
from headway.engine.timeline import DAY
from headway.metrics.definition import Definition
from headway.metrics.desk import Desk
from headway.metrics.incoming import desk_rows
from headway.metrics.panel import Frame, assembled
from headway.series import Panel

NEVER = int(np.iinfo(np.int64).max)
PAIRS_AT_ONCE = 4_000_000  # (ticket, period) pairs in memory


def stays(desk: Desk) -> tuple[Ints, Ints, Ints]:
    """Rows, opening and end of the tickets whose stay is known; an open one ends never."""
    rows = desk_rows(desk)
    rows = rows[(desk.ended[rows] != UNKNOWN) | ~desk.finished[rows]]
    end = desk.ended[rows]
    return rows, desk.opened[rows], np.where(end == UNKNOWN, NEVER, end)


def backlog(definition: Definition, desk: Desk, grid: Frame, usable: Flags) -> Panel:
    """Tickets opened before the end of each period and not ended by then."""
    rows, opened, end = stays(desk)
    came = np.searchsorted(grid.ends, opened, side="right")  # first period whose end sees it
    went = np.searchsorted(grid.ends, end, side="right")
    n = _level(grid, rows, came) - _level(grid, rows, went)
    return assembled(definition, "stock", grid, (n.astype(np.float64), n, None, None), usable)


def _level(grid: Frame, rows: Ints, period: Ints) -> Ints:
    seen = period < grid.size
    tables = [
        np.bincount(cell, minlength=slices * grid.size).reshape(slices, grid.size)
        for slices, _, cell in grid.cells(rows[seen], period[seen])
    ]
    return np.cumsum(np.vstack(tables), axis=1)


def backlog_age(definition: Definition, desk: Desk, grid: Frame, usable: Flags) -> Panel:
    """Median age in days of the tickets open at the end of each period."""
    rows, opened, end = stays(desk)
    order = np.argsort(-opened, kind="stable")  # youngest first: ages ascend
    rows, opened = rows[order], opened[order]
    came = np.searchsorted(grid.ends, opened, side="right")
    went = np.searchsorted(grid.ends, end[order], side="right")
    shape = (len(grid.slicing.labels), grid.size)
    value, n = np.full(shape, np.nan), np.zeros(shape, dtype=np.int64)
    for first, last in _chunks(came, went, grid.size):
        who, when = _pairs(np.maximum(came, first), np.minimum(went, last))
        age = (grid.ends[when] - opened[who]) / DAY
        _fill(grid, rows[who], when, age, (value, n))
    return assembled(definition, "stock", grid, (value, n, None, None), usable)


def _fill(grid: Frame, rows: Ints, period: Ints, age: Floats, into: tuple[Floats, Ints]) -> None:
    value, n = into
    top = 0
    for slices, inside, cell in grid.cells(rows, period):
        grouped = group(cell, age[inside], slices * grid.size)
        here = slice(top, top + slices)
        count = grouped.n.reshape(slices, grid.size)
        median = grouped.percentile(0.5).reshape(slices, grid.size)
        value[here] = np.where(count > 0, median, value[here])
        n[here] += count
        top += slices


def _pairs(came: Ints, went: Ints) -> tuple[Ints, Ints]:
    """Every (ticket, period) in which the ticket is open at the period's end."""
    length = np.maximum(went - came, 0)
    who = np.repeat(np.arange(len(came)), length)
    offset = np.arange(len(who)) - np.repeat(np.cumsum(length) - length, length)
    return who, came[who] + offset


def _chunks(came: Ints, went: Ints, size: int) -> Iterator[tuple[int, int]]:
    """Ranges of periods that hold a bearable number of pairs each."""
    change = np.bincount(came, minlength=size + 1) - np.bincount(went, minlength=size + 1)
    total = np.cumsum(np.cumsum(change[:size]))
    first = 0
    while first < size:
        before = total[first - 1] if first else 0
        last = int(np.searchsorted(total, before + PAIRS_AT_ONCE, side="right"))
        last = min(max(last, first + 1), size)
        yield first, last
        first = last
