"""Slices of different dimensions that hold the same tickets: the smallest explanation leads.

When one service slips, the group that handles it and the customers who use it slip too. A slice
refers to another one when the other moved further, at about the same time, and holds enough of
its tickets to account for the whole of its move.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from headway.calendars import local_days
from headway.engine.columns import UNKNOWN, Flags
from headway.engine.slices import Slicing
from headway.findings.shift_findings import same_time
from headway.metrics.desk import Desk
from headway.results import Finding
from headway.series import Slice

ENOUGH = 0.7  # of the move that the shared tickets must account for


def refer(findings: Sequence[Finding], slicing: Slicing, desk: Desk) -> list[Finding]:
    """The findings, each with the id of the one whose tickets account for its move."""
    free = [f for f in findings if not f.parent and f.slice.dimension != "all"]
    free.sort(key=lambda f: (-abs(_move(f)), f.id))
    leads: dict[str, str] = {}
    for finding in free:
        for other in free:
            if other is finding:
                break
            if other.id not in leads and _accounts(other, finding, slicing, desk):
                leads[finding.id] = other.id
                break
    for whole in findings:
        if whole.kind == "drift" and whole.slice.dimension == "all":
            heavy = max(
                free, key=lambda f: (_carries(f, whole), f.weight or 0.0, f.id), default=None
            )
            if heavy is not None and _carries(heavy, whole):
                leads[whole.id] = heavy.id
    return [replace(f, parent=leads[f.id]) if f.id in leads else f for f in findings]


def _carries(part: Finding, whole: Finding) -> bool:
    """Whether the shift of a slice is most of the slow move of the total."""
    alike = (part.metric, part.direction) == (whole.metric, whole.direction)
    return alike and part.kind == "shift" and (part.weight or 0.0) >= ENOUGH * (whole.weight or 0.0)


def _accounts(other: Finding, finding: Finding, slicing: Slicing, desk: Desk) -> bool:
    alike = (other.kind, other.metric, other.direction) == (
        finding.kind,
        finding.metric,
        finding.direction,
    )
    if not alike or other.slice.dimension == finding.slice.dimension:
        return False
    if not same_time(other, finding):
        return False
    own = _tickets(finding.slice, slicing) & _opened_since(desk, finding.since or "")
    if not own.any():
        return False
    shared = float(np.count_nonzero(own & _tickets(other.slice, slicing)) / np.count_nonzero(own))
    return shared * abs(_move(other)) >= ENOUGH * abs(_move(finding))


def _opened_since(desk: Desk, iso: str) -> Flags:
    days = local_days(desk.clock, np.where(desk.opened == UNKNOWN, 0, desk.opened))
    return np.asarray((days >= np.datetime64(iso)) & (desk.opened != UNKNOWN), dtype=bool)


def _move(finding: Finding) -> float:
    """Size of the move: points of a share or of a mean, else a ratio on the log scale."""
    before, after = finding.before or 0.0, finding.after or 0.0
    if finding.unit in ("%", "points", "times"):
        return after - before
    return math.log((abs(after) + 1e-3) / (abs(before) + 1e-3))


def _tickets(part: Slice, slicing: Slicing) -> Flags:
    """Whether each ticket belongs to the slice."""
    dimension = next(d for d in slicing.dimensions if d.name == part.dimension)
    return np.asarray(dimension.rows == dimension.values.index(part.value), dtype=bool)
