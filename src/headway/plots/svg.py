"""A chart as an inline SVG element: no script, no style, no id, colours as custom properties.

Drawn here and not by the plotting library: a page with 25 findings in two widths takes
milliseconds and a few hundred kilobytes, not seconds and megabytes.
"""

from __future__ import annotations

import html
import math

import numpy as np

from headway.plots import words
from headway.plots.labels import Label
from headway.plots.layout import Layout, Run, arrange
from headway.spc.model import Chart

FONT = "Inter Variable, Inter, system-ui, sans-serif"
FLAGGED = {"better": "var(--hw-better)", "worse": "var(--hw-worse)", "odd": "var(--hw-odd)"}


def svg(chart: Chart, *, width: int = 860, height: int = 190, label: str) -> str:
    """Return the chart as an ``svg`` element for a page that defines the ``--hw-`` colours.

    Parameters
    ----------
    chart
        Points, limits and signals.
    width, height
        Size of the whole drawing in pixels. Below 480 pixels the words for the lines stand
        under the axis; about 330 suits a phone.
    label
        What the chart shows, for those who do not see it.

    Examples
    --------
    >>> import numpy as np
    >>> from headway.spc.model import Chart
    >>> days = np.array(["2026-09-07", "2026-09-14"], dtype="datetime64[D]")
    >>> none = np.full(2, np.nan)
    >>> chart = Chart(kind="run", dates=days, values=np.array([6.3, 8.6]), centre=none,
    ...     lower=none, upper=none, states=("plain", "plain"), reasons=("", ""),
    ...     better="lower", unit="h", baseline=0, provisional=False, rules="headway-1")
    >>> svg(chart, label="Two weeks").startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    True
    """
    layout = arrange(chart, width=width, height=height)
    parts = [_opening(layout, label)]
    if not np.isfinite(chart.values).any() and not layout.stretches:
        parts.append(_text(Label("No values", width / 2, height / 2, anchor="middle")))
    else:
        parts += [_band(chart, layout), _centre(layout), _target(layout), _change(layout)]
        parts += [_axes(layout), _line(layout), *_points(chart, layout), _words(layout)]
    return "".join(parts) + "</svg>"


def _opening(layout: Layout, label: str) -> str:
    size = f"{layout.width:g}", f"{layout.height:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="marks" role="img" '
        f'aria-label="{escaped(label)}" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {size[0]} {size[1]}" fill="none" font-family="{FONT}" font-size="12">'
    )


def escaped(text: str) -> str:
    """Return the text fit for XML: markup escaped, characters XML forbids left out.

    >>> escaped('R&D "<b>"')
    'R&amp;D &quot;&lt;b&gt;&quot;'
    """
    kept = "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
    return html.escape(kept.encode("utf-8", "ignore").decode("utf-8"), quote=True)


def number(value: float) -> str:
    """Return a coordinate with one decimal at most.

    >>> number(12.04), number(-0.04)
    ('12', '0')
    """
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def _text(label: Label, colour: str = "ink-3") -> str:
    weight = f' font-weight="{label.weight}"' if label.weight != 400 else ""
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    return (
        f'<text x="{number(label.x)}" y="{number(label.y)}" fill="var(--hw-{colour})"'
        f"{weight}{anchor}>{escaped(label.text)}</text>"
    )


def _edge(stretch: tuple[Run, ...], side: str) -> str:
    """Return the path along one limit, in steps where it changes."""
    path: list[str] = []
    before = math.nan
    for run in stretch:
        y = getattr(run, side)
        if not math.isfinite(y):
            before = y
            continue
        if not math.isfinite(before):
            path.append(f"M{number(run.left)} {number(y)}")
        elif abs(y - before) > 0.05:
            path.append(f"V{number(y)}")
        path.append(f"H{number(run.right)}")
        before = y
    return "".join(path)


def _outline(stretch: tuple[Run, ...], layout: Layout) -> str:
    """Return the closed path of a band; a side without a limit is the edge of the plot."""
    runs = [run for run in stretch if math.isfinite(run.upper) or math.isfinite(run.lower)]
    if not runs:
        return ""
    top = [r.upper if math.isfinite(r.upper) else layout.scale.top for r in runs]
    low = [r.lower if math.isfinite(r.lower) else layout.scale.bottom for r in runs]
    path = [f"M{number(runs[0].left)} {number(low[0])}"]
    path += [f"V{number(y)}H{number(run.right)}" for run, y in zip(runs, top, strict=True)]
    back = zip(reversed(runs), reversed(low), strict=True)
    path += [f"V{number(y)}H{number(run.left)}" for run, y in back]
    return "".join(path) + "Z"


def _band(chart: Chart, layout: Layout) -> str:
    outlines = "".join(_outline(stretch, layout) for stretch in layout.stretches)
    dashes = 'stroke="var(--hw-limit)" stroke-dasharray="3 3"'
    if not outlines:
        return ""
    edges = "".join(
        _edge(stretch, side) for stretch in layout.stretches for side in ("upper", "lower")
    )
    ground = "" if chart.provisional else f'<path d="{outlines}" fill="var(--hw-band)"/>'
    return f'{ground}<path d="{edges}" {dashes}/>'


