"""Durations under every clock rule beside the tool's own figures, case by case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from headway.calendars import DAY, RULES, Clock
from headway.engine.columns import UNKNOWN, Flags, Floats, Ints, instants, numbers, truth
from headway.engine.stretches import Histories, histories
from headway.engine.timeline import HOUR
from headway.intake.precision import whole_days
from headway.metrics.desk import Desk, measured
from headway.metrics.incoming import desk_rows
from headway.records import Doubt, Records
from headway.results import ClockCase, ClockComparison, ClockRule

LEFT_OUT = ("", "waiting", "waiting and solved time")
CASES = 10
TELLING = 5  # tickets that must tell two rules apart
MOSTLY, SELDOM = 0.8, 0.2
STEPS = (DAY, 3_600, 360, 60)  # to which tools round, in seconds


@dataclass(frozen=True)
class _Rule:
    """One way of measuring, and what it makes of each ticket looked at."""

    name: str
    declared: bool
    seconds: Floats  # opening to resolution
    late: Floats  # due instant to resolution, NaN without a due instant


def compare(records: Records, clock: Clock) -> ClockComparison:
    """Times to resolve under each clock rule, beside what the tool recorded.

    The rules are elapsed and working time, each with everything counted, with waiting left out,
    and with waiting and the time between a resolution and a reopening left out. Where the events
    tell states, tickets with such a history are looked at; without any history all resolved
    tickets are, under the rules that need none. ``docs/explanation/clocks.md`` gives the rules.

    Examples
    --------
    >>> from headway.records import empty
    >>> tables = {n: empty(n) for n in
    ...           ("tickets", "events", "feedback", "approvals", "alterations")}
    >>> compare(Records(**tables, rows_read=0, rows_rejected=0), Clock()).n
    0
    """
    desk = Desk(records, clock)
    past = histories(records)
    rows = desk_rows(desk)
    rows = rows[desk.resolved[rows] != UNKNOWN]
    if past.told.any():
        rows = rows[past.told[rows]]
    rules = _rules(desk, past, rows)
    own = numbers(records.tickets, "own_seconds")[rows]
    slack = _slack(own)
    alike = [np.abs(rule.seconds - own) <= slack for rule in rules]  # NaN agrees with nothing
    met = truth(records.tickets, "target_met")[rows]
    kept = [(rule.late <= 0) == (met == 1) for rule in rules]
    decided = (met >= 0) & ~np.isnan(rules[0].late)
    figures = tuple(
        ClockRule(
            name=rule.name,
            declared=rule.declared,
            n=len(rows),
            median_hours=float(np.median(rule.seconds)) / HOUR if len(rows) else None,
            own_n=int(np.count_nonzero(~np.isnan(own))),
            own_agree=int(np.count_nonzero(same)),
            target_n=int(np.count_nonzero(decided)),
            target_differ=int(np.count_nonzero(decided & ~outcome)),
        )
        for rule, same, outcome in zip(rules, alike, kept, strict=True)
    )
    mine = next(i for i, rule in enumerate(rules) if rule.declared)
    apart = [np.abs(rule.seconds - rules[mine].seconds) > 2 * slack for rule in rules]
    told = [~np.isnan(own) & differs for differs in apart]
    outcomes = [decided & ((rule.late <= 0) != (rules[mine].late <= 0)) for rule in rules]
    return ClockComparison(
        n=len(rows),
        rules=figures,
        own_follows=_followed(rules, alike, told),
        targets_follow=_followed(rules, kept, outcomes),
        cases=(
            *_duration_cases(desk, rows, own, rules[mine], ~np.isnan(own) & ~alike[mine]),
            *_target_cases(desk, rows, rules[mine], decided & ~kept[mine]),
        ),
    )


def _rules(desk: Desk, past: Histories, rows: Ints) -> list[_Rule]:
    """Every rule that the records allow, and always the declared one."""
    due = instants(desk.tickets, "target_due_at")
    if whole_days(_dates(due), desk.clock):
        due = np.where(due == UNKNOWN, UNKNOWN, due + DAY - 1)
    out = []
    for rule in RULES:
        measure = partial(measured, replace(desk.clock, rule=rule))
        whole = measure(desk.opened[rows], desk.resolved[rows]).astype(np.float64)
        late = np.full(len(rows), np.nan)
        dated = due[rows] != UNKNOWN
        late[dated] = measure(due[rows][dated], desk.resolved[rows][dated])
        waited = past.waiting.total(measure, len(desk))[rows]
        solved = past.solved.total(measure, len(desk))[rows]
        for left_out, seconds in zip(LEFT_OUT, (0 * waited, waited, waited + solved), strict=True):
            declared = rule == desk.clock.rule and left_out == _declared(desk.clock)
            if declared or not left_out or past.told.any():
                name = _name(rule, left_out)
                out.append(_Rule(name, declared, np.maximum(whole - seconds, 0), late - seconds))
    return out


def _dates(due: Ints) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.where(due == UNKNOWN, np.datetime64("NaT", "s"), due.astype("M8[s]"))


def _declared(clock: Clock) -> str:
    return "waiting" if clock.pending == "excluded" else ""


def _name(rule: str, left_out: str) -> str:
    return f"{rule} time, {left_out} left out" if left_out else f"{rule} time, waiting included"


def _slack(own: Floats) -> float:
    """Seconds by which a figure may differ and still be the same, rounded as the tool rounds."""
    given = own[~np.isnan(own)]
    return float(next((step for step in STEPS if len(given) and not (given % step).any()), 60))


def _followed(rules: list[_Rule], agrees: list[Flags], telling: list[Flags]) -> str:
    """The rule other than the declared one that the tool's figures follow, empty for none.

    It must hold for most of the tickets on which the two differ, and the declared one for few.
    """
    mine = next(agree for agree, rule in zip(agrees, rules, strict=True) if rule.declared)
    best, name = 0, ""
    for rule, agree, told in zip(rules, agrees, telling, strict=True):
        number = int(np.count_nonzero(told))
        if number < TELLING or np.mean(agree[told]) < MOSTLY or np.mean(mine[told]) > SELDOM:
            continue
        held = int(np.count_nonzero(agree))
        if held > best:
            best, name = held, rule.name
    return name


def _duration_cases(
    desk: Desk, rows: Ints, own: Floats, rule: _Rule, differ: Flags
) -> list[ClockCase]:
    """The tickets whose own duration is furthest from ours."""
    places = np.flatnonzero(differ)
    far = places[np.argsort(-np.abs(own - rule.seconds)[places], kind="stable")][:CASES]
    ids = desk.tickets.column("id").take(rows[far]).to_pylist()
    return [
        ClockCase(name, "duration", float(own[i]) / HOUR, float(rule.seconds[i]) / HOUR)
        for name, i in zip(ids, far.tolist(), strict=True)
    ]


def _target_cases(desk: Desk, rows: Ints, rule: _Rule, differ: Flags) -> list[ClockCase]:
    """The first tickets whose outcome would be another one; 1 for met, 0 for missed."""
    places = np.flatnonzero(differ)[:CASES]
    ids = desk.tickets.column("id").take(rows[places]).to_pylist()
    met = (rule.late[places] <= 0).astype(np.float64).tolist()
    return [ClockCase(name, "target", 1 - ours, ours) for name, ours in zip(ids, met, strict=True)]


def clock_doubts(comparison: ClockComparison) -> tuple[Doubt, ...]:
    """What must be known where the tool keeps another clock than the declared one."""
    found = []
    rules = {rule.name: rule for rule in comparison.rules}
    declared = next((rule for rule in comparison.rules if rule.declared), None)
    if declared is None:
        return ()
    if comparison.own_follows:
        other = rules[comparison.own_follows]
        found.append(
            Doubt(
                "duration_by_another_clock",
                "own_seconds",
                declared.own_n - declared.own_agree,
                _told(comparison, "duration"),
                f"The tool's own durations follow {other.name}: {other.own_agree:,} of "
                f"{other.own_n:,} agree with it and {declared.own_agree:,} with the declared "
                f"{declared.name}; every figure here uses the declared clock.",
            )
        )
    if comparison.targets_follow:
        other = rules[comparison.targets_follow]
        found.append(
            Doubt(
                "target_by_another_clock",
                "target_met",
                declared.target_differ,
                _told(comparison, "target"),
                f"Whether targets were met is recorded by {other.name}: under the declared "
                f"{declared.name}, {declared.target_differ:,} of {declared.target_n:,} tickets "
                "would have another outcome; the recorded one is used.",
            )
        )
    return tuple(found)


def _told(comparison: ClockComparison, measure: str) -> tuple[str, ...]:
    cases = [case for case in comparison.cases if case.measure == measure][:5]
    if measure == "target":
        words = {1.0: "met", 0.0: "missed"}
        return tuple(f"{c.id}: {words[c.own]}, here {words[c.recomputed]}" for c in cases)
    return tuple(f"{c.id}: {c.own:.1f} h, here {c.recomputed:.1f} h" for c in cases)
