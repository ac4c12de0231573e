"""A definition that changed: two parts of one duration move against each other, their sum holds.

When a tool begins to stamp "resolved" earlier, resolving looks faster and closing slower by the
same amount. That is neither better nor worse, so it is reported as a fact about the data.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.calendars import local_days
from headway.engine.columns import UNKNOWN, Flags, Floats, Ints, instants
from headway.findings import wording
from headway.findings.changepoint import best_cuts
from headway.findings.shift_findings import finding_id
from headway.metrics.desk import Desk
from headway.results import Finding
from headway.series import Periods, Slice

CERTAIN = 0.001
HELD = 0.15  # largest relative move of the sum that still counts as held
MIN_CELL = 5
_SHORTEST_HOURS = 1 / 60


@dataclass(frozen=True)
class Parts:
    """A duration and the instant that divides it, by canonical column names."""

    begin: str
    middle: str
    end: str
    metrics: tuple[str, ...]


RESOLVED = ("time_to_resolve", "time_to_restore")
# Whether a ticket kept its target, and whether it is still open, go by the same stamp.
RESTING_ON_RESOLVED = ("within_target", "backlog", "backlog_age")
PARTS = (
    Parts("opened_at", "first_response_at", "resolved_at", ("time_to_first_response",)),
    Parts("opened_at", "resolved_at", "closed_at", (*RESOLVED, *RESTING_ON_RESOLVED)),
)


@dataclass(frozen=True)
class DefinitionChange:
    """A finding about the data, and the metrics that cannot be compared across its date."""

    finding: Finding
    metrics: tuple[str, ...]


def definition_changes(desk: Desk, periods: Periods, usable: Flags) -> list[DefinitionChange]:
    """Every division of a duration that moved while the whole held."""
    found = (_look(desk, periods, usable, parts) for parts in PARTS)
    return [change for change in found if change is not None]


def _look(desk: Desk, periods: Periods, usable: Flags, parts: Parts) -> DefinitionChange | None:
    begin, middle, end = (instants(desk.tickets, n) for n in (parts.begin, parts.middle, parts.end))
    whole = (begin != UNKNOWN) & (middle != UNKNOWN) & (end != UNKNOWN)
    whole &= (begin <= middle) & (middle <= end)
    period = periods.index(local_days(desk.clock, np.where(whole, begin, 0)))
    whole &= (period >= 0) & usable[np.maximum(period, 0)] if len(periods) else False
    if np.count_nonzero(whole) < 8 * MIN_CELL:
        return None
    spans = (middle - begin, end - middle, end - begin)
    series = np.vstack([_medians(s[whole] / 3600, period[whole], len(periods)) for s in spans])
    logs = np.log(np.maximum(series, _SHORTEST_HOURS))
    cuts = best_cuts(logs, np.ones_like(logs))
    first, second, total = range(3)
    opposite = cuts.t[first] * cuts.t[second] < 0
    overlap = cuts.low[first] <= cuts.high[second] and cuts.low[second] <= cuts.high[first]
    certain = cuts.p[first] < CERTAIN and cuts.p[second] < CERTAIN
    if not (opposite and overlap and certain) or _moved(series[total], int(cuts.at[first])):
        return None
    return _finding(parts, series, periods, int(cuts.at[first]))


def _medians(hours: Floats, period: Ints, size: int) -> Floats:
    order = np.lexsort((hours, period))
    hours, counts = hours[order], np.bincount(period, minlength=size)
    start = np.concatenate([[0], counts.cumsum()[:-1]])
    out = np.full(size, np.nan)
    full = counts >= MIN_CELL
    low, high = start[full] + (counts[full] - 1) // 2, start[full] + counts[full] // 2
    out[full] = (hours[low] + hours[high]) / 2
    return out


def _moved(total: Floats, cut: int) -> bool:
    before, after = np.nanmedian(total[:cut]), np.nanmedian(total[cut:])
    return bool(abs(np.log(after / before)) > HELD) if before > 0 and after > 0 else True


def _finding(parts: Parts, series: Floats, periods: Periods, cut: int) -> DefinitionChange:
    names = {
        "opened_at": "opening",
        "first_response_at": "first response",
        "resolved_at": "resolution",
        "closed_at": "closure",
    }
    on = str(periods.starts[cut])
    before, after = np.nanmedian(series[:, :cut], axis=1), np.nanmedian(series[:, cut:], axis=1)
    sentence = (
        f"From {wording.day(on)} on, the time from {names[parts.begin]} to {names[parts.middle]} "
        f"went from {wording.measure(before[0], 'h')} to {wording.measure(after[0], 'h')} while "
        f"the time from {names[parts.middle]} to {names[parts.end]} moved the other way and the "
        "whole held: the meaning of the step between them changed, not the work."
    )
    finding = Finding(
        id=finding_id("data", f"definition.{parts.middle}", Slice(), "definition"),
        kind="data",
        metric=parts.metrics[0],
        slice=Slice(),
        direction=None,
        sentence=sentence,
        since=on,
        since_interval=(on, on),
        before=float(before[0]),
        after=float(after[0]),
        unit="h",
        next_look="Ask the owner of the tool what changed in the workflow at that date.",
    )
    return DefinitionChange(finding, parts.metrics)
