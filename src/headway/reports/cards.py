"""Findings with their charts, figures and commands, ready to be laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from headway import plots
from headway.reports.answer import anchor
from headway.reports.words import (
    NBSP,
    NOTHING,
    Shape,
    certainty,
    chance,
    clean,
    command,
    interval,
    number,
    shape,
    size,
    year_of,
)
from headway.results import Finding, ScanResult
from headway.spc.model import Chart

WIDE, NARROW = (880, 210), (330, 210)
SPANS = {"day": "Day", "week": "Week of", "month": "Month of"}
UNITS = {"h": "hours"}
JUDGED = {"better": "signal, better", "worse": "signal, worse", "odd": "signal", "missing": ""}


@dataclass(frozen=True)
class Value:
    """One row of the table beneath a chart."""

    day: str
    value: str
    n: str
    centre: str
    limits: str
    judged: str


@dataclass(frozen=True)
class Explanation:
    """The finding that explains another from a smaller slice."""

    rank: int
    anchor: str


@dataclass(frozen=True)
class Card:
    """One finding as it is shown; the drawings are empty where there is no chart."""

    rank: int
    finding: Finding
    shape: Shape
    anchor: str
    interval: str
    size: str
    sure: str
    chance: str
    command: str
    notes: tuple[str, ...]
    drawn: str = ""
    wide: str = ""
    narrow: str = ""
    span: str = ""
    unit: str = ""
    values: tuple[Value, ...] = ()
    explained_by: Explanation | None = None


def cards(
    result: ScanResult, findings: Sequence[Finding], charts: Mapping[str, Chart]
) -> tuple[Card, ...]:
    """Cards of the findings, numbered in their order."""
    explanations = {
        finding.id: Explanation(rank, anchor(finding))
        for rank, finding in enumerate(findings, start=1)
    }
    return tuple(
        _card(result, finding, charts.get(finding.id), rank, explanations.get(finding.parent))
        for rank, finding in enumerate(findings, start=1)
    )


def _card(
    result: ScanResult,
    finding: Finding,
    chart: Chart | None,
    rank: int,
    explained: Explanation | None,
) -> Card:
    card = Card(
        rank=rank,
        finding=finding,
        shape=shape(finding),
        anchor=anchor(finding),
        interval=interval(finding.since_interval, year=year_of(result.last_at)),
        size=size(finding),
        sure=certainty(finding),
        chance=chance(finding.p),
        command=command(result, finding),
        notes=_notes(finding, chart),
        explained_by=explained,
    )
    return card if chart is None else _drawn(card, result, chart)


def _notes(finding: Finding, chart: Chart | None) -> tuple[str, ...]:
    exact: tuple[str, ...] = ()
    if finding.q is not None:
        periods = f"{number(finding.n_periods)} periods"
        exact = (f"Corrected for everything that was tested: q = {finding.q:.3g}, {periods}.",)
    moved: tuple[str, ...] = ()
    if finding.before is not None and finding.after is not None and finding.weight is not None:
        unit = f"{NBSP}{finding.unit}" if finding.unit else ""
        moved = (f"Before {number(finding.before)}{unit}, after {number(finding.after)}{unit}.",)
    return (*finding.detail, *moved, *exact, *(chart.warnings if chart else ()))


def _drawn(card: Card, result: ScanResult, chart: Chart) -> Card:
    label = clean(card.finding.sentence)
    return replace(
        card,
        drawn=_caption(card.finding, result, chart),
        wide=plots.svg(chart, width=WIDE[0], height=WIDE[1], label=label),
        narrow=plots.svg(chart, width=NARROW[0], height=NARROW[1], label=label),
        span=SPANS.get(chart.span, "Period"),
        unit=chart.unit,
        values=_values(card.finding, result, chart),
    )


def _caption(finding: Finding, result: ScanResult, chart: Chart) -> str:
    names = {metric.id: metric.name for metric in result.metrics}
    limits = f"limits from {chart.baseline} {chart.span}s"
    if chart.provisional:
        limits += ", provisional"
    name = names.get(finding.metric, finding.metric)
    unit = f", {UNITS.get(chart.unit, chart.unit)}" if chart.unit else ""
    return f"{name}{unit} by {chart.span}; {limits}, rules {chart.rules}"


def _values(finding: Finding, result: ScanResult, chart: Chart) -> tuple[Value, ...]:
    n = _records(finding, result)
    rows = []
    for i in range(len(chart.dates) - 1, -1, -1):
        low, high = number(float(chart.lower[i])), number(float(chart.upper[i]))
        state = chart.states[i]
        rows.append(
            Value(
                day=str(chart.dates[i]),
                value=number(float(chart.values[i])),
                n=n.get(str(chart.dates[i]), NOTHING),
                centre=number(float(chart.centre[i])),
                limits=NOTHING if low == high == NOTHING else f"{low} to {high}",
                judged=_judged(state, chart.reasons[i]),
            )
        )
    return tuple(rows)


def _judged(state: str, reason: str) -> str:
    word = JUDGED.get(state, "ordinary")
    return f"{word}: {reason}" if reason and word else word or "no value"


def _records(finding: Finding, result: ScanResult) -> dict[str, str]:
    """Records behind each period of the finding's series, where its panel holds it."""
    panel = result.panels.get(finding.metric)
    if panel is None or finding.slice not in panel.slices:
        return {}
    row = panel.n[panel.slices.index(finding.slice)]
    days = np.datetime_as_string(panel.periods.starts, unit="D")
    return {str(day): f"{int(n):,}" for day, n in zip(days, row, strict=True)}
