"""What is drawn for each simulated ticket: when it comes, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from headway.errors import OptionError
from headway.simulate import catalogue as c
from headway.simulate.desk import DAY, Desk, Floats, Ints, Random, arrivals, pick, seconds
from headway.simulate.truths import Truth

Flags = npt.NDArray[np.bool_]
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
class Facts:
    """What was drawn for each ticket, in order of opening: seconds, and codes of the catalogue."""

    opened: Ints
    service: Ints
    category: Ints
    group: Ints
    priority: Ints
    kind: Ints

    def column(self, heading: str) -> tuple[Ints, tuple[str, ...]]:
        """Codes and words of a column by which a truth can be planted."""
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

    def within(self, truth: Truth) -> Flags:
        """The tickets in the slice of a truth."""
        if not truth.column:
            return np.ones(len(self.opened), bool)
        codes, values = self.column(truth.column)
        return np.equal(codes, code_of(truth, values))

    def keep(self, kept: Flags) -> Facts:
        """Some of the tickets."""
        return Facts(**{entry.name: getattr(self, entry.name)[kept] for entry in fields(self)})


@dataclass(frozen=True)
class _Drawn:
    """When tickets are opened, and their (service, category) pair as one code."""

    opened: Ints
    pair: Ints


def draw(desk: Desk, random: Random, days: slice) -> Facts:
    """The tickets that are opened on some of the days of a desk."""
    opened = arrivals(desk, random, per_week=desk.tickets_per_week, days=days)
    drawn = _Drawn(opened, pick(random, tuple(JOINT.ravel()), len(opened)))
    for truth in desk.truth("arrivals"):
        drawn = _surge(desk, truth, drawn, random, days)
    for truth in desk.truth("mix"):
        drawn = _mixed(truth, drawn, random)
    service, category = np.divmod(drawn.pair, JOINT.shape[1])
    size = len(service)
    main = np.array([c.GROUPS.index(entry.group) for entry in c.SERVICES])
    elsewhere = random.random(size)
    group = np.where(elsewhere < 0.15, 0, main[service])
    group = np.where(elsewhere > 0.92, random.integers(0, len(c.GROUPS), size), group)
    facts = Facts(
        opened=drawn.opened,
        service=service,
        category=category,
        group=group,
        priority=pick(random, c.PRIORITY_SHARES, size),
        kind=pick(random, c.TYPE_SHARES, size),
    )
    for truth in desk.truth("logged_share") + desk.truth("extract_edge"):
        is_kept = random.random(len(facts.opened)) < truth.strength(facts.opened)
        facts = facts.keep(is_kept | ~facts.within(truth))
    return facts


def effect_on(desk: Desk, metric: str, facts: Facts) -> Floats:
    """The factor of the planted truths about one metric, for each ticket."""
    factor = np.ones(len(facts.opened))
    for truth in desk.truth(metric):
        concerned = facts.within(truth)
        factor[concerned] *= truth.strength(facts.opened[concerned])
    return factor


def code_of(truth: Truth, values: tuple[str, ...]) -> int:
    """Code of the slice of a truth among the words of its column."""
    return _code(truth.column, truth.value, values)


def pair_of(truth: Truth) -> tuple[int, int]:
    """The two groups of a truth about tickets that go back and forth."""
    names = truth.value.split(" / ")
    if len(names) != 2:
        raise OptionError(f"{truth.value!r} is not a pair of groups; write it as 'Web / Identity'.")
    first, second = (_code("Assignment group", name, c.GROUPS) for name in names)
    return first, second


def _surge(desk: Desk, truth: Truth, drawn: _Drawn, random: Random, days: slice) -> _Drawn:
    """More (or fewer) tickets of one service or category from a day on."""
    weights = np.where(_pairs_of(truth), JOINT, 0).ravel()
    if truth.factor < 1:
        concerned = (weights[drawn.pair] > 0) & (drawn.opened >= seconds(truth.since))
        kept = ~concerned | (random.random(len(concerned)) < truth.strength(drawn.opened))
        return _Drawn(drawn.opened[kept], drawn.pair[kept])
    day = np.arange(desk.weeks * 7)[days] * DAY + seconds(desk.start)
    share = weights.sum() * (truth.strength(day) - 1)
    extra = arrivals(desk, random, per_week=desk.tickets_per_week * share, days=days)
    opened = np.concatenate([drawn.opened, extra])
    pair = np.concatenate([drawn.pair, pick(random, tuple(weights), len(extra))])
    order = np.argsort(opened, kind="stable")
    return _Drawn(opened[order], pair[order])


def _mixed(truth: Truth, drawn: _Drawn, random: Random) -> _Drawn:
    """A service takes tickets from the others, so that their number holds."""
    weights = np.where(_pairs_of(truth), JOINT, 0).ravel()
    share = weights.sum()
    moved = share * (truth.strength(drawn.opened) - 1) / max(1 - share, 1e-9)
    moves = (weights[drawn.pair] == 0) & (random.random(len(moved)) < moved)
    pair = np.where(moves, pick(random, tuple(weights), len(moves)), drawn.pair)
    return _Drawn(drawn.opened, pair)


def _pairs_of(truth: Truth) -> Flags:
    """The (service, category) pairs in the slice of a truth about arrivals."""
    is_in = np.zeros(JOINT.shape, bool)
    match truth.column:
        case "":
            is_in[:] = True
        case "Service":
            is_in[code_of(truth, SERVICE_NAMES)] = True
        case "Category":
            is_in[:, code_of(truth, c.CATEGORIES)] = True
        case _:
            raise OptionError(
                f"Arrivals cannot be planted by {truth.column!r}; take 'Service' or 'Category'."
            )
    return is_in


def _code(column: str, value: str, values: tuple[str, ...]) -> int:
    if value not in values:
        raise OptionError(
            f"No {column} of the simulated desk is named {value!r}; "
            f"take one of: {', '.join(values)}."
        )
    return values.index(value)
