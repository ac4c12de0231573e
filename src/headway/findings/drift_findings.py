"""Findings of the kind ``drift``: a level that moves little by little over the whole stretch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.findings import wording
from headway.findings.drift import Slopes, slopes
from headway.findings.levels import level
from headway.findings.phrases import phrase
from headway.findings.shift import ShiftTests, volumes
from headway.findings.shift_findings import LABELS, WEEKS, consequence, direction_of, finding_id
from headway.metrics import Definition
from headway.results import Finding
from headway.series import Flags, Floats, Panel, Slice

ENDS = 4  # the level at an end is that of this part of the stretch: a quarter


@dataclass(frozen=True)
class DriftTests:
    """The slopes of every slice of one panel; ``p`` is NaN where none can be judged."""

    shifts: ShiftTests
    slopes: Slopes
    p: Floats

    @property
    def panel(self) -> Panel:
        """The metric and its slices."""
        return self.shifts.panel


def run_drift_tests(tests: ShiftTests, *, prior_correlation: float) -> DriftTests:
    """Test the series of ``tests`` for a slope; what was refused there is refused here.

    Volumes without two years of records are refused: growth and season would look alike.
    """
    line = slopes(tests.values, tests.weights, prior_correlation=prior_correlation)
    p = np.where(tests.judgeable, line.p, np.nan)
    if not tests.season.checked:
        p[volumes(tests.panel)] = np.nan
    return DriftTests(tests, line, p)


@dataclass(frozen=True)
class Drift:
    """One significant slope."""

    tests: DriftTests
    definition: Definition
    row: int
    p: float
    q: float

    @property
    def panel(self) -> Panel:
        """The metric."""
        return self.tests.panel

    @property
    def part(self) -> Slice:
        """The slice."""
        return self.panel.slices[self.row]

    def columns(self, side: str) -> Flags:
        """The first or the last quarter of the measured periods."""
        seen = np.flatnonzero(self.panel.usable & np.isfinite(self.panel.value[self.row]))
        quarter = max(len(seen) // ENDS, 2)
        chosen = seen[:quarter] if side == "before" else seen[-quarter:]
        return np.isin(np.arange(len(self.panel.periods)), chosen)

    @property
    def before(self) -> float:
        """Level over the first quarter."""
        return level(self.panel, self.row, self.columns("before"))

    @property
    def after(self) -> float:
        """Level over the last quarter."""
        return level(self.panel, self.row, self.columns("after"))


def build(drift: Drift) -> Finding:
    """The finding of one drift; ``since`` is the first period that was compared."""
    panel = drift.panel
    rises = drift.after > drift.before
    direction = direction_of(drift.definition.better, rises)
    starts = panel.periods.starts[panel.usable]
    weight, weight_unit = consequence(
        panel, drift.row, drift.columns("after"), drift.after, drift.before
    )
    points = int(drift.tests.slopes.points[drift.row])
    return Finding(
        id=finding_id("drift", panel.metric, drift.part, direction),
        kind="drift",
        metric=panel.metric,
        slice=drift.part,
        direction=direction,
        sentence=_sentence(drift, rises=rises),
        since=str(starts[0]),
        since_interval=(str(starts[0]), str(starts[-1])),
        before=drift.before,
        after=drift.after,
        unit=panel.unit,
        weight=weight,
        weight_unit=weight_unit,
        provisional=points * WEEKS[panel.periods.span] < 52,
        p=drift.p,
        q=drift.q,
        n_periods=points,
        records=int(panel.n[drift.row, panel.usable].sum()),
        detail=_details(drift, points),
    )


def _sentence(drift: Drift, *, rises: object) -> str:
    panel, words = drift.panel, phrase(drift.panel.metric)
    template = words.rises if rises else words.falls
    subject = wording.place(drift.part, noun=words.noun)
    span = panel.periods.span if panel.statistic == "count" else ""
    before = wording.measure(drift.before, panel.unit, span=span)
    after = wording.measure(drift.after, panel.unit, span=span)
    starts = panel.periods.starts[panel.usable]
    return (
        f"Little by little, {template.format(subject=subject)}: {LABELS.get(panel.statistic, '')}"
        f"{after} of late, was {before}, between {wording.day(str(starts[0]))} and "
        f"{wording.day(str(starts[-1]))}."
    )


def _details(drift: Drift, points: int) -> tuple[str, ...]:
    span = drift.panel.periods.span
    lines = [
        f"Where nothing changes, a slope this steady appears {wording.chance(drift.p)} "
        f"({wording.count(points, span)} compared).",
        "Both figures are those of a quarter of the stretch, the first and the last one.",
    ]
    if drift.tests.shifts.season.adjusted[drift.row]:
        lines.append("Judged after taking out the season.")
    elif not drift.tests.shifts.season.checked:
        lines.append("The yearly season could not be checked: less than two years of records.")
    return tuple(lines)
