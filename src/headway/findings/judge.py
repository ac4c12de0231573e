"""All tests of a scan together: one budget of false alarms, one ranked list of findings."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from headway.engine.slices import Slicing
from headway.findings import level_findings, shift_findings
from headway.findings.level_findings import DIMENSIONS, LevelTests, run_level_tests
from headway.findings.multiplicity import expected_false, q_values
from headway.findings.shift import ShiftTests, run_shift_tests
from headway.findings.shift_findings import Shift
from headway.metrics import Definition, catalogue
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.results import Finding, NotJudged
from headway.series import Flags, Floats, Panel, Slice

FDR = 0.05
FIRM = 0.01
UNCLEAR = "it moved, but growth or a season could have moved it as far"
SLOW = "the level moves slowly rather than shifting"
_DIRECTIONS = {"worse": 0, "up": 1, "down": 1, "better": 2, None: 3}


@dataclass(frozen=True)
class Judgement:
    """What the tests say.

    Attributes
    ----------
    findings
        Shifts and levels in order of evidence and consequence; those that another explains last.
    slow
        Moves that took too long to be called a shift; they are not reported as findings.
    not_judged
        Series that were refused, with reasons.
    tests
        Hypotheses corrected together.
    expected_false
        Number of the findings that may be chance, at most.
    p_of
        P value of each shift test by metric and slice, NaN where refused.
    """

    findings: tuple[Finding, ...]
    slow: tuple[Finding, ...]
    not_judged: tuple[NotJudged, ...]
    tests: int
    expected_false: float
    p_of: dict[tuple[str, Slice], float]


def judge(
    panels: dict[str, Panel],
    slicing: Slicing,
    desk: Desk,
    facts_of: Callable[[Definition], Facts | None],
) -> Judgement:
    """Test every panel for shifts and every dimension for levels, corrected together.

    Parameters
    ----------
    panels
        By metric id, over the complete periods only.
    slicing, desk
        The slices and the records behind the panels.
    facts_of
        Gives the facts of a metric, None where it has none ticket by ticket.
    """
    by_id = {definition.id: definition for definition in catalogue()}
    shifts = [(by_id[m.split(".")[0]], run_shift_tests(panel)) for m, panel in panels.items()]
    levels = list(_level_tests(panels, slicing, desk, facts_of, by_id))
    p = np.concatenate([*(t.p for _, t in shifts), *(t.p for t in levels), np.zeros(0)])
    q = q_values(p, first=_totals(shifts, len(p)))
    found, slow, unclear, position = [], [], [], 0
    for definition, tests in shifts:
        own_q = q[position : position + len(tests.p)]
        clear = _significant(definition, tests, own_q)
        unclear += [
            NotJudged(tests.panel.metric, tests.panel.slices[row], UNCLEAR, "two years of records")
            for row in np.flatnonzero(tests.unclear & ~(own_q <= FDR))
        ]
        found += [shift for shift in clear if not shift.slow]
        slow += [shift for shift in clear if shift.slow]
        position += len(tests.p)
    findings = shift_findings.fold([(s, shift_findings.build(s)) for s in found])
    for level_tests in levels:
        findings += _standing(level_tests, q[position : position + len(level_tests.p)])
        position += len(level_tests.p)
    return Judgement(
        findings=tuple(sorted(findings, key=lambda f: rank(f, panels[f.metric]))),
        slow=tuple(shift_findings.build(shift) for shift in slow),
        not_judged=(
            *(NotJudged(s.panel.metric, s.part, SLOW, "a review of the chart") for s in slow),
            *unclear,
            *(entry for _, tests in shifts for entry in tests.refused),
        ),
        tests=int(np.isfinite(p).sum()),
        expected_false=expected_false(np.array([f.q for f in findings], dtype=np.float64)),
        p_of={
            (tests.panel.metric, part): float(tests.p[row])
            for _, tests in shifts
            for row, part in enumerate(tests.panel.slices)
        },
    )


def _totals(shifts: list[tuple[Definition, ShiftTests]], size: int) -> Flags:
    """Which tests are about all records."""
    parts = [part.dimension == "all" for _, tests in shifts for part in tests.panel.slices]
    return np.array(parts + [False] * (size - len(parts)), dtype=bool)


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


def _significant(definition: Definition, tests: ShiftTests, q: Floats) -> list[Shift]:
    found = (
        Shift(tests, definition, int(r), float(tests.p[r]), float(q[r]), tests.course(int(r)))
        for r in np.flatnonzero(q <= FDR)
    )
    return [shift for shift in found if shift.after != shift.before]


def _standing(tests: LevelTests, q: Floats) -> list[Finding]:
    built = (level_findings.build(tests, int(r), float(q[r])) for r in np.flatnonzero(q <= FDR))
    return [finding for finding in built if finding is not None]


def rank(finding: Finding, panel: Panel) -> tuple[object, ...]:
    """Sort key: explained findings last, worse before better, then evidence, then consequence.

    Consequence is the size of the move on a ratio scale times the share of the metric's records
    that it touches, so that hours, shares and counts can stand in one list.
    """
    evidence = 0 if (finding.q or 0.0) <= FIRM else 1
    return (
        bool(finding.parent),
        _DIRECTIONS[finding.direction],
        finding.provisional,
        evidence,
        -_consequence(finding, panel),
        finding.id,
    )


def _consequence(finding: Finding, panel: Panel) -> float:
    if finding.before is None or finding.after is None:
        return 0.0
    least = 1.0 if finding.unit == "%" else 0.1
    ratio = abs(math.log((abs(finding.after) + least) / (abs(finding.before) + least)))
    own = panel.n[panel.slices.index(finding.slice)].sum()
    return ratio * float(own) / max(float(panel.n[0].sum()), 1.0)
