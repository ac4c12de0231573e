"""What a column must hold to fill each role."""

from __future__ import annotations

from typing import Literal

import pyarrow as pa

from headway import records
from headway.mapping.model import TableName

Content = Literal["instant", "flag", "number", "word", "id"]
TABLES: tuple[TableName, ...] = ("tickets", "feedback", "approvals", "alterations")
READING: dict[str, Content] = {
    "event_at": "instant",
    "sequence": "number",
    "activity": "word",
    "duration": "number",
}
_IDS = ("id", "ticket_id", "parent_id", "change_id", "problem_id")
# Filled by Headway, not by a column.
_OWN = ("source", "line", "pending_seconds", "group_returns", "priority_changes", "own_seconds")


def _content(field: pa.Field) -> Content:
    if field.name in _IDS:
        return "id"
    if pa.types.is_timestamp(field.type):
        return "instant"
    if pa.types.is_boolean(field.type):
        return "flag"
    if pa.types.is_integer(field.type) or pa.types.is_floating(field.type):
        return "number"
    return "word"


def _roles(table: str) -> dict[str, Content]:
    roles = {f.name: _content(f) for f in records.SCHEMAS[table] if f.name not in _OWN}
    return roles | READING if table == "tickets" else roles


ROLES: dict[str, dict[str, Content]] = {table: _roles(table) for table in TABLES}
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {  # one of each
    "tickets": (("opened_at", "event_at", "updated_at"),),
    "feedback": (("score",), ("asked_at", "answered_at", "ticket_id")),
    "approvals": (("ticket_id",), ("requested_at", "decided_at")),
    "alterations": (("configuration_item",), ("altered_at",)),
}
# Share of known values that must fit before a name is believed.
NEEDED: dict[Content, float] = {"instant": 0.5, "flag": 0.5, "number": 0.5, "word": 0.0, "id": 0.0}


def all_roles() -> tuple[str, ...]:
    """Every role that an override may name."""
    return tuple(dict.fromkeys(role for table in TABLES for role in ROLES[table]))
