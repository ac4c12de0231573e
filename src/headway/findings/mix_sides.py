"""The records on both sides of a shift, and how far their mix accounts for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.calendars import local_days
from headway.engine.columns import Flags, Floats, Ints
from headway.engine.slices import Dimension
from headway.findings.mix import Composition, decompose
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.results import Finding
from headway.series import Days, Panel

ENOUGH = 0.7  # of the change that the mix must account for
_SHORTEST_HOURS = 1 / 60


@dataclass(frozen=True)
class Measured:
    """The records behind a metric on its additive scale, with the local day of each."""

    measure: Floats
    rows: Ints
    days: Days
    usable: Flags


def measured(facts: Facts, panel: Panel, desk: Desk) -> Measured:
    """The facts of tickets in usable periods; durations by their logarithm."""
    facts = facts.take(facts.rows >= 0)
    if facts.counts is not None:
        measure = facts.counts.astype(np.float64)
    else:
        assert facts.value is not None
        measure = facts.value
        if facts.so_far is not None:
            known = np.where(np.isfinite(measure), measure, facts.so_far)
            measure = np.log(np.maximum(known, _SHORTEST_HOURS))
    days = local_days(desk.clock, facts.at)
    usable = np.append(panel.usable, False)[panel.periods.index(days)]
    return Measured(measure, facts.rows, days, usable & np.isfinite(measure))


def split_at(
    finding: Finding, records: Measured, dimension: Dimension, inside: Flags
) -> Composition | None:
    """The change of the tickets ``inside`` at the finding's cut; tickets of no slice are a part."""
    first, last = finding.since_interval or ("", "")
    kept = records.usable & inside[records.rows]
    part = dimension.rows[records.rows].astype(np.int64)
    part[part < 0] = len(dimension.values)
    sides = []
    for side in (records.days < np.datetime64(first), records.days >= np.datetime64(last)):
        if not (kept & side).any():
            return None
        sides.append((records.measure[kept & side], part[kept & side]))
    return decompose(sides[0], sides[1], len(dimension.values) + 1)


def by_mix(split: Composition) -> bool:
    """Whether at least 70 % of the change is that of the mix."""
    return split.change != 0 and split.between / split.change >= ENOUGH


def shifted_with(other: Finding, whole: Finding) -> bool:
    """Whether a slice shifted the same way at about the same time."""
    alike = (other.kind, other.metric, other.direction) == ("shift", whole.metric, whole.direction)
    if not alike or other.since_interval is None or whole.since_interval is None:
        return False
    return (
        other.since_interval[0] <= whole.since_interval[1]
        and whole.since_interval[0] <= other.since_interval[1]
    )
