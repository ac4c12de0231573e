"""What a mapping is: a role for each column that has one, with the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["record", "event", "update"]
TableName = Literal["tickets", "feedback", "approvals", "alterations"]


@dataclass(frozen=True)
class Question:
    """Something that could not be decided, and the exact option that decides it."""

    subject: str  # column or role
    sentence: str  # "Column 'opened' has dates such as 03/04/2026 that can be read two ways."
    option: str  # "--date-order day-first" or "--map opened_at=created"
    blocking: bool = False  # no analysis before it is answered


@dataclass(frozen=True)
class ColumnRole:
    """One column of a source and the canonical column that it fills.

    Attributes
    ----------
    role
        Canonical column name (``headway.records``), or one of the reading roles
        ``sequence``, ``activity``, ``event_at``, ``duration`` (the tool's own figure).
    column
        Name in the source.
    confidence
        0 to 1; 1 for an override or a saved mapping.
    evidence
        Why, in words: "named 'opened_at' as in ServiceNow; 19,849 of 19,849 values are dates".
    examples
        Up to three values as written; empty for people.
    date_format
        When the role is an instant: as in ``headway.mapping.dates.DateDecision``, or ``typed`` or
        ``typed-utc`` for a column that holds instants already; empty where it is being asked for.
    date_evidence
        "day first, proven by 14,117 values over 12".
    missing
        Markers read as "not known" in this column, the empty cell not counted.
    negated
        "Yes" in this column means no for the role: "breached" is the contrary of ``target_met``.
    unit
        ``seconds``, ``minutes``, ``hours`` or ``days`` where the name of a duration says it.
    """

    role: str
    column: str
    confidence: float
    evidence: str
    examples: tuple[str, ...] = ()
    date_format: str = ""
    date_evidence: str = ""
    missing: tuple[str, ...] = ()
    negated: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Mapping:
    """How one source is read.

    Attributes
    ----------
    source
        Name of the source.
    table
        The canonical table that its rows fill.
    shape
        One row per record, per event, or per update with the whole record repeated.
    kind
        Kind of every ticket of the source when no column says it.
    kind_evidence
        Why.
    preset
        Name of the preset that fits best, or an empty string.
    roles
        One entry per mapped column.
    unused
        Columns without a role.
    questions
        What could not be decided.
    warnings
        Sentences worth saying.
    """

    source: str
    table: TableName
    shape: Shape
    kind: str
    kind_evidence: str = ""
    preset: str = ""
    roles: tuple[ColumnRole, ...] = ()
    unused: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def of(self, role: str) -> ColumnRole | None:
        """The entry for ``role``, or None when no column fills it."""
        return next((entry for entry in self.roles if entry.role == role), None)
