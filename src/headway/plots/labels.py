"""The words beside, above and below a chart's lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from headway.plots import words
from headway.plots.scales import Scale, limited
from headway.spc.model import Chart

STRONG = 600
APART = 15.0  # pixels between the baselines of two labels
WIDE = frozenset("mwMW%—−")
SLIM = frozenset("iljtfrI.,:;'|! ()\u00a0")


@dataclass(frozen=True)
class Label:
    """A text with its place; ``weight`` 400 is plain, 600 strong."""

    text: str
    x: float
    y: float
    weight: int = 400
    anchor: Literal["start", "middle", "end"] = "start"

    @property
    def width(self) -> float:
        """Estimated width in pixels at 12 px."""
        return text_width(self.text) * (1.12 if self.weight > 500 else 1.0)


def text_width(text: str) -> float:
    """Return a cautious estimate of a text's width at 12 px, in pixels.

    The fonts of readers differ; the estimate is for the wider ones among system fonts.

    >>> text_width("4.2") < text_width("Lower limit 4.2")
    True
    """
    return sum(_advance(character) for character in text)


def _advance(character: str) -> float:
    if character.isdigit():
        return 7.6
    return 4.2 if character in SLIM else 10.6 if character in WIDE else 7.0


def line_labels(
    chart: Chart, scale: Scale, *, words_for: Literal["wide", "narrow"]
) -> tuple[Label, ...]:
    """Return the labels at the right end of the lines, pushed apart to 15 px.

    On narrow paper they are figures alone; their words then stand in ``key_lines``.
    """
    wanted = []
    for value, name, figure in _lines(chart):
        inside = scale.low <= value <= scale.high
        unit = words.short_unit(chart.unit)
        text = f"{name} {words.with_unit(figure, unit)}" if words_for == "wide" else figure
        if not inside:
            text = f"{text}, off scale" if words_for == "wide" else ""
        wanted.append((scale.pixel(value), text, STRONG if name == chart.target_label else 400))
    wanted = [line for line in wanted if line[1]]
    wanted.sort(key=lambda item: (item[0], item[2]))
    places = push_apart([place for place, _, _ in wanted], low=scale.top, high=scale.bottom)
    return tuple(
        Label(text, 0.0, place, weight)
        for place, (_, text, weight) in zip(places, wanted, strict=True)
    )


def _lines(chart: Chart) -> list[tuple[float, str, str]]:
    """Return value, name and figure of each line at its right end."""
    lower, centre, upper = ends(chart)
    middle = "Median" if chart.kind == "run" else "Average"
    named: tuple[tuple[str, float | None], ...]
    named = (("Upper limit", upper), (middle, centre), ("Lower limit", lower))
    if lower is not None and lower == upper:
        named = ((middle, centre),)
    found = [(v, name, words.measure(v, chart)) for name, v in named if v is not None]
    target = target_of(chart)
    if target is not None:
        chosen = chart.target_label == "Target"
        said = words.plain_figure(target) if chosen else words.measure(target, chart)
        found.append((target, chart.target_label, said))
    return found


def target_of(chart: Chart) -> float | None:
    """Return the target where there is one to draw."""
    target = chart.target
    return target if target is not None and np.isfinite(target) else None


def ends(chart: Chart) -> tuple[float | None, float | None, float | None]:
    """Return lower limit, centre and upper limit of the last period that has any."""
    rows = np.column_stack([chart.lower, chart.centre, chart.upper])
    known = np.flatnonzero(np.isfinite(rows).any(axis=1))
    if not known.size:
        return None, None, None
    lower, centre, upper = (v if np.isfinite(v) else None for v in rows[known[-1]].tolist())
    return lower, centre, upper


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
    if chart.provisional and limited(chart):
        notes.append("Provisional limits")
    if change_x is None or chart.change_at is None:
        return (Label(_sentence(notes), left, 11.0),) if notes else ()
    since = _divider(chart, change_x, right=right)
    earlier = chart.centre[: chart.change_at]
    earlier = earlier[np.isfinite(earlier)]
    if earlier.size and words.rebased(chart):
        figure = words.measure(float(earlier[-1]), chart)
        notes.insert(0, f"Average {words.with_unit(figure, words.short_unit(chart.unit))}")
    before = Label(_sentence(notes), left, 11.0)
    limit = change_x - 8 if since.anchor == "start" else since.x - since.width - 8
    fits = bool(notes) and before.x + before.width < limit
    return (before, since) if fits else (since,)


def _divider(chart: Chart, x: float, *, right: float) -> Label:
    """Return the words at a change: right of it, left of it, and shorter where neither fits."""
    at = chart.dates[chart.change_at or 0]
    texts = [words.dated(at, among=chart.dates), words.short_day(at)]
    for text in texts:
        label = Label(f"Before and after {text}", x + 6, 11.0, STRONG)
        if label.x + label.width <= right:
            return label
        if x - 6 - label.width >= 0:
            return replace(label, x=x - 6, anchor="end")
    return Label(f"Before and after {texts[-1]}", max(0.0, right - label.width), 11.0, STRONG)


def _sentence(parts: list[str]) -> str:
    text = ", ".join(part[0].lower() + part[1:] for part in parts)
    return text[:1].upper() + text[1:]


def key_lines(chart: Chart, *, room: float) -> tuple[str, ...]:
    """Return what the lines mean, for narrow paper, in lines no wider than ``room`` pixels."""
    unit = words.short_unit(chart.unit)
    lower, _, upper = ends(chart)
    parts = []
    for _, name, figure in _lines(chart):
        if name == "Upper limit" and lower is not None:
            span = f"{words.measure(lower, chart)} to {words.with_unit(figure, unit)}"
            parts.append(f"Provisional limits {span}" if chart.provisional else f"Limits {span}")
        elif name != "Lower limit" or upper is None:
            parts.append(f"{name} {words.with_unit(figure, unit)}")
    lines: list[list[str]] = []
    for part in parts:
        if lines and text_width(_sentence([*lines[-1], part])) <= room:
            lines[-1].append(part)
        else:
            lines.append([part])
    return tuple(_sentence(line) for line in lines)
