"""A chart as a Vega-Lite specification, for notebooks, exporters and further work."""

from __future__ import annotations

from typing import Any

import numpy as np

from headway.plots import words
from headway.plots.layout import Layout, arrange
from headway.plots.scales import possible_limits
from headway.plots.svg import FONT
from headway.spc.model import Chart

Part = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
STATES = ("plain", "better", "worse", "odd")
COLOURS = ("ink-2", "better", "worse", "odd")
SHAPES = ("circle", "circle", "diamond", "square")
AREAS = (20, 61, 60, 58)  # square pixels


def spec(chart: Chart, *, width: int, height: int, label: str = "") -> Part:
    """Return the chart as a Vega-Lite specification with colours as ``var(--hw-…)``.

    Parameters
    ----------
    chart
        Points, limits and signals.
    width, height
        Size of the whole drawing in pixels.
    label
        What the chart shows; the specification's description.

    Returns
    -------
    dict
        A Vega-Lite 6 specification with its data; exporters that cannot read custom properties
        replace the colours with `headway.plots.exports.resolved`.

    Examples
    --------
    >>> import numpy as np
    >>> from headway.spc.model import Chart
    >>> days = np.array(["2026-09-07", "2026-09-14"], dtype="datetime64[D]")
    >>> none = np.full(2, np.nan)
    >>> chart = Chart(kind="run", dates=days, values=np.array([6.3, 8.6]), centre=none,
    ...     lower=none, upper=none, states=("plain", "plain"), reasons=("", ""),
    ...     better="lower", unit="h", baseline=0, provisional=False, rules="headway-1")
    >>> [row["value"] for row in spec(chart, width=860, height=190)["data"]["values"]]
    [6.3, 8.6]
    """
    layout = arrange(chart, width=width, height=height)
    chart = possible_limits(chart)
    return {
        "$schema": SCHEMA,
        "description": label,
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "title": _title(layout),
        "data": {"name": "series", "values": _rows(chart, layout)},
        "encoding": {"x": _dates(chart)},
        "layer": [
            *_band(chart, layout),
            _line("centre", layout, color="var(--hw-limit)", strokeWidth=1),
            *_target(layout),
            *_change(chart),
            _line("value", layout, color="var(--hw-plain)", strokeWidth=1.25),
            _points(layout),
            *_labels(chart, layout),
        ],
        "config": _config(),
    }


def _rows(chart: Chart, layout: Layout) -> list[Part]:
    """Return one row for each period; missing figures are left out and so break the lines."""
    segment = [
        0 if chart.change_at is None or i < chart.change_at else 1 for i in range(len(layout.x))
    ]
    joined = {i: n for n, (begin, end) in enumerate(layout.lines) for i in range(begin, end)}
    figures = words.measures(chart.values, chart)
    rows = []
    for index, day in enumerate(chart.dates):
        state = chart.states[index] if chart.states[index] in STATES else "plain"
        row: Part = {"date": str(day), "segment": segment[index], "line": joined.get(index, -1)}
        row["state"] = state
        for name in ("value", "centre", "lower", "upper"):
            value = float(getattr(chart, "values" if name == "value" else name)[index])
            row[name] = round(value, 6) if np.isfinite(value) else None
        if row["centre"] is not None or row["upper"] is not None:
            # A band without a limit on one side ends where the plot does.
            row["from"] = layout.scale.low if row["lower"] is None else row["lower"]
            row["to"] = layout.scale.high if row["upper"] is None else row["upper"]
        if row["value"] is not None:
            figure = words.with_unit(figures[index], chart.unit)
            row["note"] = f"{words.period(day, chart.span)}: {figure}"
            row["note"] += f", {chart.reasons[index]}" if chart.reasons[index] else ""
        rows.append(row)
    return rows


def _title(layout: Layout) -> Part:
    """Return the words above the plot, which the drawing sets beside their lines."""
    text = " · ".join(note.text for note in layout.notes)
    colour = {"color": "var(--hw-ink-3)", "fontSize": 12, "fontWeight": 400}
    return {"text": text, "anchor": "start", "offset": 4, **colour}


def _moment(day: np.datetime64) -> dict[str, int]:
    year, month, of_month = words.parts(day)
    return {"year": year, "month": month, "date": of_month}


