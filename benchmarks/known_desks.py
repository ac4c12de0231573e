"""Scans of simulated desks whose truth is known: what was found, what was false.

A desk has season, weekdays, public holidays, a weekly load that follows itself, and stationary
volume. Nothing is planted in a quiet desk; a planted one has one truth of each family, in
different services, of the same rank of effect.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow.compute as pc

from headway.errors import HeadwayError
from headway.scanning import Options, gather
from headway.scanning.analysis import analyse
from headway.simulate import Desk, Truth, changes, feedback, tickets

FAMILIES = ("volume", "share", "duration")
# Effects by rank, lowest to highest; the upper half of the grid begins at rank 2.
EFFECTS = {
    "volume": (0.20, 0.275, 0.35, 0.425, 0.50),  # relative
    "share": (5.0, 7.5, 10.0, 12.5, 15.0),  # points
    "duration": (1.0, 1.5, 2.0, 2.5, 3.0),  # sd of the logarithm of a weekly median
}
UPPER = 2
WEEKLY = (12, 30, 100)  # records a week in the slice, so that at least 10 are left
AFTER = (8, 16)  # weeks after the change
HOME = {"volume": "Printing", "share": "Intranet", "duration": "Finance"}
SHARE = 0.08  # of each of these services among all tickets, the Intranet 0.09
TICKET_SPREAD = 1.19  # sd of the logarithm of a ticket's working hours within a service
REOPENED_BEFORE = 0.077  # mean over the groups that work for the Intranet
HEADINGS = {
    "service": "Service",
    "category": "Category",
    "subcategory": "Subcategory",
    "configuration_item": "Configuration item",
    "group": "Assignment group",
    "kind": "Type",
    "priority": "Priority",
    "customer_unit": "Department",
    "location": "Location",
    "channel": "Channel",
}
# What else moves, truly, when a quantity moves; it may lag behind.
MOVED = {
    "volume": {"arrivals", "resolved", "backlog", "backlog_age"},
    "share": {"reopened_share"},
    "duration": {
        *("time_to_resolve", "time_to_restore", "time_to_first_response", "within_target"),
        *("backlog", "backlog_age", "resolved", "satisfaction"),
    },
}
TOUCHED = 0.03  # least share of a slice's tickets that carry a truth which moves the slice


@dataclass(frozen=True)
class Case:
    """One desk to simulate and scan."""

    seed: int
    weeks: int = 78
    weekly: float = 400.0  # tickets of the whole desk
    rank: int | None = None  # None plants nothing
    after: int = 8
    only: str = ""  # a family: plant it alone, durations in sd of a single ticket


@dataclass(frozen=True)
class Outcome:
    """What one scan said: verdicts by family, and its findings counted by what they are."""

    case: Case
    verdict: dict[str, str] = field(default_factory=dict)
    findings: Counter = field(default_factory=Counter)
    false: tuple[str, ...] = ()
    tests: int = 0
    failed: str = ""


def desk_of(case: Case) -> Desk:
    """The desk of a case, with its truths."""
    desk = Desk(
        seed=case.seed,
        weeks=case.weeks,
        tickets_per_week=case.weekly,
        changes_per_week=case.weekly / 9,
        growth=0.0,
        holidays="DE",
    )
    if case.rank is None:
        return desk
    since = desk.end + dt.timedelta(days=1) - dt.timedelta(weeks=case.after)
    return replace(desk, planted=tuple(_truth(f, case, since) for f in _families(case)))


def _families(case: Case) -> tuple[str, ...]:
    return (case.only,) if case.only else FAMILIES


def _truth(family: str, case: Case, since: dt.date) -> Truth:
    effect, rises = EFFECTS[family][case.rank or 0], case.seed % 2 == 0
    place = ("Service", HOME[family], since)
    if family == "volume":
        factor = 1 + effect if rises else 1 - effect
        return Truth("arrivals", *place, factor, "up" if rises else "down")
    if family == "share":
        factor = (REOPENED_BEFORE + effect / 100) / REOPENED_BEFORE
        return Truth("reopened_share", *place, factor, "worse")
    sd = TICKET_SPREAD if case.only else series_sd(SHARE * case.weekly)
    factor = float(np.exp(effect * sd if rises else -effect * sd))
    return Truth("time_to_resolve", *place, factor, "worse" if rises else "better")


def series_sd(weekly: float) -> float:
    """Sd of the logarithm of the weekly median of elapsed hours, as measured on quiet desks.

    0.49, 0.32 and 0.21 at 12, 30 and 100 records a week.
    """
    return float(np.sqrt(0.0164 + 2.73 / weekly))


def observe(case: Case) -> Outcome:
    """Simulate a desk, scan it as ``headway scan`` would, and judge what the scan said."""
    desk = desk_of(case)
    table = tickets(desk)
    options = Options()
    try:
        sources = [table, changes(desk), feedback(desk, table)]
        gathered = gather(sources, options)
        made = analyse(gathered.chosen, gathered.mappings, options)
    except HeadwayError as error:
        return Outcome(case, failed=str(error))
    moves = [f for f in made.findings if f.kind in ("shift", "drift")]
    counts: Counter = Counter(f.kind for f in made.findings if f.kind not in ("shift", "drift"))
    truths = dict(zip(_families(case), desk.planted, strict=False))
    false = []
    for finding in moves:
        kind = _sort(finding, truths, table)
        counts[kind] += 1
        counts[f"{kind}, leading"] += not finding.parent
        if kind == "false":
            false.append(f"{finding.metric} {finding.slice} {finding.direction} {finding.since}")
    refused = {(r.metric, r.slice) for r in made.not_judged}
    verdict = {f: _verdict(f, t, moves, refused) for f, t in truths.items()}
    return Outcome(case, verdict, counts, tuple(false), made.judgement.tests)


def _verdict(family, truth, moves, refused) -> str:
    at_home = [
        f
        for f in moves
        if f.metric.split(".")[0] == truth.metric
        and (f.slice.dimension, f.slice.value) == ("service", truth.value)
    ]
    if any(f.direction == truth.direction and _holds(f, truth) for f in at_home):
        return "right"
    if at_home:
        same = any(f.direction == truth.direction for f in at_home)
        return "wrong date" if same else "wrong direction"
    if any(f.metric.split(".")[0] in MOVED[family] and _holds(f, truth) for f in moves):
        return "elsewhere"
    if any(m == truth.metric and s.value == truth.value for m, s in refused):
        return "refused"
    return "missed"


def _holds(finding, truth: Truth) -> bool:
    low, high = finding.since_interval or ("9999", "0000")
    return bool(low <= truth.since.isoformat() <= high)


def _sort(finding, truths, table) -> str:
    """``right``, ``consequence`` (a true move of something else), or ``false``."""
    metric, interval = finding.metric.split(".")[0], finding.since_interval or ("", "")
    for family, truth in truths.items():
        if metric not in MOVED[family]:
            continue
        if finding.direction not in _directions(truth, metric):
            continue
        if metric == truth.metric and finding.slice.value == truth.value:
            return "right" if _holds(finding, truth) else "false"
        late_enough = interval[1] >= truth.since.isoformat()
        if late_enough and _touched(finding.slice, truth, table) >= TOUCHED:
            return "consequence"
    return "false"


def _directions(truth: Truth, metric: str) -> tuple[str, ...]:
    """Directions in which a truth may move a metric."""
    if metric == truth.metric:
        return (truth.direction,)
    if metric in ("resolved", "backlog_age"):
        return ("up", "down", "better", "worse")
    if truth.direction in ("up", "down"):
        return ("worse",) if truth.direction == "up" else ("better",)
    return (truth.direction,)


def _touched(part, truth: Truth, table) -> float:
    rows = table
    if part.dimension in HEADINGS:
        rows = table.filter(pc.equal(table.column(HEADINGS[part.dimension]), part.value))
    if not rows.num_rows:
        return 0.0
    return float(pc.mean(pc.equal(rows.column("Service"), truth.value)).as_py() or 0.0)
