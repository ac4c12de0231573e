"""Findings of the kind ``bunching``: closures that wait for the last hour before the target."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from headway.engine.columns import Floats, Ints
from headway.engine.slices import Slicing
from headway.findings import wording
from headway.findings.bunching import SIDE, PileUps, pile_ups
from headway.findings.moves import FDR
from headway.findings.shift_findings import WEEKS, finding_id
from headway.findings.target_distances import distances
from headway.metrics.desk import Desk
from headway.results import Finding
from headway.series import Panel, Slice

METRIC = "within_target"
MIN_RATIO = 1.5  # a smaller pile is not worth a finding
CARRIES = 0.7  # of the pile of all tickets that a slice must hold to lead


@dataclass(frozen=True)
class BunchingTests:
    """The density tests of a scan, one for each part; ``p`` is NaN where none can be judged."""

    panel: Panel
    parts: tuple[Slice, ...]
    widths: tuple[str, ...]
    closures: Ints
    piles: PileUps

    @property
    def p(self) -> Floats:
        """Probabilities, shape (parts,)."""
        return self.piles.p

    def findings(self, q: Floats) -> list[Finding]:
        """Those that hold at the corrected probabilities; one pile is led by one finding."""
        worth = self.piles.found >= MIN_RATIO * self.piles.ordinary
        told = np.flatnonzero((q <= FDR) & worth).tolist()
        built = {row: _build(self, row, float(q[row])) for row in told}
        return _folded(self, built)


def run_bunching_tests(desk: Desk, slicing: Slicing, panel: Panel) -> BunchingTests:
    """Test all tickets, and each priority, group and service, for a pile before the target.

    ``panel`` is that of ``within_target``. Only tickets opened in its usable periods are looked
    at, and only those whose target leaves room for the bins before it.
    """
    found = distances(desk, slicing, panel)
    empty = np.zeros((0, 2 * SIDE))
    return BunchingTests(
        panel,
        tuple(one.part for one in found),
        tuple(one.width for one in found),
        np.array([one.closures for one in found], dtype=np.int64),
        pile_ups(
            np.vstack([empty, *(one.counts for one in found)]),
            np.vstack([empty, *(one.exposure for one in found)]),
        ),
    )


def _build(tests: BunchingTests, row: int, q: float) -> Finding:
    part, panel, width = tests.parts[row], tests.panel, tests.widths[row]
    found, ordinary = float(tests.piles.found[row]), float(tests.piles.ordinary[row])
    closures = int(tests.closures[row])
    own, usual = 100 * found / closures, 100 * ordinary / closures
    line = panel.slices.index(part)
    starts = panel.periods.starts[panel.usable]
    weeks = len(starts) * WEEKS[panel.periods.span]
    p = float(tests.p[row])
    whose = "" if part == Slice() else f" of {wording.place(part)}"
    return Finding(
        id=finding_id("bunching", panel.metric, part, "odd"),
        kind="bunching",
        metric=panel.metric,
        slice=part,
        direction=None,
        sentence=(
            f"Closures{whose} pile up in the last {width} before the target: "
            f"{wording.measure(own, '%')} of them, {wording.measure(usual, '%')} would be ordinary."
        ),
        since=str(starts[0]),
        since_interval=(str(starts[0]), str(starts[0])),
        before=usual,
        after=own,
        unit="%",
        weight=(found - ordinary) / weeks,
        weight_unit="records a week",
        p=p,
        q=q,
        n_periods=len(starts),
        records=int(panel.n[line, panel.usable].sum()),
        next_look="Look at tickets closed just before their target that were reopened or followed "
        "by another one.",
        detail=(
            f"Of {wording.count(closures, 'closure')} with a target at least {SIDE + 1} times as "
            f"far away, {found:,.0f} lie in the last {width} before it; the {width}s on both "
            f"sides of it and the rhythm of the week predict {ordinary:,.0f}.",
            f"Without a pile there would be as many {wording.chance(p)}.",
            "The records do not tell whether the work was done then.",
        ),
    )


def _folded(tests: BunchingTests, built: dict[int, Finding]) -> list[Finding]:
    """The slice that holds most of the pile leads; else all tickets do."""
    whole = next((row for row in built if tests.parts[row] == Slice()), None)
    if whole is None:
        return list(built.values())
    excess = tests.piles.found - tests.piles.ordinary
    heavy = [
        row
        for row in built
        if row != whole
        and excess[row] >= CARRIES * excess[whole]
        and tests.closures[row] <= CARRIES * tests.closures[whole]
    ]
    lead = min(heavy, key=lambda row: (tests.closures[row], built[row].id), default=whole)
    parent = built[lead].id
    return [
        finding if row == lead else replace(finding, parent=parent)
        for row, finding in built.items()
    ]
