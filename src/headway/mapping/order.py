"""The formats of all dates of one source; an order that one column proves holds for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from headway.errors import MappingError
from headway.mapping.dates import DateDecision, Order
from headway.mapping.model import Question
from headway.mapping.profile import Profile
from headway.mapping.roles import ROLES


@dataclass(frozen=True)
class Reading:
    """How each instant is read, and what is still open."""

    decisions: dict[str, DateDecision]  # role -> decision
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]


def read_dates(
    source: str,
    profiles: Mapping[str, Profile],
    columns: Mapping[str, str],
    table: str,
    order: Order | None,
) -> Reading:
    """Decide the formats of the columns that fill instants.

    Raises
    ------
    MappingError
        When no date of ``opened_at``, or of the events, can be read.
    """
    roles = ROLES[table]
    instants = {role: profiles[c] for role, c in columns.items() if roles[role] == "instant"}
    own = {role: _own(seen) for role, seen in instants.items()}
    proofs = {d.proven: instants[r].name for r, d in own.items() if d.proven}
    decisions = {
        role: _settled(instants[role], decision, order, proofs) for role, decision in own.items()
    }
    for role in ("opened_at", "event_at"):
        if role in decisions and decisions[role].parsed == 0 and instants[role].known:
            values = instants[role].values.slice(0, 2).to_pylist()
            raise unreadable(source, instants[role].name, values)
    open_ = [role for role, decision in decisions.items() if not decision.format]
    warnings = tuple(
        f"One value of column '{instants[role].name}' is no date in its format."
        if decision.unparsed == 1
        else f"{decision.unparsed:,} values of column '{instants[role].name}' are no dates in its "
        "format."
        for role, decision in decisions.items()
        if decision.unparsed and decision.format
    )
    return Reading(decisions, _questions(source, instants, decisions, open_), warnings)


def unreadable(source: str, column: str, values: Sequence[str]) -> MappingError:
    """The error for a column of dates in which nothing is a date."""
    if not values:
        return MappingError(
            f"Column '{column}' of {source} is empty: "
            "name another column of dates with --map opened_at=COLUMN."
        )
    such = " and ".join(f"'{' '.join(value.split())[:40]}'" for value in values)
    return MappingError(
        f"Column '{column}' of {source} holds no readable dates (such as {such}): "
        "correct it, or name another column with --map opened_at=COLUMN."
    )


def _own(seen: Profile) -> DateDecision:
    if seen.typed is None:
        return seen.dates(None) if seen.known and not seen.decision.parsed else seen.decision
    zoned = seen.typed.tz is not None
    kind = "typed-utc" if zoned else "typed"
    words = "instants with a zone" if zoned else "instants without a zone"
    return DateDecision(kind, words, seen.known, 0, False, False, has_zone=zoned)


def _settled(
    seen: Profile, own: DateDecision, order: Order | None, proofs: Mapping[Order, str]
) -> DateDecision:
    if own.format:
        return own
    if order:
        return seen.dates(order)
    if len(proofs) == 1 and own.ambiguous:
        proven, column = next(iter(proofs.items()))
        words = str(proven).replace("-", " ")
        evidence = f"{words}, as proven by column '{column}' of the same file"
        return replace(seen.dates(proven), evidence=evidence)
    return own


def _questions(
    source: str,
    instants: Mapping[str, Profile],
    decisions: Mapping[str, DateDecision],
    open_: Sequence[str],
) -> tuple[Question, ...]:
    """One question for all columns whose order is open: the answer holds for all of them."""
    if not open_:
        return ()
    names = ", ".join(f"'{instants[role].name}'" for role in open_)
    example = next(iter(instants[open_[0]].values.to_pylist()), "")
    clash = next((decisions[role] for role in open_ if decisions[role].contradicted), None)
    column = "Column" if len(open_) == 1 else "Columns"
    why = clash.evidence if clash else f"dates such as '{example}' can be read two ways"
    return (
        Question(
            instants[open_[0]].name,
            f"{column} {names} of {source}: {why}.",
            "--date-order day-first or --date-order month-first",
            blocking=True,
        ),
    )
