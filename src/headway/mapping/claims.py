"""Which columns claim which roles by their names, and what their content says to it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from headway.mapping import kinds
from headway.mapping.model import TableName
from headway.mapping.presets import Preset, normalised, presets
from headway.mapping.profile import Profile
from headway.mapping.roles import NEEDED, ROLES

Profiles = dict[str, Profile]
FEWEST = 3  # names that a tool must know before its own meaning of words is believed
_NUMBERED = re.compile(r"(.+) \(\d+\)")


@dataclass(frozen=True, order=True)
class Claim:
    """A column's claim to a role; a smaller ``strength`` is a stronger claim."""

    strength: tuple[int, int]  # place of the preset, tier in it
    role: str
    column: str
    preset: str = ""
    tool: str = ""


@dataclass(frozen=True)
class Choice:
    """The claims that hold in one table, and what was against the others."""

    table: TableName
    chosen: tuple[Claim, ...]
    contests: tuple[tuple[Claim, ...], ...]  # equal claims to one role
    refused: tuple[tuple[Claim, str], ...]  # why the content contradicts the name
    passed: tuple[Claim, ...] = ()  # weaker claims to a role that is filled


def ranked(columns: tuple[str, ...]) -> tuple[Preset, ...]:
    """The preset of the tool that the source comes from, if it is clear, then the generic one.

    Names of another tool's would only mislead: "Started" is a first answer in one tool alone.
    """
    tool = best(columns)
    return (*((tool,) if tool else ()), *(preset for preset in presets() if not preset.tool))


def best(columns: tuple[str, ...]) -> Preset | None:
    """The preset that knows the most of ``columns``, names that few tools use counting more.

    None when it knows fewer than three of them, and not all.
    """
    names = {normalised(column) for column in columns}
    tools = [preset for preset in presets() if preset.tool]
    known = {preset.id: names & _all_names(preset) for preset in tools}
    users = Counter(name for found in known.values() for name in found)
    first = max(tools, key=lambda tool: sum(1 / users[name] for name in known[tool.id]))
    return first if len(known[first.id]) >= min(FEWEST, len(names)) else None


def _all_names(preset: Preset) -> frozenset[str]:
    return frozenset(name for table in preset.names.values() for name in table) | frozenset(
        preset.changes
    )


def claims(columns: tuple[str, ...], table: str, *, of_changes: bool) -> list[Claim]:
    """All claims by name to roles of ``table``, strongest first.

    Of several columns with one name, as tools write a field of several values, the first holds
    the word; instants, ids, numbers and flags have one value, so there all of them claim.
    """
    again = _again(columns)
    found: dict[tuple[str, str], Claim] = {}
    for rank, preset in enumerate(ranked(columns)):
        for column in columns:
            name = normalised(again.get(column, column))
            pairs = preset.names[table].get(name, ())
            if of_changes and table == "tickets":
                pairs = (*preset.changes.get(name, ()), *pairs)
            if column in again:
                pairs = tuple(pair for pair in pairs if ROLES[table][pair[0]] != "word")
            for role, tier in pairs:
                claim = Claim((rank, tier), role, column, preset.id, preset.tool)
                found.setdefault((role, column), claim)
    return sorted(found.values())


def _again(columns: tuple[str, ...]) -> dict[str, str]:
    """The later columns of one name, as the readers number them -> that name."""
    found = ((column, _NUMBERED.fullmatch(column)) for column in columns)
    return {column: name[1] for column, name in found if name and name[1] in columns}


def choose(
    profiles: Profiles, table: TableName, *, given: dict[str, str], of_changes: bool
) -> Choice:
    """Give each role its strongest believable claim, and each column one role.

    ``given`` holds roles and columns that are settled already.
    """
    taken, filled = set(given.values()), set(given)
    chosen: list[Claim] = []
    contests: list[tuple[Claim, ...]] = []
    refused: list[tuple[Claim, str]] = []
    passed: list[Claim] = []
    waiting = claims(tuple(profiles), table, of_changes=of_changes)
    while waiting:
        claim = waiting[0]
        level = [c for c in waiting if (c.strength, c.role) == (claim.strength, claim.role)]
        waiting = [c for c in waiting if c not in level]
        if claim.role in filled:
            passed += level
            continue
        believed = []
        for rival in level:
            if rival.column in taken:
                continue
            why = against(rival, profiles[rival.column], table)
            if why:
                refused.append((rival, why))
            else:
                believed.append(rival)
        if len(believed) > 1:
            contests.append(tuple(believed))
        elif believed:
            chosen.append(believed[0])
        taken.update(rival.column for rival in believed)
        filled.update(rival.role for rival in believed)
    return Choice(table, tuple(chosen), tuple(contests), tuple(refused), tuple(passed))


def against(claim: Claim, seen: Profile, table: str) -> str:
    """What the content says against a claim, in words; empty when nothing does."""
    content = ROLES[table][claim.role]
    if seen.known == 0:
        return "it is empty"
    if claim.role in ("kind", "change_type"):
        return _against_type(claim, seen)
    if content in ("word", "id"):
        return "it holds dates" if seen.looks_dated else ""
    share = seen.fitting(content) / seen.known
    if share >= NEEDED[content]:
        return ""
    noun = {"instant": "dates", "flag": "yes or no", "number": "numbers"}[content]
    few = f"only {share:.0%}" if share else "none"
    return f"{few} of its values are {noun}"


def _against_type(claim: Claim, seen: Profile) -> str:
    """'Type' is a kind of record or a type of change: the values tell which."""
    if seen.typed is not None:
        return "it holds dates"
    words = [str(value).strip().lower() for value in seen.values.slice(0, 50).to_pylist()]
    types = sum(any(word.startswith(t) for t in kinds.CHANGE_TYPES) for word in words)
    known = len(seen.kinds.slice(0, 50)) - seen.kinds.slice(0, 50).null_count
    weak = normalised(claim.column) in ("type", "typ", "art")
    if claim.role == "kind":
        return "its values are no kinds of record" if weak and known * 2 < len(words) else ""
    return "its values are no types of change" if weak and types * 2 < len(words) else ""
