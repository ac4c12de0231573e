"""Roles told by content alone, where that is unmistakable."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow.compute as pc

from headway.mapping.claims import Claim
from headway.mapping.profile import Profile
from headway.sources import RawTable

_NUMBERED = r"^[A-Za-z]{1,10}[-_ #]?[A-Za-z]?[0-9]+$"
Refused = tuple[tuple[Claim, str], ...]
Proposal = tuple[str, str]  # column, why


def propose_id(
    raw: RawTable, profiles: Mapping[str, Profile], columns: Mapping[str, str], _: Refused
) -> Proposal | None:
    """The only column in which every row has its own text such as ABC-123."""
    fits = [
        name
        for name, seen in profiles.items()
        if name not in columns.values()
        and seen.typed is None
        and 0 < raw.table.num_rows == len(seen.values)
        and pc.all(pc.match_substring_regex(seen.values, _NUMBERED)).as_py()
    ]
    why = "the only column with a number of its own in every row"
    return (fits[0], why) if len(fits) == 1 else None


def propose_opened(
    _: RawTable, profiles: Mapping[str, Profile], columns: Mapping[str, str], refused: Refused
) -> Proposal | None:
    """The only column of dates, in a source that has an id and no events."""
    if "id" not in columns or {"event_at", "updated_at"} & set(columns):
        return None
    dated = [name for name, seen in profiles.items() if seen.known and seen.looks_dated]
    named = any(claim.role == "opened_at" for claim, _ in refused)
    if len(dated) != 1 or dated[0] in columns.values() or named:
        return None
    return dated[0], "the only column of dates"
