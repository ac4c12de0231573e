"""From checked records to results: coverage, panels, tests, and what else every scan tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from headway import metrics
from headway.calendars import local_days
from headway.engine.columns import UNKNOWN, codes, instants, known
from headway.engine.slices import DIMENSIONS, Slicing, enumerate_slices
from headway.findings import data_findings, momentum
from headway.findings.coverage import cover
from headway.findings.definition_change import DefinitionChange, definition_changes
from headway.findings.further import kinds_of
from headway.findings.judge import Judgement, judge
from headway.findings.renaming import RENAMED, renamings, without
from headway.mapping.model import Mapping
from headway.metrics import Definition, clocks
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.metrics.measures import FORMULAS
from headway.records import Records
from headway.results import ClockComparison, Coverage, Finding, Momentum, NotJudged
from headway.scanning.options import MINIMUM_PEOPLE, Options
from headway.series import Panel

MANY = 100  # so many tickets without an open one are no chance


@dataclass(frozen=True)
class Analysis:
    """What the tests say about the records that were chosen."""

    coverage: Coverage
    slicing: Slicing
    panels: dict[str, Panel]
    findings: tuple[Finding, ...]
    not_judged: tuple[NotJudged, ...]
    judgement: Judgement
    momentum: tuple[Momentum, ...]
    clocks: ClockComparison | None


def analyse(records: Records, mappings: tuple[Mapping, ...], options: Options) -> Analysis:
    """Run the whole method on ``records``."""
    desk = Desk(records, options.clock)
    coverage = coverage_of(desk)
    slicing = enumerate_slices(records, minimum_people=MINIMUM_PEOPLE)
    panels = metrics.panels(
        records,
        clock=options.clock,
        slicing=slicing,
        period=options.period,
        coverage_window=inside(coverage),
    )
    changed = _definition_changes(desk, panels)
    blocked = _blocked_metrics(changed, desk)
    judged = {m: panel for m, panel in panels.items() if m.split(".")[0] not in blocked}
    renamed = renamings(panels["arrivals"]) if "arrivals" in panels else []
    judged = {m: without(panel, renamed) for m, panel in judged.items()}
    further = kinds_of(desk, slicing, judged)
    panels = {other.panel.metric: other.panel for other in further} | panels
    judgement = judge(
        judged, slicing, desk, lambda definition: _facts(definition, desk), further=further
    )
    compared = clocks.compare(records, options.clock)
    about_data = [
        *(change.finding for change in changed),
        *(each.finding for each in renamed),
        *data_findings.edge_findings(coverage),
        *_small(records, panels),
        *data_findings.doubt_findings((*records.doubts, *clocks.clock_doubts(compared))),
        *data_findings.column_findings(*_idle_columns(records, mappings)),
        *data_findings.left_out_findings(mappings),
    ]
    kinds = {word for word in codes(records.tickets, "kind")[1] if word}
    return Analysis(
        coverage=coverage,
        slicing=slicing,
        panels=panels,
        findings=(*judgement.findings, *about_data),
        not_judged=(
            *_blocked(blocked, panels),
            *(
                NotJudged("arrivals", s, RENAMED, "one name")
                for r in renamed
                for s in (r.old, r.new)
            ),
            *judgement.not_judged,
        ),
        judgement=judgement,
        momentum=momentum.answers(judgement, panels, only_incidents=kinds <= {"incident"}),
        clocks=compared if compared.n else None,
    )


def coverage_of(desk: Desk) -> Coverage:
    """Which stretch of the records is complete.

    Changes come from a source of their own, so they say nothing about the tickets where there
    are both.
    """
    rows = ~desk.of_kinds(("change",))
    rows = rows if rows.any() else ~rows
    opened, ended = desk.opened[rows], desk.ended[rows]
    closed = instants(desk.tickets, "closed_at")[rows]
    open_tickets = int(np.count_nonzero(ended == UNKNOWN))
    opened, ended = opened[opened != UNKNOWN], ended[ended != UNKNOWN]
    closed = closed[closed != UNKNOWN]
    if len(closed) == len(ended):  # all of them closed: the extract may go by that date
        ended = closed
    last = local_days(desk.clock, np.array([desk.extracted], dtype=np.int64))[0]
    return cover(
        local_days(desk.clock, opened),
        local_days(desk.clock, ended),
        open_tickets=open_tickets,
        last_day=last if len(opened) else None,
    )


def inside(coverage: Coverage) -> tuple[date, date] | None:
    """The complete stretch as dates, the second exclusive."""
    if coverage.start is None or coverage.end is None:
        return None
    return date.fromisoformat(coverage.start), date.fromisoformat(coverage.end)


def _facts(definition: Definition, desk: Desk) -> Facts | None:
    formula = FORMULAS.get(definition.id)
    return formula(desk) if formula else None


def _definition_changes(desk: Desk, panels: dict[str, Panel]) -> list[DefinitionChange]:
    panel = panels.get("time_to_resolve")
    return definition_changes(desk, panel.periods, panel.usable) if panel else []


def _blocked_metrics(changed: list[DefinitionChange], desk: Desk) -> dict[str, tuple[str, str]]:
    """Metrics that cannot be compared over the extract, with the reason and the way out."""
    blocked = {
        metric: ("its definition changed", "records from after the change")
        for change in changed
        for metric in change.metrics
    }
    if len(desk) >= MANY and not (~desk.finished).any():
        reason = "no ticket is open: the extract holds finished tickets only"
        remedy = "an export that holds open tickets too"
        blocked |= dict.fromkeys(("backlog", "backlog_age"), (reason, remedy))
    return blocked


def _blocked(blocked: dict[str, tuple[str, str]], panels: dict[str, Panel]) -> list[NotJudged]:
    return [
        NotJudged(metric, panel.slices[0], *blocked[metric.split(".")[0]])
        for metric, panel in panels.items()
        if metric.split(".")[0] in blocked
    ]


def _small(records: Records, panels: dict[str, Panel]) -> list[Finding]:
    panel = panels.get("arrivals") or next(iter(panels.values()), None)
    periods, span = (len(panel.periods), panel.periods.span) if panel else (0, "day")
    return data_findings.small_findings(int(records.tickets.num_rows), periods, span)


def _idle_columns(
    records: Records, mappings: tuple[Mapping, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Mapped columns without a value, and dimensions with a single one."""
    roles = {entry.role for mapping in mappings for entry in mapping.roles}
    names = [n for n in records.tickets.column_names if n in roles]
    empty = tuple(n for n in names if not known(records.tickets, n))
    constant = tuple(
        n
        for n in names
        if n in DIMENSIONS
        and n not in empty
        and records.tickets.num_rows > 1
        and _single(records, n)
    )
    return empty, constant


def _single(records: Records, column: str) -> bool:
    row_codes, _ = codes(records.tickets, column)
    return bool(len(row_codes)) and bool((row_codes == row_codes[0]).all())


def span_of(records: Records) -> tuple[int | None, int | None]:
    """First and last opening in UTC seconds."""
    opened = instants(records.tickets, "opened_at")
    opened = opened[opened != UNKNOWN]
    return (int(opened.min()), int(opened.max())) if len(opened) else (None, None)
