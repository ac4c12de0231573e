"""Findings of the kind ``rework``: tickets that return to a group that had them before."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from headway.findings import shift_findings, wording
from headway.findings.moves import FDR
from headway.findings.rework_tests import METRIC, ReworkTests
from headway.findings.shift_findings import WEEKS, Shift, finding_id
from headway.metrics import Definition
from headway.results import Finding
from headway.series import Floats, Panel, Slice

LEAST_SHARE = 0.1  # of all tickets that return
LEAST_A_WEEK = 10.0
MIN_RATIO = 1.1  # a smaller move of the number itself is that of the tickets opened


@dataclass(frozen=True)
class Rework:
    """The tests of rework as one more kind of a scan."""

    tests: ReworkTests
    definition: Definition

    @property
    def panel(self) -> Panel:
        """Tickets that return in each period."""
        return self.tests.panel

    @property
    def p(self) -> Floats:
        """Probabilities, NaN where refused."""
        return self.tests.p

    def findings(self, q: Floats) -> list[Finding]:
        """Pairs that shifted, and pairs that stand out; each pair is told once."""
        rows = len(self.tests.shifts.p)
        found = [self._shift(int(row), float(q[row])) for row in np.flatnonzero(q[:rows] <= FDR)]
        told = {f.slice: f for f in found if f is not None}
        for pair in np.flatnonzero(q[rows:] <= FDR):
            stands = self._stands(int(pair), float(q[rows + pair]))
            if stands is not None and stands.slice not in told:
                told[stands.slice] = stands
        return _folded(list(told.values()))

    def _shift(self, row: int, q: float) -> Finding | None:
        tests = self.tests.shifts
        shift = Shift(tests, self.definition, row, float(tests.p[row]), q, tests.course(row))
        ratio = (shift.after + 0.1) / (shift.before + 0.1)
        share_rises = _rises(shift)
        if ratio < MIN_RATIO if share_rises else ratio > 1 / MIN_RATIO:
            return None
        made = shift_findings.build(shift)
        part = self.panel.slices[row - 1]
        span = self.panel.periods.span
        after = wording.measure(shift.after, "tickets", span=span)
        before = wording.figure(shift.before)
        course = "gradually from" if shift.course.gradual else "since"
        return replace(
            made,
            id=finding_id("rework", METRIC, part, str(made.direction)),
            kind="rework",
            slice=part,
            sentence=(
                f"Tickets go back and forth {_where(part)}: {after} return to a team that had "
                f"them before, was {before}, {course} {wording.day(made.since or '')}."
            ),
            next_look=_LOOK,
            records=self.tests.tickets(part, made.since),
            detail=(*made.detail, "Tested as a share of the tickets opened in the same period."),
        )

    def _stands(self, pair: int, q: float) -> Finding | None:
        levels, panel = self.tests.levels, self.panel
        part = Slice("between", self.tests.moves.names[pair])
        if part not in panel.slices or not (levels.persistent[pair] and levels.pooled[pair] > 0):
            return None
        weeks = int(panel.usable.sum()) * WEEKS[panel.periods.span]
        own = float(panel.value[panel.slices.index(part), panel.usable].sum())
        share = own / max(float(panel.value[0, panel.usable].sum()), 1.0)
        if share < LEAST_SHARE or own / weeks < LEAST_A_WEEK:
            return None
        usual = max(own - float(levels.pooled[pair]) * float(levels.records[pair]), 0.0)
        starts = panel.periods.starts[panel.usable]
        return Finding(
            id=finding_id("rework", METRIC, part, "worse"),
            kind="rework",
            metric=METRIC,
            slice=part,
            direction="worse",
            sentence=(
                f"Tickets go back and forth {_where(part)}: {wording.figure(own / weeks)} a week "
                f"return to a team that had them before, {wording.measure(100 * share, '%')} of "
                f"all that return; {wording.figure(usual / weeks)} would be in line with other "
                "hand-overs."
            ),
            since=str(starts[0]),
            since_interval=(str(starts[0]), str(starts[0])),
            before=usual / weeks,
            after=own / weeks,
            unit="tickets",
            weight=(own - usual) / weeks,
            weight_unit="records a week",
            provisional=int(levels.periods[pair]) < 20,
            p=float(levels.p[pair]),
            q=q,
            n_periods=int(levels.periods[pair]),
            records=self.tests.tickets(part, str(starts[0])),
            next_look=_LOOK,
            detail=(
                f"Of {wording.count(int(levels.records[pair]), 'ticket')} handed over between "
                "them; compared with the tickets handed over between other teams, the size drawn "
                "towards theirs as far as chance could explain it.",
            ),
        )


_LOOK = "Look at what the first team lacked when it passed them on, and who should own them."


def _rises(shift: Shift) -> bool:
    """Whether the share of the tickets opened rose."""
    series = shift.tests.values[shift.row]
    cut = int(shift.tests.cuts.at[shift.row])
    return bool(np.nanmean(series[cut:]) > np.nanmean(series[:cut]))


def _where(part: Slice) -> str:
    return "between teams" if part == Slice() else f"between {part.value}"


def _folded(found: list[Finding]) -> list[Finding]:
    """All returns refer to the pair that makes most of their change."""
    whole = next((f for f in found if f.slice == Slice()), None)
    if whole is None:
        return found
    rest = [f for f in found if f is not whole]
    alike = [f for f in rest if f.direction == whole.direction]
    top = max(alike, key=lambda f: (f.weight or 0.0, f.id), default=None)
    if top is None or (top.weight or 0.0) < 0.6 * (whole.weight or 0.0):
        return [whole, *(replace(f, parent=whole.id) if f in alike else f for f in rest)]
    return [replace(whole, parent=top.id), *rest]
