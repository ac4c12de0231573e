"""Which parts of the records are looked at, and which are masked because few people are in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.engine.columns import Codes, Flags, Ints, codes, known
from headway.records import PEOPLE, Records

DIMENSIONS = (
    "kind",
    "service",
    "category",
    "group",
    "priority",
    "channel",
    "customer_unit",
    "location",
)
REQUESTED_BY = ("customer_unit", "location")  # few requesters identify a person here
MINIMUM_TICKETS = 20


@dataclass(frozen=True)
class Dimension:
    """The slices of one dimension.

    Attributes
    ----------
    name
        ``all`` or a column of DIMENSIONS.
    values
        Names of the slices that are looked at, sorted, shape (slices,).
    rows
        Slice of each ticket, -1 for none of them, shape (tickets,).
    masked
        Names withheld because fewer than the minimum of people are behind them, or because they
        are a person's name. They must not be printed.
    small
        Slices left out because they hold too few tickets for any verdict.
    without_value
        Tickets whose column is empty; they count in ``all`` and in no slice.
    """

    name: str
    values: tuple[str, ...]
    rows: Codes
    masked: frozenset[str] = frozenset()
    small: int = 0
    without_value: int = 0


@dataclass(frozen=True)
class Slicing:
    """Every slice of a scan, ``all`` first, then the dimensions in a fixed order."""

    dimensions: tuple[Dimension, ...]
    minimum_people: int

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """(dimension, value) of every slice, in the order of the rows of a panel."""
        return tuple((d.name, value) for d in self.dimensions for value in d.values)

    @property
    def masked(self) -> int:
        """Number of slices withheld to protect people."""
        return sum(len(d.masked) for d in self.dimensions)

    @property
    def small(self) -> int:
        """Number of slices with too few tickets to be looked at."""
        return sum(d.small for d in self.dimensions)

    def hidden(self, dimension: str) -> frozenset[str]:
        """Names of a dimension that must not be printed."""
        return next((d.masked for d in self.dimensions if d.name == dimension), frozenset())


def enumerate_slices(
    records: Records, *, minimum_people: int = 5, minimum_tickets: int = MINIMUM_TICKETS
) -> Slicing:
    """Slices by each dimension, without those that would show the work of a few people.

    People are the distinct assignees wherever assignees are known at all, and for customer units
    and locations also the distinct requesters wherever requesters are known. A slice named like a
    known person is masked as well. ``all`` is never masked. A dimension with a single value adds
    nothing to ``all`` and has no slices. An empty value is no slice.

    >>> from headway.records import Records, empty
    >>> nothing = Records(*(empty(t) for t in
    ...     ("tickets", "events", "feedback", "approvals", "alterations")), 0, 0)
    >>> enumerate_slices(nothing).labels
    (('all', ''),)
    """
    tickets = records.tickets
    people = {name: codes(tickets, name) for name in PEOPLE if known(tickets, name)}
    names = person_names(records)
    whole = Dimension("all", ("",), np.zeros(tickets.num_rows, dtype=np.int32))
    parts = [whole]
    for name in DIMENSIONS:
        row_codes, words = codes(tickets, name)
        count = np.bincount(row_codes + 1, minlength=len(words) + 1)
        if np.count_nonzero(count[1:]) < 2:
            masked_only = _masked_only(words, count, names)
            parts.append(_none(name, tickets.num_rows, masked_only, int(count[0])))
            continue
        crowded = np.ones(len(words), dtype=bool)
        for role, (who, known_people) in people.items():
            if role == "assignee" or name in REQUESTED_BY:
                crowded &= _distinct(row_codes, who, len(words), len(known_people)) >= (
                    minimum_people
                )
        crowded &= np.array([_folded(w) not in names for w in words], dtype=bool)
        parts.append(_dimension(name, row_codes, words, count, crowded, minimum_tickets))
    return Slicing(tuple(parts), minimum_people)


def person_names(records: Records) -> frozenset[str]:
    """Every assignee and requester, without case and surrounding blanks. Never to be printed."""
    return frozenset(
        _folded(word) for name in PEOPLE for word in codes(records.tickets, name)[1] if word
    )


def _folded(word: str | None) -> str:
    return (word or "").strip().casefold()


def _masked_only(words: tuple[str, ...], count: Ints, names: frozenset[str]) -> frozenset[str]:
    used = (w for w, c in zip(words, count[1:].tolist(), strict=True) if c)
    return frozenset(w for w in used if _folded(w) in names)


def _none(name: str, tickets: int, masked: frozenset[str], without_value: int) -> Dimension:
    nowhere = np.full(tickets, -1, dtype=np.int32)
    return Dimension(name, (), nowhere, masked, without_value=without_value)


def _distinct(row_codes: Codes, who: Codes, slices: int, people: int) -> Ints:
    both = (row_codes >= 0) & (who >= 0)
    pairs = np.unique(row_codes[both].astype(np.int64) * people + who[both])
    return np.bincount(pairs // max(people, 1), minlength=slices)


def _dimension(
    name: str,
    row_codes: Codes,
    words: tuple[str, ...],
    count: Ints,
    crowded: Flags,
    minimum_tickets: int,
) -> Dimension:
    tickets = count[1:]
    kept = np.flatnonzero(crowded & (tickets >= minimum_tickets))
    ordered = sorted(kept.tolist(), key=lambda code: words[code])
    row_of = np.full(len(words) + 1, -1, dtype=np.int32)  # the last one serves the code -1
    row_of[ordered] = np.arange(len(ordered), dtype=np.int32)
    return Dimension(
        name,
        tuple(words[code] for code in ordered),
        row_of[row_codes],
        frozenset(words[code] for code in np.flatnonzero((tickets > 0) & ~crowded)),
        int(np.count_nonzero(crowded & (tickets > 0) & (tickets < minimum_tickets))),
        int(count[0]),
    )
