"""Which parts of the records are looked at, and which are masked because few people are in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from headway.engine.columns import Codes, Flags, Ints, codes, known
from headway.engine.people import people_of
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
DENSE = 50_000_000  # cells of a table of slices and people that is still cheaper than a sort


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
    and locations also the distinct requesters wherever requesters are known. A slice whose value
    names a known person is masked as well. ``all`` is never masked. A dimension with a single value
    adds nothing to ``all`` and has no slices. An empty value is no slice.

    >>> from headway.records import Records, empty
    >>> nothing = Records(*(empty(t) for t in
    ...     ("tickets", "events", "feedback", "approvals", "alterations")), 0, 0)
    >>> enumerate_slices(nothing).labels
    (('all', ''),)
    """
    people = people_of(records)
    parts = list(whole(records).dimensions)
    for name in DIMENSIONS:
        column = codes(records.tickets, name)
        crowded = np.array([not people.named_by(word or "") for word in column[1]], dtype=bool)
        for role in counted(records, (name,)):
            who = codes(records.tickets, role)[0]
            crowded &= distinct(column[0], who, len(column[1])) >= minimum_people
        parts.append(_dimension(name, column, crowded, minimum_tickets))
    return Slicing(tuple(parts), minimum_people)


def whole(records: Records) -> Slicing:
    """The slicing that looks at ``all`` only."""
    everything = Dimension("all", ("",), np.zeros(records.tickets.num_rows, dtype=np.int32))
    return Slicing((everything,), 0)


def counted(records: Records, dimensions: Iterable[str]) -> tuple[str, ...]:
    """Columns of people of whom enough must stand behind a part chosen by these dimensions."""
    roles = PEOPLE if not set(REQUESTED_BY).isdisjoint(dimensions) else ("assignee",)
    return tuple(role for role in roles if known(records.tickets, role))


def distinct(part: Codes | Ints, who: Codes, parts: int) -> Ints:
    """Number of different people in each part; rows with a negative code count nowhere."""
    both = (part >= 0) & (who >= 0)
    people = int(who.max(initial=0)) + 1
    pairs = part[both].astype(np.int64) * people + who[both]
    if parts * people <= DENSE:
        seen = np.zeros(parts * people, dtype=bool)
        seen[pairs] = True
        return np.asarray(seen.reshape(parts, people).sum(axis=1), dtype=np.int64)
    pairs.sort()
    first = np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]
    return np.bincount(pairs[first] // people, minlength=parts)


def _dimension(
    name: str, column: tuple[Codes, tuple[str, ...]], crowded: Flags, minimum_tickets: int
) -> Dimension:
    row_codes, words = column
    count = np.bincount(row_codes + 1, minlength=len(words) + 1)
    tickets = count[1:]
    used = tickets > 0
    large = tickets >= max(minimum_tickets, 1)
    several = np.count_nonzero(used) > 1
    kept = sorted(np.flatnonzero(crowded & large & several).tolist(), key=words.__getitem__)
    row_of = np.full(len(words) + 1, -1, dtype=np.int32)  # the last one serves the code -1
    row_of[kept] = np.arange(len(kept), dtype=np.int32)
    return Dimension(
        name,
        tuple(words[code] for code in kept),
        row_of[row_codes],
        frozenset(words[code] for code in np.flatnonzero(used & ~crowded)),
        int(np.count_nonzero(crowded & used & ~large & several)),
        int(count[0]),
    )
