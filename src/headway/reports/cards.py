"""Findings with their charts, figures and commands, ready to be laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from headway import plots
from headway.reports.answer import anchor
from headway.reports.families import Family, families
from headway.reports.words import (
    NOTHING,
    Shape,
    certainty,
    chance,
    clean,
    command,
    count,
    day,
    month,
    named,
    number,
    quantity,
    shape,
    since,
    size,
    year_of,
)
from headway.results import Finding, ScanResult
from headway.spc.model import Chart

WIDE, PAPER, NARROW = (880, 210), (680, 172), (330, 210)
SPANS = {"day": "Day", "week": "Week of", "month": "Month of"}
UNITS = {"h": "hours"}
RELATIVES = 24
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
class Relative:
    """A finding that belongs to another, in one line and a line of figures."""

    finding: Finding
    shape: Shape
    anchor: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One finding as it is shown; the drawings are empty where there is no chart.

    ``also`` are the findings that belong to it, ``belonging`` says how, ``hidden`` counts those
    that are left out. ``later`` warns of signals after the change that say the opposite.
    """

    rank: int
    finding: Finding
    shape: Shape
    anchor: str
    since: str
    size: str
    sure: str
    chance: str
    command: str
    notes: tuple[str, ...]
    also: tuple[Relative, ...] = ()
    belonging: str = ""
    hidden: int = 0
    drawn: str = ""
    later: str = ""
    wide: str = ""
    paper: str = ""
    narrow: str = ""
    span: str = ""
    unit: str = ""
    values: tuple[Value, ...] = ()


def cards(
    result: ScanResult,
    findings: Sequence[Finding],
    charts: Mapping[str, Chart],
    *,
    drawn: int = 0,
) -> tuple[Card, ...]:
    """Numbered cards of the findings that stand for themselves, the first ``drawn`` with charts."""
    return tuple(
        _card(result, family, charts.get(family.lead.id) if rank <= drawn else None, rank)
        for rank, family in enumerate(families(findings), start=1)
    )


def _card(result: ScanResult, family: Family, chart: Chart | None, rank: int) -> Card:
    finding = family.lead
    card = Card(
        rank=rank,
        finding=finding,
        shape=shape(finding),
        anchor=anchor(finding),
        since=since(finding, year=year_of(result.last_at)),
        size=size(finding),
        sure=certainty(finding),
        chance=chance(finding.p),
        command=command(result, finding) if finding.kind != "data" else "",
        notes=_notes(finding, chart),
        also=tuple(_relative(result, one) for one in family.also[:RELATIVES]),
        belonging=family.said,
        hidden=max(0, len(family.also) - RELATIVES),
    )
    return card if chart is None else _drawn(card, result, chart)


def _relative(result: ScanResult, finding: Finding) -> Relative:
    began = since(finding, year=year_of(result.last_at))
    sure = ", ".join(filter(None, (certainty(finding).lower(), chance(finding.p))))
    figures = (f"since {began}" if finding.since else began, size(finding), sure)
    return Relative(finding, shape(finding), anchor(finding), figures)


def _notes(finding: Finding, chart: Chart | None) -> tuple[str, ...]:
    exact: tuple[str, ...] = ()
    if finding.q is not None:
        periods = f"{number(finding.n_periods)} periods"
        exact = (f"Corrected for everything that was tested: q = {finding.q:.3g}, {periods}.",)
    moved: tuple[str, ...] = ()
    if finding.before is not None and finding.after is not None and finding.weight is not None:
        before, after = (quantity(value, finding.unit) for value in (finding.before, finding.after))
        moved = (f"Before {before}, after {after}.",)
    return (*finding.detail, *moved, *exact, *(chart.warnings if chart else ()))


def _drawn(card: Card, result: ScanResult, chart: Chart) -> Card:
    label = clean(card.finding.sentence)
    chart = settled(card.finding, chart)
    return replace(
        card,
        drawn=_caption(card.finding, result, chart),
        later=_later(card.finding, chart),
        wide=plots.svg(chart, width=WIDE[0], height=WIDE[1], label=label),
        paper=plots.svg(chart, width=PAPER[0], height=PAPER[1], label=label),
        narrow=plots.svg(chart, width=NARROW[0], height=NARROW[1], label=label),
        span=SPANS.get(chart.span, "Period"),
        unit=chart.unit,
        values=_values(card.finding, result, chart),
    )


def settled(finding: Finding, chart: Chart) -> Chart:
    """The chart without signals that only say that a gradual change was still on its way.

    Limits of the time after a change flag the last periods before it is complete as the
    opposite of what happened; those within the finding's interval are drawn as ordinary.
    """
    against = {"better": "worse", "worse": "better"}.get(finding.direction or "")
    span = finding.since_interval
    if against is None or span is None:
        return chart
    states, reasons = list(chart.states), list(chart.reasons)
    for i, begin in enumerate(chart.dates):
        if states[i] == against and span[0] <= str(begin) <= span[1]:
            states[i], reasons[i] = "plain", "the change was under way"
    return replace(chart, states=tuple(states), reasons=tuple(reasons))


def _later(finding: Finding, chart: Chart) -> str:
    """What the chart flags against the finding after its change, in words."""
    against = {"better": "worse", "worse": "better"}.get(finding.direction or "")
    if chart.change_at is None or against is None:
        return ""
    after = range(chart.change_at, len(chart.states))
    found = [i for i in after if chart.states[i] == against]
    if not found:
        return ""
    last = str(chart.dates[found[-1]])
    when = f"in {month(last)}" if chart.span == "month" else f"on {day(last)}"
    verb = "is" if len(found) == 1 else "are"
    many = count(len(found), chart.span)
    return f"After the change {many} {verb} flagged as {against} again, the last {when}."


def _caption(finding: Finding, result: ScanResult, chart: Chart) -> str:
    names = {metric.id: metric.name for metric in result.metrics}
    name = named(finding.metric, names)
    unit = f", {UNITS.get(chart.unit, chart.unit)}" if chart.unit else ""
    return f"{name}{unit} by {chart.span}; {_limits(chart)}; rules {chart.rules}"


def _limits(chart: Chart) -> str:
    if not np.isfinite(chart.centre).any():
        return "too few points for limits"
    side = ""
    if chart.change_at is not None:
        side = " after the change" if plots.rebased(chart) else " before the change"
    word = "provisional limits" if chart.provisional else "limits"
    the = "the " if side else ""
    if not plots.limited(chart):
        middle = "median" if chart.kind == "run" else "average"
        return f"{middle} of {the}{count(chart.baseline, chart.span)}{side}, no limits"
    return f"{word} from {the}{count(chart.baseline, chart.span)}{side}"


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
