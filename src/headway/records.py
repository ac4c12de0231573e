"""Canonical tables: what every analysis can rely on, whatever tool the records came from.

Instants are ``timestamp[s]`` in UTC without a zone. Words are ``dictionary<int32, string>``; null
means "not known". The contract is described for readers in ``docs/reference/records.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

INSTANT = pa.timestamp("s")
WORD = pa.dictionary(pa.int32(), pa.string())
KINDS = ("incident", "request", "problem", "change", "other")

TICKETS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("kind", WORD, nullable=False),  # one of KINDS
        pa.field("source", WORD, nullable=False),  # name of the file or frame
        pa.field("line", pa.int64(), nullable=False),  # line that holds the record's state
        pa.field("parent_id", pa.string()),
        pa.field("title", pa.string()),
        pa.field("opened_at", INSTANT),
        pa.field("first_response_at", INSTANT),
        pa.field("resolved_at", INSTANT),
        pa.field("closed_at", INSTANT),
        pa.field("updated_at", INSTANT),  # last update or event seen
        pa.field("state", WORD),
        pa.field("priority", WORD),
        pa.field("impact", WORD),
        pa.field("urgency", WORD),
        pa.field("major", pa.bool_()),
        pa.field("service", WORD),
        pa.field("category", WORD),
        pa.field("subcategory", WORD),
        pa.field("configuration_item", WORD),
        pa.field("group", WORD),
        pa.field("assignee", WORD),  # a person: never printed, only counted
        pa.field("requester", WORD),  # a person: never printed, only counted
        pa.field("customer_unit", WORD),
        pa.field("location", WORD),
        pa.field("channel", WORD),
        pa.field("target_due_at", INSTANT),
        pa.field("target_met", pa.bool_()),
        pa.field("first_contact", pa.bool_()),  # resolved at the first contact
        pa.field("reassignments", pa.int32()),
        pa.field("reopens", pa.int32()),
        pa.field("groups_seen", pa.int32()),  # distinct groups that held it, from history
        pa.field("pending_seconds", pa.int64()),  # elapsed, between opened and resolved
        pa.field("change_type", WORD),  # standard, normal, emergency where recognised
        pa.field("risk", WORD),
        pa.field("outcome", WORD),  # successful, failed, or the source's own word
        pa.field("authorised", pa.bool_()),
        pa.field("planned_start_at", INSTANT),
        pa.field("planned_end_at", INSTANT),
        pa.field("actual_start_at", INSTANT),
        pa.field("actual_end_at", INSTANT),
        pa.field("release", WORD),
        pa.field("change_id", pa.string()),
        pa.field("problem_id", pa.string()),
        # Over, by its state or an instant, even where that instant is missing or impossible.
        pa.field("finished", pa.bool_()),
        pa.field("group_returns", pa.int32()),  # moves back to a group that had it, from history
        pa.field("priority_changes", pa.int32()),  # from history
        pa.field("own_seconds", pa.int64()),  # the tool's own duration
    ]
)

EVENTS = pa.schema(
    [
        pa.field("ticket", pa.int32(), nullable=False),  # row of TICKETS
        pa.field("at", INSTANT, nullable=False),
        pa.field("sequence", pa.int64(), nullable=False),  # the source's own, else rank within ties
        pa.field("activity", WORD),
        pa.field("state", WORD),
        pa.field("group", WORD),
    ]
)

FEEDBACK = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("ticket_id", pa.string()),
        pa.field("asked_at", INSTANT),
        pa.field("answered_at", INSTANT),
        pa.field("score", pa.float64()),  # as given; null when not answered
        pa.field("service", WORD),
        pa.field("group", WORD),
        pa.field("customer_unit", WORD),
        pa.field("channel", WORD),
    ]
)

APPROVALS = pa.schema(
    [
        pa.field("ticket_id", pa.string(), nullable=False),
        pa.field("requested_at", INSTANT),
        pa.field("decided_at", INSTANT),
        pa.field("level", WORD),
        pa.field("by_role", WORD),
        pa.field("outcome", WORD),
    ]
)

ALTERATIONS = pa.schema(
    [
        pa.field("configuration_item", WORD),
        pa.field("altered_at", INSTANT, nullable=False),
        pa.field("change_id", pa.string()),
    ]
)

SCHEMAS = {
    "tickets": TICKETS,
    "events": EVENTS,
    "feedback": FEEDBACK,
    "approvals": APPROVALS,
    "alterations": ALTERATIONS,
}
PEOPLE = ("assignee", "requester")


@dataclass(frozen=True)
class Doubt:
    """A fact in the records that cannot be right, or that must be known to read them right.

    Attributes
    ----------
    code
        Stable name such as ``resolved_before_opened`` or ``repeated_backwards``.
    column
        Canonical column, or the source's own name where there is no canonical one.
    count
        Tickets (or rows) concerned.
    examples
        Up to five ids, or values with their line.
    sentence
        What was seen and what was done with it.
    """

    code: str
    column: str
    count: int
    examples: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Records:
    """Checked records of one or several sources.

    Attributes
    ----------
    tickets, events, feedback, approvals, alterations
        Tables with the schemas of this module, sorted by (opened_at, id) where there are tickets.
    rows_read, rows_rejected
        Rows of the sources; ``used = read - rejected``.
    rejects
        (source name, line, reason, column, value) of each row that could not be used.
    doubts
        Facts reported, in order of count.
    extracted_at
        Latest instant seen anywhere in the past of the records: open tickets are censored here.
    date_only
        True when ``opened_at`` carries no clock time, so durations are whole days.
    """

    tickets: pa.Table
    events: pa.Table
    feedback: pa.Table
    approvals: pa.Table
    alterations: pa.Table
    rows_read: int
    rows_rejected: int
    rejects: tuple[tuple[str, int, str, str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    extracted_at: int | None = None  # seconds since 1970-01-01 UTC
    date_only: bool = False
    warnings: tuple[str, ...] = field(default=())

    def __repr__(self) -> str:
        """The number of tickets; the tables hold people and are not shown."""
        return f"Records({self.tickets.num_rows:,} tickets)"


def empty(name: str) -> pa.Table:
    """An empty table with the canonical schema ``name``."""
    return SCHEMAS[name].empty_table()
