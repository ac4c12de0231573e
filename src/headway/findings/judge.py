"""All tests of a scan together: one budget of false alarms, one ranked list of findings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np

from headway.engine.slices import Slicing
from headway.findings import drift_findings, level_findings, mix_findings, overlap, shift_findings
from headway.findings.drift_findings import DriftTests, run_drift_tests
from headway.findings.level import MIN_RECORDS
from headway.findings.level_findings import DIMENSIONS, LevelTests, run_level_tests
from headway.findings.moves import FDR, moves_of
from headway.findings.multiplicity import expected_false, q_values
from headway.findings.shift import ShiftTests, prior_of, run_shift_tests
from headway.metrics import Definition, catalogue
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.results import Finding, NotJudged
from headway.series import Flags, Floats, Panel, Slice

FIRM = 0.01
ENOUGH_SLICES = 7
FEW_PEERS = "fewer than seven slices to compare: a lasting difference would have to be huge to show"


class Further(Protocol):
    """Tests of another kind: they hand in p values, NaN where refused, and get back q values.

    ``panel`` holds the series that their findings are shown with.
    """

    @property
    def panel(self) -> Panel: ...

    @property
    def p(self) -> Floats: ...

    def findings(self, q: Floats) -> list[Finding]: ...


@dataclass(frozen=True)
class Judgement:
    """What the tests say.

    Attributes
    ----------
    findings
        Shifts and levels in order of evidence and consequence; those that another explains last.
    not_judged
        Series that were refused, with reasons.
    tests
        Hypotheses corrected together.
    series
        Series that were judged; each is asked for a shift and, if long enough, for a drift.
    expected_false
        Number of the findings that may be chance, at most.
    p_of
        P value of each shift test by metric and slice, NaN where refused.
    """

    findings: tuple[Finding, ...]
    not_judged: tuple[NotJudged, ...]
    tests: int
    series: int
    expected_false: float
    p_of: dict[tuple[str, Slice], float]


def judge(
    panels: dict[str, Panel],
    slicing: Slicing,
    desk: Desk,
    facts_of: Callable[[Definition], Facts | None],
    further: Sequence[Further] = (),
) -> Judgement:
    """Test panels for shifts and drifts and dimensions for levels, corrected together.

    Parameters
    ----------
    panels
        By metric id, over the complete periods only.
    slicing, desk
        The slices and the records behind the panels.
    facts_of
        Gives the facts of a metric, None where it has none ticket by ticket.
    further
        Tests of other kinds that share the budget.
    """
    by_id = {definition.id: definition for definition in catalogue()}
    shifts = [(by_id[m.split(".")[0]], run_shift_tests(panel)) for m, panel in panels.items()]
    drifts = [run_drift_tests(t, prior_correlation=prior_of(t.panel)) for _, t in shifts]
    levels = list(_level_tests(panels, slicing, desk, facts_of, by_id))
    tests: list[Further | ShiftTests | DriftTests | LevelTests] = [t for _, t in shifts]
    tests += [*drifts, *levels, *further]
    p = np.concatenate([*(t.p for t in tests), np.zeros(0)])
    q = np.split(
        q_values(p, first=_totals([t for _, t in shifts], p)), np.cumsum([len(t.p) for t in tests])
    )
    pairs = list(zip(shifts, drifts, strict=True))
    moves = [
        moves_of(definition, t, drift, q[i], q[len(shifts) + i])
        for i, ((definition, t), drift) in enumerate(pairs)
    ]
    shifted = [(s, shift_findings.build(s)) for m in moves for s in m.shifts]
    drifted = [drift_findings.build(d) for m in moves for d in m.drifts]
    moved = shift_findings.fold_companions([*shift_findings.fold(shifted), *drifted])
    findings = mix_findings.explain(
        overlap.refer(moved, slicing, desk),
        panels,
        slicing,
        desk,
        lambda metric: facts_of(by_id[metric]) if metric in by_id else None,
    )
    for level_tests, own_q in zip(levels, q[2 * len(shifts) :], strict=False):
        findings += _standing(level_tests, own_q)
    for other, own_q in zip(further, q[2 * len(shifts) + len(levels) :], strict=False):
        findings += other.findings(own_q)
    shown = panels | {other.panel.metric: other.panel for other in further}
    return Judgement(
        findings=tuple(sorted(findings, key=lambda f: rank(f, shown[f.metric]))),
        not_judged=(
            *(entry for m in moves for entry in m.not_judged),
            *_few_peers(levels),
        ),
        tests=int(np.isfinite(p).sum()),
        series=sum(int((np.isfinite(t.p) | np.isfinite(d.p)).sum()) for (_, t), d in pairs),
        expected_false=expected_false(np.array([f.q for f in findings], dtype=np.float64)),
        p_of=_by_series([t for _, t in shifts]),
    )


def _by_series(shifts: list[ShiftTests]) -> dict[tuple[str, Slice], float]:
    """P value of each shift test by metric and slice."""
    return {
        (tests.panel.metric, part): float(tests.p[row])
        for tests in shifts
        for row, part in enumerate(tests.panel.slices)
    }


def _totals(shifts: list[ShiftTests], p: Floats) -> Flags:
    """Which tests are about all records: the shifts, then the drifts, in the same order."""
    parts = [part.dimension == "all" for tests in shifts for part in tests.panel.slices]
    both = np.array(parts * 2, dtype=bool)
    return np.concatenate([both, np.zeros(len(p) - len(both), dtype=bool)])


def _level_tests(
    panels: dict[str, Panel],
    slicing: Slicing,
    desk: Desk,
    facts_of: Callable[[Definition], Facts | None],
    by_id: dict[str, Definition],
) -> list[LevelTests]:
    out = []
    for metric, panel in panels.items():
        definition = by_id.get(metric)
        if definition is None or not level_findings.applies(definition):
            continue
        facts = facts_of(definition)
        if facts is None or not panel.usable.any():
            continue
        out += [
            run_level_tests(definition, panel, facts, desk, dimension)
            for dimension in slicing.dimensions
            if dimension.name in DIMENSIONS and dimension.values
        ]
    return out


def _few_peers(levels: list[LevelTests]) -> list[NotJudged]:
    """Dimensions of which so few slices can be compared that only a huge difference would show."""
    told: dict[str, NotJudged] = {}
    for tests in levels:
        slices = int(np.count_nonzero(tests.levels.records >= MIN_RECORDS))
        if 1 < slices < ENOUGH_SLICES:
            part = Slice(tests.dimension.name, "all of them")
            entry = NotJudged(tests.panel.metric, part, FEW_PEERS, "a look at them side by side")
            told.setdefault(tests.dimension.name, entry)
    return list(told.values())


def _standing(tests: LevelTests, q: Floats) -> list[Finding]:
    built = (level_findings.build(tests, int(r), float(q[r])) for r in np.flatnonzero(q <= FDR))
    return [finding for finding in built if finding is not None]


def rank(finding: Finding, panel: Panel) -> tuple[object, ...]:
    """Sort key: what another finding explains comes last, then evidence times consequence.

    Consequence is the size of the move on a ratio scale times the share of the metric's records
    that it touches, so that hours, shares and counts can stand in one list. A loss weighs twice
    as much as a gain, what a customer notices half as much again, and evidence less than firm
    takes its share off.
    """
    facing = panel.metric.split(".")[0] in _customer_facing()
    sure = (1.0 if (finding.q or 0.0) <= FIRM else 0.7) * (0.5 if finding.provisional else 1.0)
    score = _consequence(finding, panel) * sure * (1.5 if facing else 1.0)
    score *= 2.0 if finding.direction == "worse" else 1.0
    return (bool(finding.parent), -score, finding.id)


@cache
def _customer_facing() -> frozenset[str]:
    return frozenset(d.id for d in catalogue() if d.audience == "customer-facing")


def _consequence(finding: Finding, panel: Panel) -> float:
    if finding.before is None or finding.after is None:
        return 0.0
    least = 1.0 if finding.unit == "%" else 0.1
    ratio = abs(math.log((abs(finding.after) + least) / (abs(finding.before) + least)))
    own = panel.n[panel.slices.index(finding.slice)].sum()
    return ratio * float(own) / max(float(panel.n[0].sum()), 1.0)
