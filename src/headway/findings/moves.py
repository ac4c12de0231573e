"""Shift or drift: each series tells of one move at most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.findings.drift_findings import Drift, DriftTests
from headway.findings.shift import ShiftTests
from headway.findings.shift_findings import Shift
from headway.metrics import Definition
from headway.results import NotJudged
from headway.series import Floats

FDR = 0.05
UNCLEAR = "it moved, but growth or a season could have moved it as far"
SLOW = "it moved too slowly for a shift and too unevenly for a drift"


@dataclass(frozen=True)
class Moves:
    """What the slices of one panel did."""

    shifts: tuple[Shift, ...]
    drifts: tuple[Drift, ...]
    not_judged: tuple[NotJudged, ...]


def moves_of(
    definition: Definition, tests: ShiftTests, drift: DriftTests, shift_q: Floats, drift_q: Floats
) -> Moves:
    """Sort the significant tests of one panel.

    A clear shift stays one unless a straight line leaves less unexplained than the step; a shift
    with too long a passage is a drift where the slope is clear, else not judged.
    """
    shifts, drifts, refused = [], [], list(tests.refused)
    panel = tests.panel
    for row in range(len(panel.slices)):
        slope_clear = bool(drift_q[row] <= FDR)
        if shift_q[row] <= FDR:
            shift = Shift(
                tests,
                definition,
                row,
                float(tests.p[row]),
                float(shift_q[row]),
                tests.course(row),
            )
            if shift.after == shift.before:
                continue
            if not shift.slow and not (slope_clear and _straighter(tests, drift, row)):
                shifts.append(shift)
                continue
            if not slope_clear:
                refused.append(NotJudged(panel.metric, panel.slices[row], SLOW, "a longer history"))
        elif tests.unclear[row]:
            refused.append(
                NotJudged(panel.metric, panel.slices[row], UNCLEAR, "two years of records")
            )
        if slope_clear:
            p, q = float(drift.p[row]), float(drift_q[row])
            drifts.append(Drift(drift, definition, row, p, q))
    return Moves(tuple(shifts), tuple(d for d in drifts if d.after != d.before), tuple(refused))


def _straighter(tests: ShiftTests, drift: DriftTests, row: int) -> bool:
    """Whether a line leaves less of the series unexplained than the step does."""
    y, w = tests.values[row], tests.weights[row]
    seen = np.isfinite(y)
    after = np.arange(len(y)) >= tests.cuts.at[row]
    left = 0.0
    for side in (seen & ~after, seen & after):
        mean = np.average(y[side], weights=w[side])
        left += float((w[side] * (y[side] - mean) ** 2).sum())
    return float(drift.slopes.sse[row]) < left
