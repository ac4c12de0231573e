"""The kind of a source's tickets, from a column, their numbers, the columns there are, its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from headway.mapping.presets import normalised
from headway.mapping.profile import Profile

_FILE = (
    ("problem", re.compile(r"problem", re.IGNORECASE)),
    ("change", re.compile(r"change|(?<![a-z])rfc|änderung", re.IGNORECASE)),
    ("request", re.compile(r"request|anfrage|(?<![a-z])ritm", re.IGNORECASE)),
    ("incident", re.compile(r"incident|störung|stoerung", re.IGNORECASE)),
)
_COLUMNS = {
    "incident state": "incident",
    "problem state": "problem",
    "caller id": "incident",
    "requested for": "request",
}
_OF_CHANGES = ("change_type", "risk", "planned_start_at", "planned_end_at", "authorised", "outcome")


@dataclass(frozen=True)
class Kind:
    """The kind of tickets that no column tells, why, and the column whose numbers tell it."""

    kind: str
    evidence: str
    column: str
    of_changes: bool = False


def kind_of(source: str, profiles: Mapping[str, Profile], columns: Mapping[str, str]) -> Kind:
    """The kind of the tickets of ``source``; ``columns`` holds role -> column."""
    if "kind" in columns:
        named = set(profiles[columns["kind"]].kinds.to_pylist())
        words = f"column '{columns['kind']}' says it"
        return Kind("other", words, "", "change" in named)
    by_number = _by_number(profiles, columns)
    if by_number:
        return by_number
    for name in profiles:
        if normalised(name) in _COLUMNS:
            return Kind(_COLUMNS[normalised(name)], f"it has a column '{name}'", "")
    signs = [columns[role] for role in _OF_CHANGES if role in columns]
    if len(signs) >= 3:
        return Kind("change", f"it has the columns {', '.join(signs)}", "", True)
    for kind, pattern in _FILE:
        if pattern.search(source):
            return Kind(kind, f"the name '{source}' says it", "", kind == "change")
    return Kind("other", "no column, number or name says it", "")


def _by_number(profiles: Mapping[str, Profile], columns: Mapping[str, str]) -> Kind | None:
    """Numbers such as INC0000045; several kinds in one source are told row by row."""
    if "id" not in columns or profiles[columns["id"]].typed is not None:
        return None
    seen = profiles[columns["id"]]
    known = len(seen.kinds) - seen.kinds.null_count
    if not known or known < 0.9 * len(seen.kinds):
        return None
    found = sorted({kind for kind in seen.kinds.to_pylist() if kind})
    example = next(v for v, k in zip(seen.values, seen.kinds, strict=True) if k.is_valid)
    why = f"numbers such as {example} in column '{seen.name}'"
    if len(found) == 1:
        return Kind(found[0], why, "", found == ["change"])
    return Kind("other", why, seen.name, "change" in found)
