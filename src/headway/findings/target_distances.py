"""How far from its target each ticket was closed, counted in bins, beside the desk's rhythm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from headway.calendars import local_days, local_seconds
from headway.engine.columns import UNKNOWN, Flags, Floats, Ints, instants
from headway.engine.slices import Dimension, Slicing
from headway.findings.bunching import SIDE
from headway.metrics.desk import Desk
from headway.series import Panel, Slice

DIMENSIONS = ("all", "priority", "group", "service")
WIDTHS = {"day": 86_400, "hour": 3_600, "quarter of an hour": 900}
ENOUGH = 200  # closures with a target
WEEK = 7 * 86_400
_CELL = 900  # the week's rhythm is told by quarters of an hour


@dataclass(frozen=True)
class Distances:
    """Closures of one part by distance from the target.

    ``counts`` and ``exposure`` have the shape (2 * SIDE,), ``width`` is a key of WIDTHS and
    ``closures`` the number of all that have a target far enough away.
    """

    part: Slice
    width: str
    closures: int
    counts: Floats
    exposure: Floats


def distances(desk: Desk, slicing: Slicing, panel: Panel) -> list[Distances]:
    """The parts with enough closures; tickets opened outside the usable periods are left out."""
    closures = _closures(desk, panel)
    found = (_binned(closures, *part) for part in _parts(slicing, panel))
    return [one for one in found if one is not None]


@dataclass(frozen=True)
class _Closures:
    """Finished tickets with a target, in seconds, and the rhythm of the desk's week."""

    rows: Ints
    distance: Ints
    span: Ints
    due: Ints  # local
    busy: Floats  # closures from the week's beginning to each of its quarters of an hour


def _closures(desk: Desk, panel: Panel) -> _Closures:
    due, end = instants(desk.tickets, "target_due_at"), desk.resolved
    known = (due != UNKNOWN) & (end != UNKNOWN) & (desk.opened != UNKNOWN)
    if desk.records.date_only:
        known[:] = False
    ends = local_seconds(desk.clock, end[known])
    rhythm = np.bincount(_of_week(ends) // _CELL, minlength=WEEK // _CELL)
    period = panel.periods.index(local_days(desk.clock, desk.opened[known]))
    rows = np.flatnonzero(known)[np.append(panel.usable, False)[period]]
    return _Closures(
        rows,
        end[rows] - due[rows],
        due[rows] - desk.opened[rows],
        local_seconds(desk.clock, due[rows]),
        np.concatenate([[0.0], np.cumsum(rhythm)]),
    )


def _of_week(local: Ints) -> Ints:
    return np.asarray(local % WEEK, dtype=np.int64)


def _parts(slicing: Slicing, panel: Panel) -> Iterator[tuple[Slice, Dimension, int]]:
    for dimension in slicing.dimensions:
        for row, value in enumerate(dimension.values):
            part = Slice(dimension.name, value)
            if dimension.name in DIMENSIONS and part in panel.slices:
                yield part, dimension, row


def _binned(closures: _Closures, part: Slice, dimension: Dimension, row: int) -> Distances | None:
    """Closures and the desk's usual business by distance from the target, where there is room."""
    own: Flags = dimension.rows[closures.rows] == row
    if np.count_nonzero(own) < ENOUGH:
        return None
    middle = float(np.median(closures.span[own]))
    width = next((w for w, size in WIDTHS.items() if (SIDE + 1) * size <= middle), "")
    if not width:
        return None
    size = WIDTHS[width]
    own &= closures.span >= (SIDE + 1) * size
    places = -np.floor_divide(-closures.distance[own], size) + SIDE - 1  # the target's own instant
    inside = (places >= 0) & (places < 2 * SIDE)
    counts = np.bincount(places[inside], minlength=2 * SIDE).astype(np.float64)
    edges = np.arange(-SIDE, SIDE + 1) * size
    exposure = np.diff([_business(closures, closures.due[own] + edge) for edge in edges])
    return Distances(part, width, int(np.count_nonzero(own)), counts, exposure)


def _business(closures: _Closures, local: Ints) -> float:
    """Closures of ordinary weeks up to each instant, summed over the instants."""
    weeks = np.floor_divide(local, WEEK)
    cells = np.arange(len(closures.busy)) * _CELL
    within = np.interp(_of_week(local), cells, closures.busy)
    return float((weeks * closures.busy[-1] + within).sum())
