"""Findings of the kind ``level``: a slice that stands worse than its peers, period after period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.calendars import local_days
from headway.engine.columns import Flags, Floats, Ints, codes
from headway.engine.slices import Dimension
from headway.findings import wording
from headway.findings.level import Levels, compare
from headway.findings.levels import level
from headway.findings.phrases import phrase
from headway.findings.shift_findings import WEEKS, finding_id
from headway.metrics import Definition
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.results import Finding
from headway.series import Panel, Slice

DIMENSIONS = ("service", "category", "group", "channel", "customer_unit", "location")
MIN_RATIO = 1.1  # a duration less than a tenth above its peers is not worth a finding
MIN_POINTS = 1.0  # nor a share less than a percentage point
_SHORTEST_HOURS = 1 / 60


@dataclass(frozen=True)
class LevelTests:
    """The comparison of one metric over one dimension."""

    definition: Definition
    panel: Panel
    dimension: Dimension
    levels: Levels
    worse: float  # sign of a worse difference

    @property
    def p(self) -> Floats:
        """Probabilities, NaN where not judged, shape (slices,)."""
        return self.levels.p


def applies(definition: Definition) -> bool:
    """Whether slices can be better or worse by the metric, ticket by ticket."""
    return definition.better != "neither" and definition.statistic in ("share", "median", "mean")


def run_level_tests(
    definition: Definition, panel: Panel, facts: Facts, desk: Desk, dimension: Dimension
) -> LevelTests:
    """Compare the slices of one dimension by one metric, allowing for kind and priority."""
    inside = facts.rows >= 0
    rows = facts.rows[inside]
    period = panel.periods.index(local_days(desk.clock, facts.at[inside]))
    period = np.where((period >= 0) & panel.usable[np.maximum(period, 0)], period, -1)
    levels = compare(
        _measure(facts, inside),
        _strata(desk)[rows],
        dimension.rows[rows].astype(np.int64),
        period,
        count=len(dimension.values),
    )
    return LevelTests(
        definition, panel, dimension, levels, 1.0 if definition.better == "lower" else -1.0
    )


def _measure(facts: Facts, inside: Flags) -> Floats:
    if facts.counts is not None:
        return facts.counts[inside].astype(np.float64)
    if facts.value is None:
        return np.full(int(inside.sum()), np.nan)
    value = facts.value[inside]
    if facts.so_far is None:
        return value
    known = np.where(np.isfinite(value), value, facts.so_far[inside])
    return np.log(np.maximum(known, _SHORTEST_HOURS))


def _strata(desk: Desk) -> Ints:
    kind, kinds = codes(desk.tickets, "kind")
    priority, _ = codes(desk.tickets, "priority")
    return ((priority.astype(np.int64) + 1) * (len(kinds) + 1) + kind + 1).astype(np.int64)


def build(tests: LevelTests, row: int, q: float) -> Finding | None:
    """The finding of one slice, or None when it is not worse, not lasting or not worth it."""
    levels = tests.levels
    part = Slice(tests.dimension.name, tests.dimension.values[row])
    lasting = levels.persistent[row] and levels.pooled[row] * tests.worse > 0
    if not lasting or part not in tests.panel.slices:
        return None
    line = tests.panel.slices.index(part)
    now = level(tests.panel, line, np.ones(len(tests.panel.periods), dtype=bool))
    peers = _peers(tests, row, now)
    if peers is None:
        return None
    weeks = WEEKS[tests.panel.periods.span]
    a_week = float(tests.panel.n[line, tests.panel.usable].mean()) / weeks
    gap = abs(now - peers)
    share = tests.panel.unit == "%"
    starts = tests.panel.periods.starts[tests.panel.usable]
    return Finding(
        id=finding_id("level", tests.panel.metric, part, "worse"),
        kind="level",
        metric=tests.panel.metric,
        slice=part,
        direction="worse",
        sentence=_sentence(tests, part, now, peers),
        since=str(starts[0]),
        since_interval=(str(starts[0]), str(starts[0])),
        before=peers,
        after=now,
        unit=tests.panel.unit,
        weight=gap / 100 * a_week if share else gap * a_week,
        weight_unit="records a week" if share else f"{_unit(tests.panel.unit)} a week",
        provisional=int(levels.periods[row]) < 20,
        p=float(levels.p[row]),
        q=q,
        n_periods=int(levels.periods[row]),
        records=int(levels.records[row]),
        next_look=f"Compare how {wording.place(part)} are handled with how the others are.",
        detail=_details(tests, row),
    )


def _unit(unit: str) -> str:
    return {"h": "hours"}.get(unit, unit)


def _peers(tests: LevelTests, row: int, now: float) -> float | None:
    """What the slice would show at its peers' level, None when the gap is not worth a finding."""
    pooled = float(tests.levels.pooled[row])
    if tests.panel.unit == "h":
        return now / np.exp(pooled) if abs(pooled) >= np.log(MIN_RATIO) else None
    if tests.panel.statistic == "share":
        return now - 100 * pooled if abs(100 * pooled) >= MIN_POINTS else None
    return now - pooled


def _sentence(tests: LevelTests, part: Slice, now: float, peers: float) -> str:
    words = phrase(tests.panel.metric)
    template = words.rises if tests.worse > 0 else words.falls
    subject = wording.place(part, noun=words.noun)
    unit = tests.panel.unit
    return (
        f"{wording.capital(template.format(subject=subject))} than comparable ones elsewhere: "
        f"{wording.measure(now, unit)}, {wording.measure(peers, unit)} would be in line with "
        "kind and priority."
    )


def _details(tests: LevelTests, row: int) -> tuple[str, ...]:
    others = int(np.isfinite(tests.levels.p).sum()) - 1
    span = tests.panel.periods.span
    periods = wording.count(int(tests.levels.periods[row]), span)
    return (
        f"Compared with {others} others over {periods}, at the same kind and priority; the "
        "size is drawn towards theirs as far as chance could explain it.",
        f"Among alike slices one would stand this far out "
        f"{wording.chance(float(tests.levels.p[row]))}.",
    )
