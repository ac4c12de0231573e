"""The words beside, above and below a chart's lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from headway.plots import words
from headway.plots.scales import Scale
from headway.spc.model import Chart

APART = 15.0  # pixels between the baselines of two labels
WIDE = frozenset("mwMW%—−")
SLIM = frozenset("iljtfrI.,:;'|! ()\u00a0")


@dataclass(frozen=True)
class Label:
    """A text with its place; ``weight`` 400 is plain, 640 strong."""

    text: str
    x: float
    y: float
    weight: int = 400
    anchor: Literal["start", "middle", "end"] = "start"

    @property
    def width(self) -> float:
        """Estimated width in pixels at 12 px."""
        return text_width(self.text) * (1.06 if self.weight > 500 else 1.0)


def text_width(text: str) -> float:
    """Return a cautious estimate of a text's width at 12 px, in pixels.

    The fonts of readers differ; the estimate is for the wider ones among system fonts.

    >>> text_width("4.2") < text_width("Lower limit 4.2")
    True
    """
    return sum(4.2 if c in SLIM else 10.6 if c in WIDE else 7.0 for c in text)


def line_labels(
    chart: Chart, scale: Scale, *, words_for: Literal["wide", "narrow"]
) -> tuple[Label, ...]:
    """Return the labels at the right end of the lines, pushed apart to 15 px.

    On narrow paper they are figures alone; their words then stand in ``key_lines``.
    """
    wanted = [
        (scale.pixel(value), text if words_for == "wide" else text.rsplit(" ", 1)[-1], weight)
        for value, text, weight in _lines(chart)
    ]
    wanted.sort(key=lambda item: (item[0], item[2]))
    places = push_apart([place for place, _, _ in wanted], low=scale.top, high=scale.bottom)
    return tuple(
        Label(text, 0.0, place, weight)
        for place, (_, text, weight) in zip(places, wanted, strict=True)
    )


def _lines(chart: Chart) -> list[tuple[float, str, int]]:
    """Return value, words and weight of each line at its right end."""
    decimals = words.decimals(chart)
    lower, centre, upper = ends(chart)
    middle = "Median" if chart.kind == "run" else "Average"
    found = []
    for name, value in (("Upper limit", upper), (middle, centre), ("Lower limit", lower)):
        shown = value is not None and not (name == "Lower limit" and value <= 0 <= _least(chart))
        if shown and value is not None:
            found.append((value, f"{name} {words.figure(value, decimals=decimals)}", 400))
    if chart.target is not None and np.isfinite(chart.target):
        found.append((chart.target, f"Target {words.plain_figure(chart.target)}", 640))
    return found


def _least(chart: Chart) -> float:
    known = chart.values[np.isfinite(chart.values)]
    return float(known.min()) if known.size else 0.0


def ends(chart: Chart) -> tuple[float | None, float | None, float | None]:
    """Return lower limit, centre and upper limit where they were last known."""
    found: list[float | None] = []
    for line in (chart.lower, chart.centre, chart.upper):
        known = line[np.isfinite(line)]
        found.append(float(known[-1]) if known.size else None)
    return found[0], found[1], found[2]


def push_apart(places: list[float], *, low: float, high: float) -> list[float]:
    """Return the places moved as little as possible so that none is closer than 15 px.

    ``places`` ascend. Labels that collide move as a block to their common middle.

    >>> push_apart([100.0, 104.0, 180.0], low=0, high=200)
    [94.5, 109.5, 180.0]
    """
    blocks: list[list[float]] = []  # sum of wished starts, members
    for index, place in enumerate(places):
        blocks.append([place - index * APART, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, members = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += members
    most = max(low, high - APART * (len(places) - 1))
    starts = [b[0] / b[1] for b in blocks for _ in range(int(b[1]))]
    return [min(max(start, low), most) + index * APART for index, start in enumerate(starts)]


def strip_labels(
    chart: Chart, scale: Scale, *, left: float, right: float, change_x: float | None
) -> tuple[Label, ...]:
    """Return the words above the plot: a change, provisional limits, a log scale."""
    notes = ["Log scale"] if scale.kind == "log" else []
    if chart.provisional:
        notes.append(f"{'p' if notes else 'P'}rovisional limits")
    if change_x is None or chart.change_at is None:
        return (Label(", ".join(notes), left, 11.0),) if notes else ()
    since = Label(
        f"Since {words.short_day(chart.dates[chart.change_at])}", change_x + 6, 11.0, 640
    )
    if since.x + since.width > right + 40:
        since = Label(since.text, change_x - 6, 11.0, 640, "end")
    earlier = chart.centre[: chart.change_at]
    earlier = earlier[np.isfinite(earlier)]
    if earlier.size:
        figure = words.figure(float(earlier[-1]), decimals=words.decimals(chart))
        notes.insert(0, f"Average {figure}")
    before = Label(", ".join(notes), left, 11.0)
    limit = since.x - (since.width if since.anchor == "end" else 0) - 8
    fits = bool(notes) and before.x + before.width < limit
    return (before, since) if fits else (since,)


def key_lines(chart: Chart, *, room: float) -> tuple[str, ...]:
    """Return what the lines mean, for narrow paper, in lines no wider than ``room`` pixels."""
    decimals = words.decimals(chart)
    lower, centre, upper = ends(chart)
    parts = []
    if upper is not None:
        low = lower if lower is not None and not lower <= 0 <= _least(chart) else None
        high = words.figure(upper, decimals=decimals)
        span = f"up to {high}" if low is None else f"{words.figure(low, decimals=decimals)} to {high}"
        parts.append(f"{'provisional limits' if chart.provisional else 'limits'} {span}")
    if centre is not None:
        name = "median" if chart.kind == "run" else "average"
        parts.append(f"{name} {words.figure(centre, decimals=decimals)}")
    if chart.target is not None and np.isfinite(chart.target):
        parts.append(f"target {words.plain_figure(chart.target)}")
    lines: list[str] = []
    for part in parts:
        if lines and text_width(f"{lines[-1]}, {part}") <= room:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    return tuple([lines[0][0].upper() + lines[0][1:], *lines[1:]]) if lines else ()