def _centre(layout: Layout) -> str:
    path = "".join(_edge(stretch, "centre") for stretch in layout.stretches)
    return f'<path d="{path}" stroke="var(--hw-limit)"/>' if path else ""


def _target(layout: Layout) -> str:
    if layout.target_y is None:
        return ""
    path = f"M{number(layout.left)} {number(layout.target_y)}H{number(layout.right)}"
    return (
        f'<path d="{path}" stroke="var(--hw-target)" stroke-width="1.5" stroke-dasharray="10 4"/>'
    )


def _change(layout: Layout) -> str:
    if layout.change_x is None:
        return ""
    path = f"M{number(layout.change_x)} 2V{number(layout.scale.bottom)}"
    return f'<path d="{path}" stroke="var(--hw-ink-3)" stroke-dasharray="2 2"/>'


def _axes(layout: Layout) -> str:
    values = "".join(
        _text(Label(text, layout.left - 8, layout.scale.pixel(value) + 4, anchor="end"))
        for value, text in layout.scale.ticks()
    )
    below = layout.scale.bottom
    dates = "".join(
        _text(Label(text, place, below + 19, anchor="middle")) for place, text in layout.dates
    )
    return values + dates


def _line(layout: Layout) -> str:
    path = []
    for begin, end in layout.lines:
        if end - begin > 1:
            pairs = [f"{number(layout.x[i])} {number(layout.y[i])}" for i in range(begin, end)]
            path.append("M" + "L".join(pairs))
    if not path:
        return ""
    thin = "0.8" if layout.step < 5 else "1.2"
    return (
        f'<path d="{"".join(path)}" stroke="var(--hw-plain)" stroke-width="{thin}" '
        'stroke-linejoin="round"/>'
    )


def _points(chart: Chart, layout: Layout) -> list[str]:
    """Return the points in groups of one colour, the flagged ones last and so on top."""
    groups: dict[str, list[str]] = {"plain": [], "odd": [], "better": [], "worse": []}
    figures = words.measures(chart.values, chart)
    for index in np.flatnonzero(np.isfinite(chart.values)).tolist():
        state = chart.states[index] if chart.states[index] in FLAGGED else "plain"
        figure = words.with_unit(figures[index], chart.unit)
        title = f"{words.period(chart.dates[index], chart.span)}: {figure}"
        if chart.reasons[index]:
            title += f", {chart.reasons[index]}"
        size = _size(chart, index, layout.step)
        mark = _mark(state, float(layout.x[index]), float(layout.y[index]), size)
        groups[state].append(f"{mark}<title>{escaped(title)}</title>{_CLOSING[state]}")
    reach = number(max(2.0, min(9.0, layout.step * 0.8)))
    return [
        f'<g class="hw-points-{state}" fill="{FLAGGED.get(state, "var(--hw-ink-2)")}" '
        f'stroke="transparent" stroke-width="{reach}">{"".join(marks)}</g>'
        for state, marks in groups.items()
        if marks
    ]


_CLOSING = {"plain": "</circle>", "better": "</circle>", "worse": "</path>", "odd": "</path>"}


def _size(chart: Chart, index: int, step: float) -> float:
    """Return how large a point is drawn, 1 where there is room."""
    state = chart.states[index]
    if state not in FLAGGED:
        return max(0.56, min(1.0, step / 8))
    beside = chart.states[max(0, index - 1) : index] + chart.states[index + 1 : index + 2]
    alone = not any(other in FLAGGED for other in beside)
    return max(0.8 if alone else 0.5, min(1.0, step / 9))


def _mark(state: str, x: float, y: float, size: float) -> str:
    """Return the opening tag of a point's shape."""
    if state == "plain":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(2.5 * size)}">'
    if state == "better":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(4.4 * size)}">'
    if state == "worse":
        r = number(5.4 * size)
        return f'<path d="M{number(x)} {number(y - 5.4 * size)}l{r} {r}-{r} {r}-{r}-{r}z">'
    side = number(7.6 * size)
    return f'<path d="M{number(x - 3.8 * size)} {number(y - 3.8 * size)}h{side}v{side}h-{side}z">'


def _words(layout: Layout) -> str:
    beside = "".join(
        _text(
            Label(label.text, layout.right + 8, label.y + 4, label.weight),
            "target" if label.weight > 500 else "ink-3",
        )
        for label in layout.labels
    )
    above = "".join(
        _text(label, "ink" if label.weight > 500 else "ink-3") for label in layout.notes
    )
    first = layout.height - 17 * len(layout.key) + 12
    below = "".join(
        _text(Label(line, 2, first + 17 * index)) for index, line in enumerate(layout.key)
    )
    return beside + above + below
