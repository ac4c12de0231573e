"""Tickets that return to a team that had them before are found, pair by pair."""

import io

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import headway as hw
from headway.engine.slices import Dimension, Slicing
from headway.findings.rework import hand_overs
from headway.records import EVENTS, TICKETS, Records, empty
from headway.series import Slice

DAY, HOUR = 86_400, 3_600
MONDAY = np.datetime64("2024-01-01T00:00:00")
TEAMS = ("Desk", "Field", "Mail", "Network", "Workplace")


def table(schema, **columns):
    rows = len(next(iter(columns.values())))
    made = {}
    for field in schema:
        values = columns.get(field.name, [None] * rows)
        if pa.types.is_dictionary(field.type):
            made[field.name] = pa.array(values, pa.string()).dictionary_encode()
        else:
            made[field.name] = pa.array(values, field.type)
    return pa.table(made, schema=schema)


def logged(*histories):
    """Records whose tickets were held by the teams of each history, one hour each."""
    steps = [(n, i, team) for n, teams in enumerate(histories) for i, team in enumerate(teams)]
    count = len(histories)
    base = {"id": [str(n) for n in range(count)], "kind": ["incident"] * count}
    tickets = table(
        TICKETS,
        **base,
        source=["made"] * count,
        line=list(range(count)),
        group=[teams[-1] for teams in histories],
    )
    ticket, place, team = (list(column) for column in zip(*steps, strict=True))
    events = table(EVENTS, ticket=ticket, at=[p * HOUR for p in place], sequence=place, group=team)
    rest = (empty(name) for name in ("feedback", "approvals", "alterations"))
    return Records(tickets, events, *rest, count, 0)


def nobody_hidden(*hidden):
    return Slicing((Dimension("group", (), np.zeros(0, np.int32), frozenset(hidden)),), 5)


def between(records, *hidden):
    moves = hand_overs(records, nobody_hidden(*hidden))
    pairs = [moves.names[p] if p >= 0 else "" for p in moves.pair[moves.returns]]
    return list(zip(moves.rows[moves.returns].tolist(), pairs, strict=True))


def test_only_the_step_back_to_the_team_before_is_a_return():
    """A, B, A is one return, A, B, A, B two; A, B, C, A and A, A, B are none."""
    log = logged("ABA", "ABAB", "ABCA", "AAB", "AABBA")
    assert between(log) == [(0, "A and B"), (1, "A and B"), (1, "A and B"), (4, "A and B")]


def test_a_team_that_must_not_be_named_is_counted_without_a_name():
    log = logged("ABA", "BCB", "CDC", "D")
    assert between(log, "A") == [(0, ""), (1, "B and C"), (2, "C and D")]


def test_a_team_known_from_the_history_alone_is_not_named():
    assert between(logged("ABAC", "BAC")) == [(0, "")]


@given(st.lists(st.text("ABC", min_size=1, max_size=8), min_size=1, max_size=6))
def test_returns_are_those_of_a_plain_count(histories):
    expected = 0
    for teams in histories:
        held = [t for i, t in enumerate(teams) if i == 0 or t != teams[i - 1]]
        expected += sum(held[i] == held[i - 2] for i in range(2, len(held)))
    moves = hand_overs(logged(*histories), nobody_hidden())
    assert int(moves.returns.sum()) == expected
    assert len(moves.of(Slice())) == len(moves.rows)


def desk(seed, *, pair=None, since=18, chance=0.7, teams=TEAMS, people=8, weeks=30, a_week=400):
    """A log in which tickets pass among teams; from a week on those of a pair mostly return."""
    rng = np.random.default_rng(seed)
    count = weeks * a_week
    week = np.sort(rng.integers(0, weeks, count))
    opened = week * 7 * DAY + rng.integers(0, 5, count) * DAY + rng.integers(8, 17, count) * HOUR
    lines = [
        "number,sys_mod_count,opened_at,sys_updated_at,incident_state,assignment_group,"
        "assigned_to,resolved_at,closed_at"
    ]
    for n in range(count):
        held = [int(rng.integers(len(teams)))]
        going = rng.random() < 0.6
        while going and len(held) < 8:
            held.append(int((held[-1] + rng.integers(1, len(teams))) % len(teams)))
            planted = pair and week[n] >= since and set(held[-2:]) == set(pair)
            if rng.random() < (chance if planted else 0.25):
                held.append(held[-2])
            going = rng.random() < 0.4
        stamps = opened[n] + np.arange(len(held) + 1) * 2 * HOUR
        text = [str(MONDAY + int(s)).replace("T", " ") for s in stamps]
        for step, team in enumerate([*held, held[-1]]):
            over = step == len(held)
            who = f"Resolver {team}-{rng.integers(people)}"
            state = "Closed" if over else "Active"
            end = text[-1]
            lines.append(
                f"INC{n:07},{step},{text[0]},{text[step]},{state},{teams[team]},{who},{end},{end}"
            )
    return io.BytesIO("\n".join(lines).encode())


def rework(made):
    return [f for f in made.findings if f.kind == "rework"]


@pytest.fixture(scope="module")
def pingpong():
    return hw.scan(desk(1, pair=(3, 4), chance=0.95))


def test_a_pair_that_begins_to_return_tickets_leads(pingpong):
    lead = next(f for f in rework(pingpong) if not f.parent)
    assert (str(lead.slice), lead.direction) == ("between=Network and Workplace", "worse")
    assert lead.sentence.startswith("Tickets go back and forth between Network and Workplace: ")
    assert "a week return to a team that had them before, was" in lead.sentence
    assert lead.since_interval[0] <= "2024-05-06" <= lead.since_interval[1]
    assert lead.after > 1.5 * lead.before
    assert lead.q <= 0.01


def test_rework_has_its_records_its_chart_and_its_place_in_the_report(pingpong):
    for finding in rework(pingpong):
        assert pingpong.behind(finding.id).num_rows == finding.records > 0
    lead = rework(pingpong)[0]
    assert pingpong.charts()[lead.id].unit == "tickets"
    assert "back and forth" in pingpong.to_text()
    assert lead.id in pingpong.to_html()


def test_a_pair_that_returned_tickets_all_the_time_stands_out():
    made = hw.scan(desk(2, pair=(0, 1), since=0, chance=0.95))
    (lead,) = [f for f in rework(made) if not f.parent]
    assert str(lead.slice) == "between=Desk and Field"
    assert "of all that return" in lead.sentence
    assert lead.since == lead.since_interval[1] < "2024-01-15"


def test_a_pair_with_hardly_a_return_before_is_found_from_its_beginning():
    made = hw.scan(desk(4, pair=(1, 2), since=23, chance=0.95, a_week=200))
    lead = next(f for f in rework(made) if not f.parent)
    assert str(lead.slice) == "between=Field and Mail"
    assert lead.before < 10 < lead.after


def test_teams_of_few_people_are_never_named():
    made = hw.scan(desk(3, pair=(3, 4), chance=0.95, people=3))
    assert {str(f.slice) for f in rework(made)} <= {"all"}
    shown = made.to_html() + made.to_json() + made.to_text()
    assert "back and forth between Network" not in shown
    assert "between=" not in shown


@pytest.mark.parametrize("seed", range(10, 14))
def test_a_desk_whose_tickets_pass_evenly_has_no_rework(seed):
    assert rework(hw.scan(desk(seed))) == []
