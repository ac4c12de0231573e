"""Tickets that go back and forth between two groups, read from the event history.

A return is the third step of A, B, A: the hand-over to a group that held the ticket just before
the group that gives it away ("ping-pong"; Aalst, Reijers and Song 2005, "Discovering social
networks from event logs", Computer Supported Cooperative Work 14, 549-593, count such hand-overs).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.engine.columns import UNKNOWN, Flags, Ints, codes, instants
from headway.engine.slices import Slicing
from headway.records import Records
from headway.series import Slice

BETWEEN = "between"


@dataclass(frozen=True)
class HandOvers:
    """Every hand-over from one known group to another, in the order of the history.

    Attributes
    ----------
    rows, at
        Ticket and UTC seconds of each, shape (hand-overs,).
    pair
        The two groups that it is between, as a position in ``names``; -1 where one of them must
        not be named.
    returns
        Whether the ticket goes back to the group that had it before.
    names
        Label of each pair.
    """

    rows: Ints
    at: Ints
    pair: Ints
    returns: Flags
    names: tuple[str, ...]

    def of(self, part: Slice) -> Flags:
        """Hand-overs between the groups of one pair, or all of them."""
        if part == Slice():
            return np.ones(len(self.rows), dtype=bool)
        wanted = self.names.index(part.value) if part.value in self.names else -2
        return np.asarray(self.pair == wanted, dtype=bool)


def hand_overs(records: Records, slicing: Slicing) -> HandOvers:
    """The hand-overs of ``records``; only groups that may be printed have a name in a pair.

    A group that is known from the history alone cannot be checked for people and has no name.

    >>> from headway.engine.slices import whole
    >>> from headway.records import empty
    >>> nothing = Records(*(empty(t) for t in
    ...     ("tickets", "events", "feedback", "approvals", "alterations")), 0, 0)
    >>> hand_overs(nothing, whole(nothing)).names
    ()
    """
    group, words = codes(records.events, "group")
    ticket, at = instants(records.events, "ticket"), instants(records.events, "at")
    kept = (group >= 0) & (at != UNKNOWN)
    order = np.argsort(ticket[kept], kind="stable")
    group, ticket, at = (column[kept][order] for column in (group, ticket, at))
    moved = np.append(True, (group[1:] != group[:-1]) | (ticket[1:] != ticket[:-1]))[: len(group)]
    group, ticket, at = group[moved], ticket[moved], at[moved]
    step = np.flatnonzero(ticket[1:] == ticket[:-1]) + 1
    back = (step >= 2) & (ticket[step] == ticket[step - 2]) & (group[step] == group[step - 2])
    pair, names = _pairs(group[step - 1], group[step], words, _shown(records, slicing))
    return HandOvers(ticket[step], at[step], pair, np.asarray(back, dtype=bool), names)


def _shown(records: Records, slicing: Slicing) -> frozenset[str]:
    """Groups that may be named: they hold tickets, and enough people are behind them."""
    row_codes, words = codes(records.tickets, "group")
    used = {words[code] for code in np.unique(row_codes[row_codes >= 0])}
    return frozenset(used) - slicing.hidden("group")


def _pairs(
    one: Ints, other: Ints, words: tuple[str, ...], shown: frozenset[str]
) -> tuple[Ints, tuple[str, ...]]:
    """Position of each unordered pair of groups among the labels."""
    ranks = np.argsort(np.argsort(np.array(words, dtype=object), kind="stable"), kind="stable")
    place = np.where([word in shown for word in words], ranks, -1).astype(np.int64)
    first, second = np.minimum(place[one], place[other]), np.maximum(place[one], place[other])
    named = np.flatnonzero(first >= 0)
    size = max(len(words), 1)
    found, position = np.unique(first[named] * size + second[named], return_inverse=True)
    pair = np.full(len(one), -1, dtype=np.int64)
    pair[named] = position
    ordered = sorted(words)
    names = tuple(f"{ordered[key // size]} and {ordered[key % size]}" for key in found.tolist())
    return pair, names
