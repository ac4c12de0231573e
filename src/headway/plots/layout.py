"""A chart laid out on paper: everything the drawing needs, in pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from headway.plots import scales
from headway.plots.dates import date_ticks
from headway.plots.labels import Label, key_lines, line_labels, strip_labels, text_width
from headway.plots.scales import Scale
from headway.plots.words import rebased
from headway.series import Floats
from headway.spc.model import Chart

NARROW = 480  # below this width the words for the lines move under the axis
STRIP = 20  # height kept for words above the plot
AXIS = 26  # height kept for the date labels
KEY_LINE = 17
LABEL_GAP = 10


@dataclass(frozen=True)
class Run:
    """Neighbouring periods with the same limits, in pixels; NaN where there is no such line."""

    left: float
    right: float
    lower: float
    centre: float
    upper: float


@dataclass(frozen=True)
class Layout:
    """Where every part of a chart lies.

    ``stretches`` are runs that touch each other: a band has one outline per stretch.
    ``lines`` are the first and last index (exclusive) of points joined by a line.
    """

    width: float
    height: float
    left: float
    right: float
    scale: Scale
    x: Floats
    y: Floats
    stretches: tuple[tuple[Run, ...], ...]
    lines: tuple[tuple[int, int], ...]
    labels: tuple[Label, ...]
    notes: tuple[Label, ...]
    key: tuple[str, ...]
    dates: tuple[tuple[float, str], ...]
    change_x: float | None
    target_y: float | None
    step: float


def arrange(chart: Chart, *, width: float, height: float) -> Layout:
    """Return the layout of a chart on paper of the given size."""
    narrow = width < NARROW
    full, chart = chart, scales.possible_limits(chart)
    key = key_lines(chart, room=width - 8) if narrow else ()
    noted = replace(chart, provisional=chart.provisional and not narrow and scales.limited(chart))
    below = AXIS + KEY_LINE * len(key)
    strip = _strip(noted)
    bottom = max(strip + 40.0, height - below)
    scale = scales.value_scale(full, top=strip, bottom=bottom)
    left = 10 + max(text_width(text) for _, text in scale.ticks()) if _drawn(chart) else 8.0
    labels = line_labels(chart, scale, words_for="narrow" if narrow else "wide")
    taken = max((label.width for label in labels), default=0.0)
    right = max(left + 40.0, width - (taken + LABEL_GAP if taken else 6.0) - 2)
    x = scales.positions(chart, left=left, right=right)
    step = float(np.median(np.diff(x))) if len(x) > 1 else right - left
    change_x = _change(chart, x)
    return Layout(
        width=width,
        height=max(height, bottom + below),
        left=left,
        right=right,
        scale=scale,
        x=x,
        y=scale.pixels(chart.values),
        stretches=_stretches(chart, x, scale, (left, right)),
        lines=_lines(chart, x, step),
        labels=labels,
        notes=strip_labels(
            noted, scale, left=left, right=min(right + 40, width), change_x=change_x
        ),
        key=key,
        dates=date_ticks(chart.dates, x, right=width if narrow else right + 24),
        change_x=change_x,
        target_y=_target(chart, scale),
        step=step,
    )


def _strip(chart: Chart) -> float:
    noted = chart.change_at is not None or chart.provisional or chart.kind == "i-log"
    return float(STRIP) if noted else 8.0


def _drawn(chart: Chart) -> bool:
    return bool(np.isfinite(chart.values).any() or np.isfinite(chart.centre).any())


def _change(chart: Chart, x: Floats) -> float | None:
    at = chart.change_at
    return float(x[at - 1] + x[at]) / 2 if at is not None and 0 < at < len(x) else None


def _target(chart: Chart, scale: Scale) -> float | None:
    inside = chart.target is not None and scale.low <= chart.target <= scale.high
    return scale.pixel(chart.target) if inside and chart.target is not None else None


def _lines(chart: Chart, x: Floats, step: float) -> tuple[tuple[int, int], ...]:
    """Return the stretches of points without a missing period or a change between them."""
    found: list[tuple[int, int]] = []
    begin: int | None = None
    again = rebased(chart)
    for index, value in enumerate(chart.values):
        breaks = (again and index == chart.change_at) or (index > 0 and _gap(chart, x, index, step))
        if begin is not None and (breaks or not np.isfinite(value)):
            found.append((begin, index))
            begin = None
        if begin is None and np.isfinite(value):
            begin = index
    if begin is not None:
        found.append((begin, len(x)))
    return tuple(found)


def _gap(chart: Chart, x: Floats, index: int, step: float) -> bool:
    """Whether periods are absent between a point and the one before."""
    return chart.kind not in ("t", "g") and bool(x[index] - x[index - 1] > 1.5 * step)


def _stretches(
    chart: Chart, x: Floats, scale: Scale, sides: tuple[float, float]
) -> tuple[tuple[Run, ...], ...]:
    """Return the limits as runs, each period reaching halfway to its neighbours."""
    rows = np.column_stack([scale.pixels(v) for v in (chart.lower, chart.centre, chart.upper)])
    known = [bool(np.isfinite(row).any()) for row in rows]
    half = (float(np.median(np.diff(x))) if len(x) > 1 else 40.0) / 2
    found: list[list[Run]] = []
    at = chart.change_at if rebased(chart) else None
    for index in np.flatnonzero(known).tolist():
        apart = index == 0 or not known[index - 1] or _gap(chart, x, index, 2 * half)
        left = x[index] - half if apart else (x[index - 1] + x[index]) / 2
        last = index + 1 == len(x) or _gap(chart, x, index + 1, 2 * half)
        right = x[index] + half if last else (x[index] + x[index + 1]) / 2
        left += 2 if index == at else 0
        right -= 2 if index + 1 == at else 0
        run = Run(max(float(left), sides[0]), min(float(right), sides[1]), *rows[index].tolist())
        if apart or index == at:
            found.append([run])
        else:
            _extend(found[-1], run)
    return tuple(tuple(stretch) for stretch in found)


def _extend(stretch: list[Run], run: Run) -> None:
    last = stretch[-1]
    same = all(
        abs(was - now) <= 0.05 or (math.isnan(was) and math.isnan(now))
        for was, now in (
            (last.lower, run.lower),
            (last.centre, run.centre),
            (last.upper, run.upper),
        )
    )
    if same:
        stretch[-1] = Run(last.left, run.right, last.lower, last.centre, last.upper)
    else:
        stretch.append(Run(last.right, run.right, run.lower, run.centre, run.upper))
