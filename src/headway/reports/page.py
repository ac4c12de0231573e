"""The scan as one self-contained HTML file: no request, no script, light and dark, printable."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from headway import plots
from headway.reports.answer import about_data, anchor, heading, signals, tally, ten_lines
from headway.reports.cards import Card, cards
from headway.reports.missing import missing
from headway.reports.overview import Verdict, facing_said, verdict
from headway.reports.refusals import by_reason
from headway.reports.words import (
    clean,
    count,
    day,
    isolated,
    looked,
    month,
    named,
    number,
    place,
    quantity,
    told,
    year_of,
)
from headway.results import MetricResult, ScanResult
from headway.spc import assurance
from headway.spc.model import Chart, PointState

if TYPE_CHECKING:
    from jinja2 import Environment

TITLE = "Where the service desk stands"
CARDS, REASONS = 15, 12
PRESETS = {"servicenow": "ServiceNow", "jira": "Jira", "xes": "XES", "generic": "most tools"}
KEY = {
    "better": "better",
    "worse": "worse",
    "odd": "unusual, neither better nor worse",
    "plain": "ordinary",
    "data": "about the data",
}


@dataclass(frozen=True)
class Measure:
    """One row of the metric overview; drawings are empty where there is no chart."""

    metric: MetricResult
    now: str
    p85: str
    note: str
    variation: str
    spark: str = ""
    variation_glyph: str = ""
    target: str = "No target"
    target_glyph: str = ""


@dataclass(frozen=True)
class Group:
    """One reason for not judging, as a row."""

    reason: str
    count: int
    examples: str
    remedy: str


def to_html(result: ScanResult, *, charts: Mapping[str, Chart], title: str = TITLE) -> str:
    """The report as one HTML document.

    Parameters
    ----------
    result
        What the scan found; every sentence comes from it.
    charts
        Charts by finding id and by metric id; what has none is shown without a drawing.
    title
        Heading of the page.
    """
    style = (resources.files("headway.reports") / "templates" / "report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    every = cards(result, signals(result), charts, drawn=CARDS)
    shown, further = every[:CARDS], every[CARDS:]
    doubted = {doubt.sentence for doubt in result.doubts}
    known = [one for one in about_data(result) if one.sentence not in doubted]
    data = cards(result, known, {})
    return (
        _environment()
        .get_template("report.html")
        .render(
            result=result,
            title=title,
            style=style,
            style_sha256=digest,
            year=year_of(result.last_at),
            cards=shown,
            further=further,
            data_cards=data,
            **_opening(result, (*shown, *further, *data), charts),
            **_measures(result, charts),
            **_refusals(result),
            doubt_anchors={
                one.sentence: anchor(one) for one in about_data(result) if one.sentence in doubted
            },
            facts=_facts(result),
            presets=PRESETS,
        )
    )


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("headway.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    made.filters.update(
        day=day,
        isolated=isolated,
        looked=looked,
        told=told,
        month=month,
        number=number,
        quantity=quantity,
        count=count,
        shape=plots.shape,
    )
    return made


def _opening(
    result: ScanResult, shown: tuple[Card, ...], charts: Mapping[str, Chart]
) -> dict[str, Any]:
    lines = ten_lines(result)
    states = {state for chart in charts.values() for state in chart.states}
    used = {line.shape for line in lines} | {card.shape for card in shown} | states
    contents = _contents(result)
    return {
        "lines": lines,
        "heading": heading(lines),
        "key": [(name, word) for name, word in KEY.items() if name in used],
        "tally": tally(result),
        "contents": contents,
        "anchors": {address for address, _ in contents}
        | {anchor(one) for one in result.findings if one.kind == "data"}
        | {card.anchor for card in shown},
    }


def _contents(result: ScanResult) -> list[tuple[str, str]]:
    parts = [
        ("findings", "Findings", True),
        ("data", "About the data", about_data(result)),
        ("metrics", "Metrics", True),
        ("year", "Same month last year", result.same_month),
        ("tasks", "Tasks", result.tasks),
        ("oldest", "Oldest tickets", result.oldest),
        ("momentum", "Improvement", result.momentum),
        ("not", "Not judged", True),
        ("questions", "Questions", result.questions),
        ("quality", "Data quality", True),
        ("mapping", "Mapping", result.mapping),
        ("method", "Method", True),
    ]
    return [(address, name) for address, name, there in parts if there]


def _measures(result: ScanResult, charts: Mapping[str, Chart]) -> dict[str, Any]:
    computable = [metric for metric in result.metrics if metric.computable]
    longest = max((len(chart.dates) for chart in charts.values()), default=0)
    return {
        "measures": [_measure(result, metric, charts.get(metric.id)) for metric in computable],
        "absent": [missing(metric) for metric in result.metrics if not metric.computable],
        "facing": facing_said(result),
        "targets": any(
            metric.id in charts and charts[metric.id].target is not None for metric in computable
        ),
        "periods": count(longest, result.method.period) if longest else "Course",
        "names": {
            entry.metric: named(entry.metric, {one.id: one.name for one in result.metrics})
            for entry in result.same_month
        },
    }


def _measure(result: ScanResult, metric: MetricResult, chart: Chart | None) -> Measure:
    judged = verdict(result, metric)
    row = Measure(
        metric=metric,
        now=quantity(metric.value, metric.unit),
        p85="" if metric.p85 is None else quantity(metric.p85, metric.unit),
        note=metric.note or metric.question,
        variation=judged.word,
    )
    if chart is None:
        return row
    target = f", {quantity(chart.target, chart.unit)}" if chart.target is not None else ""
    told = judged.shape not in (None, "plain", "data")  # no signals beside a word that denies them
    states = chart.states if told else ("plain",) * len(chart.values)
    return replace(
        row,
        spark=plots.sparkline(chart.values, states, chart.lower, chart.upper),
        variation_glyph=_glyph(judged, chart),
        target=assurance(chart) + target,
        target_glyph=plots.target_glyph(chart),
    )


def _glyph(judged: Verdict, chart: Chart) -> str:
    """The newest points, flagged as the verdict says and not as limits say of single points."""
    if judged.shape is None:
        return ""
    flag: PointState = "plain" if judged.shape == "data" else judged.shape
    states: tuple[PointState, ...] = tuple(
        flag if judged.since is None or str(begin) >= judged.since else "plain"
        for begin in chart.dates
    )
    return plots.variation_glyph(replace(chart, states=states))


def _refusals(result: ScanResult) -> dict[str, Any]:
    names = {metric.id: metric.name for metric in result.metrics}
    groups = by_reason(result.not_judged, first=3)
    rows = []
    for group in groups[:REASONS]:
        places = [f"{named(one.metric, names)}, {place(one.slice)}" for one in group.first]
        more = group.count - len(places)
        examples = "; ".join(places) + (f"; and {more:,} more" if more else "")
        rows.append(Group(group.reason, group.count, examples, group.remedy))
    return {"refusals": rows, "hidden_reasons": max(0, len(groups) - REASONS)}


def _facts(result: ScanResult) -> list[tuple[str, str]]:
    pairs = [*sorted(result.method.clock.items()), *sorted(result.method.options.items())]
    return [
        (name.replace("_", " ").capitalize(), _said(value))
        for name, value in pairs
        if value not in result.method.sentences
    ]


def _said(value: object) -> str:
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(entry) for entry in value) or "none"
    return "none" if value is None or value == "" else str(value)
