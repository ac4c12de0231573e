"""What a scan found: frozen, serialisable, and the only source of every sentence and figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from headway.mapping.model import Mapping, Question
from headway.records import Doubt
from headway.series import Panel, Slice

FindingKind = Literal["data", "shift", "drift", "level", "mix", "bunching", "rework"]
Direction = Literal["better", "worse", "up", "down"]
Answer = Literal["yes", "no", "not enough data"]


@dataclass(frozen=True)
class Edge:
    """Where an extract begins or ends by the way it was made, not by what happened."""

    side: Literal["start", "end"]
    axis: str  # opened, closed, updated
    on: str  # ISO date of the first day outside (end) or inside (start) the complete range
    sentence: str


@dataclass(frozen=True)
class Coverage:
    """Which part of the records is complete enough to be compared.

    ``selected_by`` is ``opened``, ``closed``, ``updated`` or ``unknown``; ``start`` and ``end``
    are ISO dates, the end exclusive.
    """

    selected_by: str
    start: str | None
    end: str | None
    edges: tuple[Edge, ...] = ()
    sentence: str = ""


@dataclass(frozen=True)
class MetricResult:
    """One metric over the whole extract."""

    id: str
    name: str
    question: str
    audience: str  # customer-facing or internal
    unit: str
    better: str  # lower, higher or neither
    computable: bool
    needs: tuple[str, ...] = ()  # missing columns
    value: float | None = None
    n: int = 0
    numerator: int | None = None
    denominator: int | None = None
    p85: float | None = None  # durations only
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """A ranked, evidenced statement: what, where, since when, how large, how sure.

    ``id`` depends on kind, metric, slice and direction only, so it is stable across scans.
    ``since_interval`` holds two ISO dates. ``p`` is the raw, ``q`` the corrected probability.
    ``weight`` is hours or records a week in ``weight_unit``. ``records`` counts the tickets that
    ``headway records FILE --finding ID`` lists. ``cut`` is the date that divides a series best;
    it lies within ``since_interval`` and is later than ``since`` where the change was gradual.
    """

    id: str
    kind: FindingKind
    metric: str
    slice: Slice
    direction: Direction | None
    sentence: str
    since: str | None = None
    since_interval: tuple[str, str] | None = None
    before: float | None = None
    after: float | None = None
    unit: str = ""
    weight: float | None = None
    weight_unit: str = ""
    provisional: bool = False
    p: float | None = None
    q: float | None = None
    n_periods: int = 0
    records: int = 0
    next_look: str = ""
    parent: str = ""  # id of the finding that explains this one from a smaller slice
    status: str = ""  # new or continuing, with --previous
    cut: str | None = None
    detail: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotJudged:
    """A series that was refused, with the reason and what would make a verdict possible."""

    metric: str
    slice: Slice
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Task:
    """A like-for-like task: tickets of the same kind, category, subcategory or title."""

    name: str
    count: int
    median_hours: float | None
    p15_hours: float | None
    p85_hours: float | None


@dataclass(frozen=True)
class OldTicket:
    """An open ticket, without title and people."""

    id: str
    opened_on: str
    age_days: float
    priority: str
    where: str


@dataclass(frozen=True)
class Momentum:
    """The answer to one of the momentum questions."""

    question: str
    answer: Answer
    sentence: str
    finding: str = ""


@dataclass(frozen=True)
class SameMonth:
    """One metric in the last complete month and in the same month a year before."""

    metric: str
    month: str
    value: float | None
    n: int
    month_before: str
    value_before: float | None
    n_before: int
    unit: str


@dataclass(frozen=True)
class ClockRule:
    """Times to resolve under one clock rule, beside the tool's own figures.

    ``own_agree`` of ``own_n`` durations of the tool agree with it; ``target_differ`` of
    ``target_n`` recorded outcomes of a target would be another one.
    """

    name: str
    declared: bool
    n: int
    median_hours: float | None
    own_n: int
    own_agree: int
    target_n: int
    target_differ: int


@dataclass(frozen=True)
class ClockCase:
    """A ticket whose own figure differs from that under the declared clock.

    Hours for the measure ``duration``; 1 (met) or 0 (missed) for ``target``.
    """

    id: str
    measure: Literal["duration", "target"]
    own: float
    recomputed: float


@dataclass(frozen=True)
class ClockComparison:
    """Every clock rule beside the tool's own figures.

    ``own_follows`` and ``targets_follow`` name the rule other than the declared one by which the
    tool counts, and are empty where there is none to be seen.
    """

    n: int  # tickets looked at
    rules: tuple[ClockRule, ...]
    own_follows: str = ""
    targets_follow: str = ""
    cases: tuple[ClockCase, ...] = ()


@dataclass(frozen=True)
class Method:
    """Everything needed to repeat the scan."""

    rules: str
    version: str
    input_sha256: tuple[tuple[str, str], ...]
    clock: dict[str, Any]
    period: str
    options: dict[str, Any]
    tests: int  # hypotheses corrected together
    fdr: float
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScanResult:
    """The whole result of one scan."""

    sources: tuple[str, ...]
    counts: dict[str, int]  # tickets events feedback approvals alterations read used rejected
    first_at: str | None
    last_at: str | None
    mapping: tuple[Mapping, ...]
    coverage: Coverage
    metrics: tuple[MetricResult, ...]
    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...]  # in the previous scan, not in this one
    expected_false: float
    not_judged: tuple[NotJudged, ...]
    questions: tuple[Question, ...]
    tasks: tuple[Task, ...]
    oldest: tuple[OldTicket, ...]
    momentum: tuple[Momentum, ...]
    same_month: tuple[SameMonth, ...]
    doubts: tuple[Doubt, ...]
    warnings: tuple[str, ...]
    method: Method
    masked_slices: int
    series_judged: int
    panels: dict[str, Panel] = field(repr=False)  # by metric id; not part of the JSON
    clocks: ClockComparison | None = None  # where tickets were resolved

    def __repr__(self) -> str:
        """The size of the result; what it holds is told by the reports."""
        tickets = self.counts.get("tickets", 0)
        return f"ScanResult({tickets:,} tickets, {len(self.findings)} findings)"
