"""Simulated tickets, one row per record, with headings as a tool exports them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from headway.errors import OptionError
from headway.simulate import catalogue as c
from headway.simulate.desk import (
    DAY,
    Desk,
    Floats,
    Ints,
    Random,
    after_work,
    arrivals,
    days_off,
    instants,
    numbers,
    pick,
    seconds,
    words,
)
from headway.simulate.truths import Truth

STATES = ("New", "In progress", "On hold", "Resolved", "Closed")
SERVICE_NAMES = tuple(service.name for service in c.SERVICES)
WEIGHTS = np.array([service.categories for service in c.SERVICES], dtype=np.float64)
# Share of each (service, category) pair among all tickets.
JOINT = (
    np.array([service.share for service in c.SERVICES])[:, None]
    * WEIGHTS
    / WEIGHTS.sum(axis=1, keepdims=True)
)
JOINT /= JOINT.sum()


@dataclass(frozen=True)
class _Facts:
    """What was drawn for each ticket, as codes of the catalogue and seconds."""

    opened: Ints
    service: Ints
    category: Ints
    group: Ints
    priority: Ints
    kind: Ints

    def column(self, heading: str) -> tuple[Ints, tuple[str, ...]]:
        columns = {
            "Service": (self.service, SERVICE_NAMES),
            "Category": (self.category, c.CATEGORIES),
            "Assignment group": (self.group, c.GROUPS),
            "Priority": (self.priority, c.PRIORITIES),
            "Type": (self.kind, c.TYPES),
        }
        if heading not in columns:
            raise OptionError(f"No truth can be planted by {heading!r}; take {', '.join(columns)}.")
        return columns[heading]


@dataclass(frozen=True)
class _Drawn:
    """When tickets are opened, and their (service, category) pair as one code."""

    opened: Ints
    pair: Ints


def tickets(desk: Desk) -> pa.Table:
    """Tickets of a desk as its tool would export them.

    Returns
    -------
    pyarrow.Table
        One row per record in order of opening; instants are ``timestamp[s]``, null where
        the ticket is still open when the extract is drawn.

    Examples
    --------
    >>> table = tickets(Desk(weeks=4, tickets_per_week=50))
    >>> table.column_names[:4]
    ['Number', 'Type', 'Opened', 'First response']
    """
    random = desk.random(1)
    facts = _facts(desk, random)
    responded, resolved = _times(desk, facts, random)
    return pa.table(_columns(desk, facts, responded, resolved, random))


def _facts(desk: Desk, random: Random) -> _Facts:
    opened = arrivals(desk, random, per_week=desk.tickets_per_week)
    drawn = _Drawn(opened, pick(random, tuple(JOINT.ravel()), len(opened)))
    for truth in desk.truth("arrivals"):
        drawn = _surge(desk, truth, drawn, random)
    service, category = np.divmod(drawn.pair, JOINT.shape[1])
    size = len(service)
    main = np.array([c.GROUPS.index(entry.group) for entry in c.SERVICES])
    elsewhere = random.random(size)
    group = np.where(elsewhere < 0.15, 0, main[service])
    group = np.where(elsewhere > 0.92, random.integers(0, len(c.GROUPS), size), group)
    return _Facts(
        opened=drawn.opened,
        service=service,
        category=category,
        group=group,
        priority=pick(random, c.PRIORITY_SHARES, size),
        kind=pick(random, c.TYPE_SHARES, size),
    )


def _surge(desk: Desk, truth: Truth, drawn: _Drawn, random: Random) -> _Drawn:
    """More (or fewer) tickets of one service or category from a day on."""
    weights = np.where(_pairs_of(truth), JOINT, 0).ravel()
    since = seconds(truth.since)
    if truth.factor < 1:
        concerned = (weights[drawn.pair] > 0) & (drawn.opened >= since)
        kept = ~concerned | (random.random(len(concerned)) < truth.factor)
        return _Drawn(drawn.opened[kept], drawn.pair[kept])
    days = np.arange(desk.weeks * 7) * DAY + seconds(desk.start)
    share = weights.sum() * (truth.factor - 1) * (days >= since)
    extra = arrivals(desk, random, per_week=desk.tickets_per_week * share)
    opened = np.concatenate([drawn.opened, extra])
    pair = np.concatenate([drawn.pair, pick(random, tuple(weights), len(extra))])
    order = np.argsort(opened, kind="stable")
    return _Drawn(opened[order], pair[order])


def _pairs_of(truth: Truth) -> npt.NDArray[np.bool_]:
    """The (service, category) pairs in the slice of a truth about arrivals."""
    is_in = np.zeros(JOINT.shape, bool)
    match truth.column:
        case "":
            is_in[:] = True
        case "Service":
            is_in[_code(truth, SERVICE_NAMES)] = True
        case "Category":
            is_in[:, _code(truth, c.CATEGORIES)] = True
        case _:
            raise OptionError(
                f"Arrivals cannot be planted by {truth.column!r}; take 'Service' or 'Category'."
            )
    return is_in


def _code(truth: Truth, values: tuple[str, ...]) -> int:
    if truth.value not in values:
        raise OptionError(
            f"No {truth.column} of the simulated desk is named {truth.value!r}; "
            f"take one of: {', '.join(values)}."
        )
    return values.index(truth.value)


def _effect(desk: Desk, metric: str, facts: _Facts) -> Floats:
    """The factor of the planted truths about one metric, for each ticket."""
    factor = np.ones(len(facts.opened))
    for truth in desk.truth(metric):
        concerned = facts.opened >= seconds(truth.since)
        if truth.column:
            codes, values = facts.column(truth.column)
            concerned &= codes == _code(truth, values)
        factor[concerned] *= truth.factor
    return factor


def _times(desk: Desk, facts: _Facts, random: Random) -> tuple[Ints, Ints]:
    size = len(facts.opened)
    median = np.array([service.median_hours for service in c.SERVICES])[facts.service]
    median = median * np.array(c.PRIORITY_FACTORS)[facts.priority]
    median = median * np.array(c.TYPE_FACTORS)[facts.kind]
    median = median * _effect(desk, "time_to_resolve", facts)
    hours = median * np.exp(random.normal(0, desk.spread, size))
    off = days_off(desk)
    resolved = after_work(facts.opened, hours + 1 / 60, off)
    wait = 0.05 * median * np.exp(random.normal(0, 0.8, size))
    responded = after_work(facts.opened, wait + 1 / 120, off)
    return np.minimum(responded, resolved), resolved


def _columns(
    desk: Desk, facts: _Facts, responded: Ints, resolved: Ints, random: Random
) -> dict[str, pa.Array]:
    size = len(facts.opened)
    until = desk.extracted_at
    closed = resolved + 3 * DAY + random.integers(0, 2 * DAY, size)
    is_done, is_closed, is_answered = resolved < until, closed < until, responded < until
    due = facts.opened + np.array(c.TARGET_HOURS)[facts.priority] * 3600
    reopened = np.array(c.REOPENED)[facts.group] * _effect(desk, "reopened_share", facts)
    reopens = (random.random(size) < reopened) * (1 + (random.random(size) < 0.1)) * is_done
    requester = random.integers(0, c.REQUESTERS, size)
    person = facts.group * c.PEOPLE_PER_GROUP + random.integers(0, c.PEOPLE_PER_GROUP, size)
    return {
        "Number": numbers("TKT", size),
        "Type": words(facts.kind, c.TYPES),
        "Opened": instants(facts.opened),
        "First response": instants(responded, is_answered),
        "Resolved": instants(resolved, is_done),
        "Closed": instants(closed, is_closed),
        "State": words(_states(is_answered, is_done, is_closed, random), STATES),
        "Priority": words(facts.priority, c.PRIORITIES),
        "Service": words(facts.service, SERVICE_NAMES),
        "Category": words(np.where(random.random(size) < 0.03, -1, facts.category), c.CATEGORIES),
        "Subcategory": words(random.integers(0, len(c.SUBCATEGORIES), size), c.SUBCATEGORIES),
        "Configuration item": _items(facts, random),
        "Assignment group": words(facts.group, c.GROUPS),
        "Assigned to": words(np.where(is_answered, person, -1), c.NAMES),
        # From the other end of the names, so that nobody is on both sides of the desk.
        "Requested by": words(requester, c.NAMES[::-1]),
        "Department": words(requester % len(c.DEPARTMENTS), c.DEPARTMENTS),
        "Location": words(requester % len(c.LOCATIONS), c.LOCATIONS),
        "Channel": words(pick(random, c.CHANNEL_SHARES, size), c.CHANNELS),
        "SLA met": words(_kept(resolved, due, is_done, until), ("no", "yes")),
        "Reassignment count": pa.array(random.poisson(0.5, size)),
        "Reopen count": pa.array(reopens),
        "Short description": _titles(facts),
    }


def _states(
    is_answered: npt.NDArray[np.bool_],
    is_done: npt.NDArray[np.bool_],
    is_closed: npt.NDArray[np.bool_],
    random: Random,
) -> Ints:
    working = np.where(random.random(len(is_done)) < 0.2, 2, 1)
    return np.select([is_closed, is_done, is_answered], [4, 3, working], default=0)


def _kept(resolved: Ints, due: Ints, is_done: npt.NDArray[np.bool_], until: int) -> Ints:
    """1 met, 0 missed, -1 not yet known."""
    return np.select([is_done, due < until], [(resolved <= due).astype(np.int64), 0], default=-1)


def _items(facts: _Facts, random: Random) -> pa.Array:
    items = tuple(item for service in c.SERVICES for item in service.items)
    count = np.array([len(service.items) for service in c.SERVICES])
    first = np.cumsum(count) - count
    code = (
        first[facts.service]
        + random.integers(0, 1 << 20, len(facts.service)) % (count[facts.service])
    )
    return words(np.where(random.random(len(code)) < 0.2, -1, code), items)


def _titles(facts: _Facts) -> pa.Array:
    titles = tuple(f"{category}: {name}" for name in SERVICE_NAMES for category in c.CATEGORIES)
    return words(facts.service * len(c.CATEGORIES) + facts.category, titles)
