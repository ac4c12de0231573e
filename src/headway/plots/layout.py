"""A chart laid out on paper: everything the drawing needs, in pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.plots import scales, words
from headway.plots.labels import Label, key_lines, line_labels, strip_labels, text_width
from headway.plots.scales import Scale
from headway.series import Floats
from headway.spc.model import Chart

NARROW = 480  # below this width the words for the lines move under the axis
STRIP = 20  # height kept for words above the plot
AXIS = 22  # height kept for the date labels
KEY_LINE = 16
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
    key = key_lines(chart, room=width - 8) if narrow else ()
    strip = STRIP if chart.change_at is not None or chart.provisional or chart.kind == "i-log" else 8
    bottom = max(strip + 40.0, height - AXIS - KEY_LINE * len(key))
    scale = scales.value_scale(chart, top=float(strip), bottom=bottom)
    left = 10 + max(text_width(text) for _, text in scale.ticks()) if _drawn(chart) else 8.0
    labels = line_labels(chart, scale, words_for="narrow" if narrow else "wide")
    taken = max((label.width for label in labels), default=0.0)
    right = max(left + 40.0, width - (taken + LABEL_GAP if taken else 6.0) - 2)
    x = scales.positions(chart, left=left, right=right)
    step = float(np.median(np.diff(x))) if len(x) > 1 else right - left
    change_x = _change(chart, x)
    return Layout(
        width=width,
        height=max(height, bottom + AXIS + KEY_LINE * len(key)),
        left=left,
        right=right,
        scale=scale,
        x=x,
        y=scale.pixels(chart.values),
        stretches=_stretches(chart, x, scale, step),
        lines=_lines(chart, x, step),
        labels=labels,
        notes=strip_labels(chart, scale, left=left, right=right, change_x=change_x),
        key=key,
        dates=_dates(chart, x, right=width if narrow else right + 24),
        change_x=change_x,
        target_y=_target(chart, scale),
        step=step,
    )


def _drawn(chart: Chart) -> bool:
    return bool(np.isfinite(chart.values).any() or np.isfinite(chart.centre).any())


def _change(chart: Chart, x: Floats) -> float | None:
    at = chart.change_at
    return float(x[at - 1] + x[at]) / 2 if at is not None and 0 < at < len(x) else None


def _target(chart: Chart, scale: Scale) -> float | None:
    inside = chart.target is not None and scale.low <= chart.target <= scale.high
    return scale.pixel(chart.target) if inside and chart.target is not None else None


def _dates(chart: Chart, x: Floats, *, right: float) -> tuple[tuple[float, str], ...]:
    placed = []
    for place, text in scales.date_ticks(chart.dates, x, apart=46.0):
        half = text_width(text) / 2
        if place + half <= right and (not placed or place - half > placed[-1][2] + 6):
            placed.append((max(place, half), text, place + half))
    return tuple((place, text) for place, text, _ in placed)


def _lines(chart: Chart, x: Floats, step: float) -> tuple[tuple[int, int], ...]:
    """Return the stretches of points without a missing period or a change between them."""
    found, begin = [], None
    for index, value in enumerate(chart.values):
        breaks = index == chart.change_at or (index > 0 and _gap(chart, x, index, step))
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
    chart: Chart, x: Floats, scale: Scale, step: float
) -> tuple[tuple[Run, ...], ...]:
    """Return the limits as runs, each period reaching halfway to its neighbours."""
    rows = np.column_stack([chart.lower, chart.centre, chart.upper]) if len(x) else np.empty((0, 3))
    if len(rows):
        rows = np.column_stack([scale.pixels(column) for column in rows.T])
    found: list[list[Run]] = []
    for index, row in enumerate(rows):
        if not np.isfinite(row).any():
            continue
        joined = index > 0 and index != chart.change_at and not _gap(chart, x, index, step)
        joined = joined and bool(np.isfinite(rows[index - 1]).any())
        left = float(x[index - 1] + x[index]) / 2 if joined else float(x[index]) - step / 2
        if index == chart.change_at:
            left = max(left, float(x[index - 1] + x[index]) / 2) + 2
        left = max(left, 0.0)
        right = float(x[index]) + step / 2
        if index + 1 < len(x):
            right = min(right, float(x[index] + x[index + 1]) / 2)
            right -= 2 if index + 1 == chart.change_at else 0
        run = Run(left, right, *row.tolist())
        if joined and found:
            _extend(found[-1], run)
        else:
            found.append([run])
    return tuple(tuple(stretch) for stretch in found)


def _extend(stretch: list[Run], run: Run) -> None:
    last = stretch[-1]
    same = np.allclose(
        (last.lower, last.centre, last.upper),
        (run.lower, run.centre, run.upper),
        atol=0.05,
        equal_nan=True,
    )
    if same:
        stretch[-1] = Run(last.left, run.right, last.lower, last.centre, last.upper)
    else:
        stretch.append(Run(last.right, run.right, run.lower, run.centre, run.upper))