def _dates(chart: Chart) -> Part:
    axis: Part = {"title": None, "labelOverlap": "parity", "labelSeparation": 8}
    days = chart.dates
    if len(days) and int((days.max() - days.min()).astype(int)) < 70:
        axis["format"] = "%-d %b"
        axis["values"] = [_moment(day) for day in days]
    else:
        months = int((days.max() - days.min()).astype(int)) / 30 if len(days) else 0
        step = next((step for step in (1, 2, 3, 6, 12) if months / step <= 14), 24)
        axis["tickCount"] = {"interval": "month", "step": step}
        axis["labelExpr"] = "timeFormat(datum.value, month(datum.value) == 0 ? '%b %Y' : '%b')"
    return {"field": "date", "type": "temporal", "axis": axis}


def _vertical(field: str, layout: Layout) -> Part:
    domain = [layout.scale.low, layout.scale.high]
    scale = {"type": layout.scale.kind, "domain": domain, "nice": False, "zero": False}
    axis: Part = {"title": None, "values": [value for value, _ in layout.scale.ticks()]}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _line(field: str, layout: Layout, **mark: str | float | list[int]) -> Part:
    detail = "line" if field == "value" else "segment"
    return {
        "mark": {"type": "line", "clip": True, "interpolate": _steps(field), **mark},
        "encoding": {"y": _vertical(field, layout), "detail": {"field": detail}},
    }


def _steps(field: str) -> str:
    return "linear" if field == "value" else "step"


def _band(chart: Chart, layout: Layout) -> list[Part]:
    area: Part = {
        "mark": {"type": "area", "color": "var(--hw-band)", "interpolate": "step", "clip": True},
        "encoding": {
            "y": _vertical("from", layout),
            "y2": {"field": "to"},
            "detail": {"field": "segment"},
        },
    }
    dashed: Part = {"color": "var(--hw-limit)", "strokeWidth": 1, "strokeDash": [3, 3]}
    edges = [_line(side, layout, **dashed) for side in ("lower", "upper")]
    return edges if chart.provisional else [area, *edges]


def _target(layout: Layout) -> list[Part]:
    if layout.target_y is None:
        return []
    value = round(layout.scale.value_at(layout.target_y), 6)
    mark = {"type": "rule", "color": "var(--hw-target)", "strokeWidth": 1.5, "strokeDash": [10, 4]}
    return [
        {
            "data": {"values": [{"target": value}]},
            "mark": mark,
            "encoding": {"x": None, "y": _vertical("target", layout)},
        }
    ]


def _change(chart: Chart) -> list[Part]:
    if chart.change_at is None or not 0 < chart.change_at < len(chart.dates):
        return []
    day = str(chart.dates[chart.change_at])
    mark = {"type": "rule", "color": "var(--hw-ink-3)", "strokeWidth": 1, "strokeDash": [2, 2]}
    return [{"data": {"values": [{"date": day}]}, "mark": mark}]


def _points(layout: Layout) -> Part:
    crowded = max(0.55, min(1.0, layout.step / 8)) ** 2
    ranges = {
        "shape": list(SHAPES),
        "color": [f"var(--hw-{name})" for name in COLOURS],
        "size": [round(area * crowded, 1) for area in AREAS],
    }
    encoding: Part = {
        channel: {
            "field": "state",
            "scale": {"domain": list(STATES), "range": values},
            "legend": None,
        }
        for channel, values in ranges.items()
    }
    encoding |= {"y": _vertical("value", layout), "tooltip": {"field": "note", "type": "nominal"}}
    mark = {"type": "point", "filled": True, "opacity": 1}
    return {"mark": mark, "encoding": encoding}


def _labels(chart: Chart, layout: Layout) -> list[Part]:
    """Return the words at the right end, at the places the layout pushed them to."""
    found = []
    for label in layout.labels:
        colour = "target" if label.weight > 500 else "ink-3"
        mark: Part = {"type": "text", "align": "left", "baseline": "middle", "dx": 11}
        mark |= {"color": f"var(--hw-{colour})", "fontWeight": label.weight, "fontSize": 12}
        row = {
            "date": str(chart.dates[-1]),
            "y": layout.scale.value_at(label.y),
            "text": label.text,
        }
        found.append(
            {
                "data": {"values": [row]},
                "mark": mark,
                "encoding": {"y": _vertical("y", layout), "text": {"field": "text"}},
            }
        )
    return found


def _config() -> Part:
    quiet = {"domain": False, "ticks": False, "grid": False, "labelPadding": 6}
    words_ = {"labelColor": "var(--hw-ink-3)", "labelFontSize": 12}
    return {
        "font": FONT,
        "background": None,
        "padding": {"left": 2, "right": 2, "top": 4, "bottom": 2},
        "view": {"stroke": None},
        "axis": {**quiet, **words_},
    }
