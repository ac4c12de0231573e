"""Which column is which: by name, confirmed by content, with the evidence said."""

from __future__ import annotations

import shlex
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass

from headway.errors import MappingError
from headway.mapping import overrides as given_roles
from headway.mapping.claims import Choice, Profiles, best, choose
from headway.mapping.dates import Order
from headway.mapping.entries import entry
from headway.mapping.kind import Kind, kind_of
from headway.mapping.model import ColumnRole, Mapping, Question, Shape
from headway.mapping.order import Reading, read_dates, unreadable
from headway.mapping.profile import profile
from headway.mapping.proposals import propose_id, propose_opened
from headway.mapping.roles import REQUIRED, ROLES, TABLES
from headway.mapping.saved import Saved, SavedSource
from headway.mapping.shape import shape
from headway.sources import RawTable


@dataclass(frozen=True)
class _Found:
    """What is settled about one source, on the way to its mapping."""

    raw: RawTable
    profiles: Profiles
    choice: Choice
    columns: dict[str, str]  # role -> column
    given: dict[str, str]
    proposed: dict[str, str]  # role -> why
    how: str  # of the given roles


def detect(
    raw: RawTable,
    *,
    overrides: Pairs[str, str] | None = None,
    saved: Saved | None = None,
    date_order: Order | None = None,
) -> Mapping:
    """Find which column of ``raw`` fills which role.

    Parameters
    ----------
    raw
        A source as read.
    overrides
        Role -> column, from ``headway.mapping.overrides.parse``; an empty column leaves the role
        unfilled. They hold against everything.
    saved
        Mappings saved before; one with the same columns is used as it stands.
    date_order
        For columns whose values do not prove it.

    Raises
    ------
    MappingError
        When an override cannot hold, or nothing says when tickets were opened.
    """
    given = dict(overrides or {})
    given_roles.check(given)
    given_roles.check_columns(given, raw.table.column_names)
    known = saved.find(raw.table.column_names) if saved else None
    profiles = {name: profile(name, raw.table.column(name)) for name in raw.table.column_names}
    if known is not None:
        return _as_saved(raw, profiles, known, given, date_order)
    choice, kind = _choice(raw, profiles, given)
    columns = {claim.role: claim.column for claim in choice.chosen} | _filled(given)
    found = _Found(raw, profiles, choice, columns, given, {}, "given with --map")
    if choice.table == "tickets":
        _propose(found)
    return _mapping(found, kind, None, date_order)


def detect_all(
    raws: Sequence[RawTable],
    *,
    overrides: Pairs[str, str] | None = None,
    saved: Saved | None = None,
    date_order: Order | None = None,
) -> tuple[Mapping, ...]:
    """``detect`` for several sources read together; an override holds where its column is.

    Raises
    ------
    MappingError
        As ``detect``, and when no source has the column of an override.
    """
    given = dict(overrides or {})
    given_roles.check_columns(given, (name for raw in raws for name in raw.table.column_names))
    return tuple(
        detect(
            raw,
            overrides={
                role: column
                for role, column in given.items()
                if not column or column in raw.table.column_names
            },
            saved=saved,
            date_order=date_order,
        )
        for raw in raws
    )


def check(mapping: Mapping) -> None:
    """Raise MappingError for the first question that must be answered before an analysis."""
    for question in mapping.questions:
        if question.blocking:
            text = question.sentence.removesuffix(".")
            raise MappingError(f"{text}: decide with {question.option}.")


def _filled(given: Pairs[str, str]) -> dict[str, str]:
    return {role: column for role, column in given.items() if column}


def _as_saved(
    raw: RawTable,
    profiles: Profiles,
    known: SavedSource,
    given: dict[str, str],
    date_order: Order | None,
) -> Mapping:
    mine = set(_filled(given).values())
    kept = {r: c for r, c in known.roles.items() if r not in given and c not in mine}
    choice = Choice(known.table, (), (), ())
    columns = kept | _filled(given)
    found = _Found(raw, profiles, choice, columns, kept | given, {}, "from the saved mapping")
    kind = Kind(known.kind, "from the saved mapping", "")
    return _mapping(found, kind, known, date_order or known.date_order)


def _choice(raw: RawTable, profiles: Profiles, given: dict[str, str]) -> tuple[Choice, Kind]:
    """The table that the columns fit best, with the claims that hold in it."""
    tables = [table for table in TABLES if all(role in ROLES[table] for role in _filled(given))]
    if not tables:
        raise MappingError(
            f"The roles {', '.join(_filled(given))} belong to different tables: "
            "give the --map options of one table only."
        )
    choices = {t: choose(profiles, t, given=given, of_changes=False) for t in tables}
    table = max(tables, key=lambda t: (_complete(choices[t], given), _explained(choices[t], given)))
    if table != "tickets":
        return choices[table], Kind("other", "", "")
    kind = kind_of(raw.name, profiles, _roles(choices[table], given))
    if kind.of_changes:
        return choose(profiles, table, given=given, of_changes=True), kind
    return choices[table], kind


def _roles(choice: Choice, given: Pairs[str, str]) -> dict[str, str]:
    return {claim.role: claim.column for claim in choice.chosen} | _filled(given)


def _complete(choice: Choice, given: Pairs[str, str]) -> bool:
    there = set(_roles(choice, given)) | {contest[0].role for contest in choice.contests}
    return all(there & set(needed) for needed in REQUIRED[choice.table])


def _explained(choice: Choice, given: Pairs[str, str]) -> int:
    return len(_roles(choice, given)) + len(choice.contests)


