"""Every computable metric for every slice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

import numpy as np

from headway.calendars import Clock
from headway.engine.columns import UNKNOWN, Flags, known
from headway.engine.slices import Slicing
from headway.engine.timeline import HOUR, days_of
from headway.metrics import changes, durations, handling, incoming, origin, stock, voice
from headway.metrics.definition import Definition, catalogue
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.metrics.panel import Frame, first_opened, flow, frame, horizon
from headway.records import Records
from headway.series import Panel, Periods, Span, Statistic, span_for, whole_periods

FORMULAS: dict[str, Callable[[Desk], Facts]] = {
    "arrivals": incoming.arrivals,
    "resolved": incoming.resolved,
    "uncategorised_share": incoming.uncategorised_share,
    "major_incidents": incoming.major_incidents,
    "time_to_first_response": durations.time_to_first_response,
    "time_to_resolve": durations.time_to_resolve,
    "time_to_restore": durations.time_to_restore,
    "within_target": incoming.within_target,
    "reopened_share": incoming.reopened_share,
    "reassignments": incoming.reassignments,
    "three_or_more_groups_share": incoming.three_or_more_groups_share,
    "satisfaction": voice.satisfaction,
    "response_rate": voice.response_rate,
    "change_count": changes.change_count,
    "emergency_change_share": changes.emergency_change_share,
    "unauthorised_change_share": changes.unauthorised_change_share,
    "change_failure_share": changes.change_failure_share,
    "ping_pong_share": handling.ping_pong_share,
    "first_contact_share": handling.first_contact_share,
    "waiting_share": handling.waiting_share,
    "changed_priority_share": handling.changed_priority_share,
    "time_between_major_incidents": incoming.time_between_major_incidents,
    "change_linked_share": origin.change_linked_share,
    "problem_linked_share": origin.problem_linked_share,
    "repeat_share": origin.repeat_share,
    "self_service_share": origin.self_service_share,
    "standard_change_share": changes.standard_change_share,
    "approval_wait": durations.approval_wait,
    "change_lead_time": changes.change_lead_time,
    "changes_per_batch": changes.changes_per_batch,
    "top_box_satisfaction": voice.top_box_satisfaction,
}
STOCKS = {"backlog": stock.backlog, "backlog_age": stock.backlog_age}

Window = tuple[date | None, date | None]


def missing(definition: Definition, desk: Desk) -> tuple[str, ...]:
    """Columns (or ``kind=change``) that the metric needs and the records do not have."""
    lacking = [need for need in definition.needs if not _present(need, desk)]
    only_changes = definition.applies_to == ("change",)
    by_alteration = any("alterations." in n for n in definition.needs) and not lacking
    if only_changes and not by_alteration and not desk.of_kinds(("change",)).any():
        lacking.insert(0, "kind=change")
    return tuple(lacking)


def _present(need: str, desk: Desk) -> bool:
    for column in need.split(" | "):
        table, _, name = column.rpartition(".")
        if known(getattr(desk.records, table or "tickets"), name):
            return True
    return False


def window(desk: Desk, coverage_window: Window | None) -> tuple[date, date] | None:
    """Local days from the first inside to the first outside; None without any opened ticket.

    A side that coverage leaves open is the first opening, or the day of the extract, which is not
    whole and so not inside.
    """
    start, end = coverage_window or (None, None)
    if first_opened(desk) == UNKNOWN:
        return None
    seen = np.array([first_opened(desk), desk.extracted], dtype=np.int64)
    first, last = days_of(desk.clock, seen).tolist()
    return start or first, end or last


def periods_for(
    desk: Desk, period: Span | Literal["auto"], coverage_window: Window | None
) -> Periods:
    """The whole periods inside the window."""
    inside = window(desk, coverage_window)
    if inside is None:
        return Periods("day" if period == "auto" else period, np.zeros(0, "datetime64[D]"))
    start, end = (np.datetime64(day, "D") for day in inside)
    return whole_periods(span_for(start, end) if period == "auto" else period, start, end)


def panels(
    records: Records,
    *,
    clock: Clock,
    slicing: Slicing,
    period: Span | Literal["auto"] = "auto",
    coverage_window: Window | None = None,
) -> dict[str, Panel]:
    """Every computable metric for every slice, over the whole periods inside the window.

    Parameters
    ----------
    period
        ``auto`` gives days up to eight weeks, weeks up to three years, months beyond.
    coverage_window
        Local days, the second one exclusive; None on a side for the first opening or the extract.

    Returns
    -------
    dict
        By metric id; a second statistic has its own id, such as ``time_to_resolve.p85``.
        Without a whole period there are no columns.
    """
    desk = Desk(records, clock)
    grid = frame(desk, periods_for(desk, period, coverage_window), slicing)
    found: dict[str, Panel] = {}
    for definition in catalogue():
        if missing(definition, desk):
            continue
        for panel in _panels_of(definition, desk, grid):
            found[panel.metric] = panel
    return found


def _panels_of(definition: Definition, desk: Desk, grid: Frame) -> list[Panel]:
    longest = max(desk.extracted - first_opened(desk), 0) / HOUR / 3
    if definition.id in STOCKS:
        return [STOCKS[definition.id](definition, desk, grid, _run_in(desk, grid, longest))]
    facts = FORMULAS[definition.id](desk)
    if not len(facts) and definition.statistic != "count":
        return []
    if definition.axis == "resolved":
        run_in = _run_in(desk, grid, longest)
        return list(flow(definition, facts, grid, lambda _: run_in))

    def followed(statistic: Statistic) -> Flags:
        needed = horizon(facts.wait, statistic, longest)
        return np.asarray(grid.follow_up >= needed, dtype=bool)

    return list(flow(definition, facts, grid, followed))


def _run_in(desk: Desk, grid: Frame, longest: float) -> Flags:
    """Periods that begin late enough for work from before the extract to have drained."""
    rows = incoming.desk_rows(desk)
    needed = horizon(desk.waits(rows), "median", longest)
    return np.asarray((grid.begins - first_opened(desk)) / HOUR >= needed, dtype=bool)
