"""A value that ends as another begins: renamed, not gone and come."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from headway.findings import wording
from headway.findings.shift_findings import finding_id
from headway.results import Finding
from headway.series import Floats, Panel, Slice

RENAMED = "it was renamed within the stretch"
MIN_SIDE = 4  # periods on each side
ALIKE = 0.35  # largest relative difference of the two levels
RESIDUE = 0.02  # share of the level that may be left on the empty side


@dataclass(frozen=True)
class Renaming:
    """Two slices of one dimension that are one in truth, and the finding that says so."""

    old: Slice
    new: Slice
    finding: Finding


def renamings(arrivals: Panel) -> list[Renaming]:
    """Pairs of slices of which one ends where the other begins, at about the same level.

    A slice may have one partner only; the closest in level is taken.
    """
    counts = np.where(arrivals.usable[None, :], arrivals.value, np.nan)
    ends = [(row, _end(counts[row])) for row in range(len(counts))]
    begins = [(row, _end(counts[row][::-1])) for row in range(len(counts))]
    size = counts.shape[1]
    pairs = []
    for old, end in ends:
        for new, length in begins:
            part, other = arrivals.slices[old], arrivals.slices[new]
            if end < 0 or length < 0 or part.dimension != other.dimension or part == other:
                continue
            if abs(end - (size - length)) <= 1:
                before, after = np.nanmean(counts[old, :end]), np.nanmean(counts[new, -length:])
                gap = abs(np.log(after / before))
                if gap <= ALIKE:
                    pairs.append((gap, old, new, end))
    return _matched(arrivals, sorted(pairs))


def without(panel: Panel, renamed: list[Renaming]) -> Panel:
    """The panel without the slices that were renamed; none of them can be compared over time."""
    gone = {part for each in renamed for part in (each.old, each.new)}
    kept = np.array([part not in gone for part in panel.slices], dtype=bool)
    if kept.all():
        return panel
    return replace(
        panel,
        slices=tuple(part for part in panel.slices if part not in gone),
        value=panel.value[kept],
        n=panel.n[kept],
        numerator=None if panel.numerator is None else panel.numerator[kept],
        spread=None if panel.spread is None else panel.spread[kept],
    )


def _end(row: Floats) -> int:
    """Number of periods before the series falls to nothing for good, -1 when it does not."""
    seen = np.nan_to_num(row)
    if not seen.any():
        return -1
    end = int(np.flatnonzero(seen > RESIDUE * seen.max())[-1]) + 1
    full = MIN_SIDE <= end <= len(seen) - MIN_SIDE
    steady = full and np.count_nonzero(seen[:end]) >= 0.8 * end
    return end if steady else -1


def _matched(arrivals: Panel, pairs: list[tuple[float, int, int, int]]) -> list[Renaming]:
    used: set[int] = set()
    out = []
    for _, old, new, end in pairs:
        if old in used or new in used:
            continue
        used |= {old, new}
        out.append(_told(arrivals, old, new, end))
    return out


def _told(arrivals: Panel, old: int, new: int, end: int) -> Renaming:
    part, other = arrivals.slices[old], arrivals.slices[new]
    on = str(arrivals.periods.starts[end])
    sentence = (
        f"On {wording.day(on)} the {part.dimension.replace('_', ' ')} '{part.value}' ends where "
        f"'{other.value}' begins, at about the same number of tickets: it was renamed, it seems, "
        "so neither is a change of demand."
    )
    finding = Finding(
        id=finding_id("data", f"renamed.{other.value}", part, "definition"),
        kind="data",
        metric="arrivals",
        slice=part,
        direction=None,
        sentence=sentence,
        since=on,
        since_interval=(on, on),
        next_look="Give both one name in the export, then scan again.",
    )
    return Renaming(part, other, finding)