def _propose(found: _Found) -> None:
    """Fill ``id`` and ``opened_at`` by content where that is unmistakable."""
    contested = {contest[0].role for contest in found.choice.contests}
    for role, propose in (("id", propose_id), ("opened_at", propose_opened)):
        if role in found.columns or role in contested or role in found.given:
            continue
        proposal = propose(found.raw, found.profiles, found.columns, found.choice.refused)
        if proposal is not None:
            found.columns[role], found.proposed[role] = proposal


def _mapping(
    found: _Found, kind: Kind, known: SavedSource | None, date_order: Order | None
) -> Mapping:
    columns = found.columns
    rows: Shape = "record"
    why = ""
    if found.choice.table == "tickets":
        rows, why = (known.shape, "") if known else shape(found.raw, columns)
        columns = _named_for(rows, columns)
        if kind.column:
            columns = {**columns, "kind": kind.column}
    profiles, doubts = _proven_markers(found, columns)
    reading = read_dates(found.raw.name, profiles, columns, found.choice.table, date_order)
    contests = _contests(found)
    _require(found, columns, contests)
    taken = set(columns.values())
    preset = best(tuple(found.profiles))
    return Mapping(
        source=found.raw.name,
        table=found.choice.table,
        shape=rows,
        kind=kind.kind,
        kind_evidence=kind.evidence,
        preset=preset.id if preset else "",
        roles=_entries(found, columns, profiles, reading),
        unused=tuple(name for name in found.profiles if name not in taken),
        questions=(*contests, *reading.questions),
        warnings=(*_warnings(found, columns, why), *reading.warnings, *doubts),
    )


def _named_for(rows: Shape, columns: dict[str, str]) -> dict[str, str]:
    """The time of an update is an event's time in a history, and an update's in a record."""
    old, new = ("event_at", "updated_at") if rows == "record" else ("updated_at", "event_at")
    if rows == "record" and "opened_at" not in columns:
        new = "opened_at"
    if old not in columns or new in columns:
        return columns
    return {(new if role == old else role): column for role, column in columns.items()}


def _contests(found: _Found) -> tuple[Question, ...]:
    questions = []
    for contest in found.choice.contests:
        role, names = contest[0].role, [claim.column for claim in contest]
        if role in found.columns:
            continue
        questions.append(
            Question(
                role,
                f"Columns {' and '.join(repr(name) for name in names)} of {found.raw.name} "
                f"both claim '{role}'.",
                " or ".join(f"--map {option(role, name)}" for name in names),
                blocking=True,
            )
        )
    return tuple(questions)


def option(role: str, column: str) -> str:
    """``role=column``, quoted for a shell where it must be."""
    return shlex.quote(f"{role}={column}")


def _require(found: _Found, columns: dict[str, str], contests: tuple[Question, ...]) -> None:
    asked = {question.subject for question in contests}
    if found.choice.table != "tickets" or asked & {"opened_at", "event_at"}:
        return
    if "opened_at" in columns or "event_at" in columns:
        return
    for claim, _ in found.choice.refused:
        if claim.role == "opened_at":
            values = found.profiles[claim.column].values.slice(0, 2).to_pylist()
            raise unreadable(found.raw.name, claim.column, values)
    dated = [name for name, seen in found.profiles.items() if seen.looks_dated]
    free = next((name for name in dated if name not in columns.values()), "COLUMN")
    raise MappingError(
        f"No column of {found.raw.name} says when a ticket was opened (found: "
        f"{', '.join(found.profiles)}): name it with --map {option('opened_at', free)}."
    )


def _entries(
    found: _Found, columns: dict[str, str], profiles: Profiles, reading: Reading
) -> tuple[ColumnRole, ...]:
    claims = {claim.column: claim for claim in found.choice.chosen}
    order = list(ROLES[found.choice.table])
    taken = set(columns.values())
    passed = [claim for claim in found.choice.passed if claim.column not in taken]
    why = dict.fromkeys(found.given, found.how) | found.proposed
    return tuple(
        entry(
            role,
            profiles[column],
            found.choice.table,
            claim=claims.get(column),
            weaker=tuple(claim.column for claim in passed if claim.role == role),
            given=why.get(role, ""),
            certain=role in found.given,
            decision=reading.decisions.get(role),
        )
        for role, column in sorted(columns.items(), key=lambda pair: order.index(pair[0]))
    )


def _proven_markers(found: _Found, columns: dict[str, str]) -> tuple[Profiles, tuple[str, ...]]:
    """Doubtful words such as 'None' are markers where a column of dates or numbers holds them."""
    table = ROLES[found.choice.table]
    strict = [c for role, c in columns.items() if table[role] not in ("word", "id")]
    proven = tuple({w.strip().lower() for c in strict for w, _ in found.profiles[c].doubtful})
    profiles = {name: seen.without(proven) for name, seen in found.profiles.items()}
    doubts = tuple(
        f"Column '{column}' holds '{word}' in {rows:,} rows: it is read as a value, not as missing."
        for column in columns.values()
        for word, rows in profiles[column].doubtful
    )
    return profiles, doubts


def _warnings(found: _Found, columns: dict[str, str], why: str) -> tuple[str, ...]:
    said = [
        f"Column '{claim.column}' is named like '{claim.role}', but {reason}: it is not used."
        for claim, reason in found.choice.refused
        if claim.role not in columns and claim.column not in columns.values()
    ]
    asked = {contest[0].role for contest in found.choice.contests}
    if found.choice.table == "tickets" and "id" not in {*columns, *asked}:
        said.append(
            f"No column of {found.raw.name} holds an id: each row is one ticket, known by its line."
        )
    if "differ in no" in why:
        said.append(f"{found.raw.name} has {why}: rows with the same id are duplicates.")
    return tuple(dict.fromkeys(said))
