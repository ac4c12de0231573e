"""Small drawings beside a word: shapes, sparklines, variation and target glyphs.

They carry classes instead of colours (``hw-f-better``, ``hw-s-limit`` …), which the page defines,
and are hidden from screen readers because the word beside them says the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from headway.plots.labels import ends, target_of
from headway.plots.svg import number
from headway.series import Floats
from headway.spc.model import Chart

Shape = Literal["better", "worse", "odd", "plain", "data"]
TargetWord = Literal["Kept", "Hit and miss", "Missed", "No target"]

_SHAPES = {
    "better": '<circle cx="6" cy="6" r="4.6" class="hw-f-better"/>',
    "worse": '<path d="M6 .5l5.5 5.5-5.5 5.5-5.5-5.5z" class="hw-f-worse"/>',
    "odd": '<path d="M1.9 1.9h8.2v8.2h-8.2z" class="hw-f-odd"/>',
    "plain": '<circle cx="6" cy="6" r="2.6" class="hw-f-plain"/>',
    "data": '<path d="M1.4 1.4h9.2v9.2h-9.2z" class="hw-s-ink2" stroke-width="1.4" '
    'stroke-dasharray="2 1.6"/>',
}
_SIGNS = {
    "Kept": "M29.5 13.5l3 3.2 5.5-7",
    "Hit and miss": "M29.5 14.5c1.8-3.5 3.2-3.2 4.3-1.5s2.5 1.9 4.2-1.5",
    "Missed": "M30 9.5l7 7m0-7l-7 7",
    "No target": "M30 13h7",
}


def shape(state: Shape) -> str:
    """Return the sign of a state, 12 by 12: circle, diamond, square, dot or dashed square.

    >>> "hw-f-worse" in shape("worse")
    True
    """
    return (
        f'<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">{_SHAPES[state]}</svg>'
    )


def _mark(state: str, x: float, y: float, size: float) -> str:
    name = f'class="hw-f-{state if state in _SHAPES else "plain"}"'
    if state == "worse":
        r = number(size * 1.2)
        return f'<path d="M{number(x)} {number(y - size * 1.2)}l{r} {r}-{r} {r}-{r}-{r}z" {name}/>'
    if state == "odd":
        side = number(size * 1.8)
        corner = f"{number(x - size * 0.9)} {number(y - size * 0.9)}"
        return f'<path d="M{corner}h{side}v{side}h-{side}z" {name}/>'
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size)}" {name}/>'


def _joined(x: Floats, y: Floats) -> str:
    """Return the path through the points, broken where a value is missing."""
    path, letter = [], "M"
    for place, value in zip(x.tolist(), y.tolist(), strict=True):
        if math.isfinite(value):
            path.append(f"{letter}{number(place)} {number(value)}")
        letter = "L" if math.isfinite(value) else "M"
    return "".join(path)


def sparkline(
    values: Floats,
    states: Sequence[str],
    lower: Floats,
    upper: Floats,
    *,
    width: int = 132,
    height: int = 34,
) -> str:
    """Return the values as a line over their limits, with the flagged points by shape.

    Parameters
    ----------
    values, lower, upper
        Measure and limits, shape (points,), NaN where missing.
    states
        State of each point.

    Examples
    --------
    >>> import numpy as np
    >>> line = sparkline(np.array([5.0, 6.0, 9.0]), ["plain", "plain", "worse"],
    ...     np.full(3, 4.0), np.full(3, 8.0))
    >>> line.count("hw-f-worse"), line.count("hw-f-band")
    (1, 1)
    """
    known = np.concatenate([values, lower, upper])
    known = known[np.isfinite(known)]
    parts = [
        f'<svg class="hw-spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'aria-hidden="true">'
    ]
    if known.size:
        low, extent = float(known.min()), float(np.ptp(known))
        low, extent = (low, extent) if extent else (low - 0.5, 1.0)
        x = np.linspace(3.0, width - 5.0, len(values)) if len(values) > 1 else np.array([width / 2])
        y, bottom, top = (
            height - 4 - (line - low) / extent * (height - 8) for line in (values, lower, upper)
        )
        bottom = np.where(np.isfinite(bottom), bottom, height - 4)
        parts.append(_ground(x, bottom, top, width=width))
        parts.append(f'<path d="{_joined(x, y)}" class="hw-s-ink2" stroke-width="1.2"/>')
        size = max(1.2, min(2.6, width / max(1, len(values)) * 0.62))
        marks = zip(states, x.tolist(), y.tolist(), strict=True)
        parts += [
            _mark(state, place, value, size)
            for state, place, value in marks
            if state in ("better", "worse", "odd") and math.isfinite(value)
        ]
    return "".join(parts) + "</svg>"


def _ground(x: Floats, bottom: Floats, top: Floats, *, width: float) -> str:
    kept = np.isfinite(top)
    if not kept.any():
        return ""
    x, bottom, top = x[kept], bottom[kept], top[kept]
    if np.ptp(bottom) == 0 and np.ptp(top) == 0:
        size = f'y="{number(float(top[0]))}" height="{number(float(bottom[0] - top[0]))}"'
        return f'<rect width="{width}" {size} class="hw-f-band"/>'
    there = [f"{number(a)} {number(b)}" for a, b in zip(x.tolist(), top.tolist(), strict=True)]
    back = zip(x[::-1].tolist(), bottom[::-1].tolist(), strict=True)
    there += [f"{number(a)} {number(b)}" for a, b in back]
    return f'<path d="M{"L".join(there)}Z" class="hw-f-band"/>'


def _glyph(body: str) -> str:
    size = 'viewBox="0 0 40 26" width="40" height="26"'
    return f'<svg class="hw-glyph" {size} aria-hidden="true">{body}</svg>'


def variation_glyph(chart: Chart) -> str:
    """Return the last six points against the limits: height is movement, shape the judgement.

    The band has a fixed place, so glyphs of different measures can be compared.
    """
    lower, _, upper = ends(chart)
    kept = np.flatnonzero(np.isfinite(chart.values))[-6:]
    body = []
    if upper is not None:
        body.append('<rect x="1" y="8" width="38" height="10" rx="1" class="hw-f-band"/>')
        edges = "M1 8h38M1 18h38" if lower is not None else "M1 8h38"
        body.append(
            f'<path d="{edges}" class="hw-s-limit" stroke-width="1" stroke-dasharray="2 2"/>'
        )
    if kept.size:
        values = chart.values[kept]
        low = lower if lower is not None else float(values.min())
        high = upper if upper is not None else float(values.max())
        y = np.full(len(values), 13.0)
        if high - low > 1e-9 * max(abs(high), abs(low), 1e-90):
            near = np.clip(values, low - (high - low), high + (high - low))
            y = np.clip(18 - (near - low) / (high - low) * 10, 4.0, 22.0)
        x = 35.0 - 6.0 * np.arange(len(kept), dtype=np.float64)[::-1]
        body.append(f'<path d="{_joined(x, y)}" class="hw-s-ink2" stroke-width="1.2"/>')
        for index, place, value in zip(kept.tolist(), x.tolist(), y.tolist(), strict=True):
            state = chart.states[index]
            flagged = state in ("better", "worse", "odd")
            body.append(_mark(state, place, value, 2.9 if flagged else 1.8))
    return _glyph("".join(body))


def target_word(chart: Chart) -> TargetWord:
    """Return whether the process can be relied on to meet the target, by its last limits.

    ``Kept`` when both limits are on the better side of the target, ``Missed`` when both are on
    the other, ``No target`` also where there are no limits, neither side is better or the line
    is something else, such as the value of peers.
    """
    lower, _, upper = ends(chart)
    target = target_of(chart) if chart.target_label == "Target" else None
    if target is None or upper is None or chart.better not in ("lower", "higher"):
        return "No target"
    low = -math.inf if lower is None else lower
    kept, missed = upper <= target, low > target
    if chart.better == "higher":
        kept, missed = low >= target, upper < target
    return "Kept" if kept else "Missed" if missed else "Hit and miss"


def target_glyph(chart: Chart) -> str:
    """Return the range the process keeps against the dashed target, with the sign of its word.

    Tick for kept, wave for hit and miss, cross for missed, dash without a target.
    """
    word = target_word(chart)
    _, _, upper = ends(chart)
    y = 9
    if word in ("Kept", "Missed") and upper is not None and chart.target is not None:
        y = 15 if upper <= chart.target else 3
    band = f'<rect x="1" y="{y}" width="24" height="8" rx="1.5" class="hw-f-plain" opacity=".45"/>'
    line = '<path d="M1 13h24" class="hw-s-ink" stroke-width="1.6" stroke-dasharray="5 2"/>'
    sign = f'<path d="{_SIGNS[word]}" class="hw-s-ink" stroke-width="2"/>'
    return _glyph(band + (line if word != "No target" else "") + sign)
