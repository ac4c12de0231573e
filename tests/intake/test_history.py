import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_tables import NOW, column, doubts, mapping, raw, records

from headway.calendars import Clock
from headway.intake import build


def log(rows, *, shape="update", roles=("id", "sequence", "event_at", "state", "group"), **options):
    columns = {role: [row[i] for row in rows] for i, role in enumerate(roles)}
    return records(columns, shape=shape, **options)


def test_the_last_row_by_the_sources_own_sequence_holds_the_state():
    found = log(
        [
            ("A", "10", "2026-01-05 10:00", "Closed", "g"),
            ("A", "9", "2026-01-05 11:00", "New", "g"),
        ]
    )
    assert column(found, "state") == ["Closed"]
    assert column(found, "line") == [2]


@pytest.mark.parametrize("reverse", [False, True])
def test_ties_go_by_time_then_by_state_never_by_file_order(reverse):
    rows = [
        ("A", "1", "2026-01-05 10:00", "Zero", "g"),
        ("A", "1", "2026-01-05 11:00", "Active", "g"),
        ("A", "1", "2026-01-05 11:00", "Bound", "g"),
    ]
    found = log(rows[::-1] if reverse else rows)
    assert column(found, "state") == ["Bound"]
    assert column(found, "state", "events") == ["Zero", "Active", "Bound"]


def test_history_counts_moves_groups_and_reopenings():
    found = log(
        [
            ("A", "1", "2026-01-05 08:00", "New", "desk"),
            ("A", "2", "2026-01-05 09:00", "Active", "net"),
            ("A", "3", "2026-01-05 10:00", "Resolved", ""),
            ("A", "4", "2026-01-05 11:00", "Active", "desk"),
            ("A", "5", "2026-01-05 12:00", "Closed", "desk"),
            ("B", "1", "2026-01-05 08:00", "New", ""),
        ]
    )
    assert column(found, "reassignments") == [2, 0]
    assert column(found, "groups_seen") == [2, 0]
    assert column(found, "reopens") == [1, 0]
    assert column(found, "finished") == [True, False]


def test_counters_of_the_tool_are_preferred_to_the_history():
    roles = ("id", "sequence", "event_at", "group", "reassignments")
    found = log(
        [
            ("A", "1", "2026-01-05 08:00", "desk", "0"),
            ("A", "2", "2026-01-05 09:00", "net", "7"),
        ],
        roles=roles,
    )
    assert column(found, "reassignments") == [7]


def test_waiting_counts_between_opened_and_resolved():
    roles = ("id", "event_at", "state", "opened_at", "resolved_at")
    opened, resolved = "2026-01-05 08:00", "2026-01-05 14:00"
    found = log(
        [
            ("A", "2026-01-05 08:00", "New", opened, resolved),
            ("A", "2026-01-05 09:00", "Awaiting User Info", opened, resolved),
            ("A", "2026-01-05 10:00", "Waiting for support", opened, resolved),
            ("A", "2026-01-05 13:30", "On Hold", opened, resolved),
            ("A", "2026-01-05 15:00", "Resolved", opened, resolved),
            ("B", "2026-01-05 09:00", "Wartet auf Kunde", opened, ""),
        ],
        roles=roles,
    )
    assert column(found, "pending_seconds") == [5400, None]


def test_an_event_log_gives_tickets_their_first_and_last_known_facts():
    found = log(
        [
            ("A", "2026-01-05 08:00", "Created", "Mail", "Low"),
            ("A", "2026-01-05 09:00", "Assigned", "Mail", "High"),
            ("A", "2026-01-06 10:00", "Resolved", "", ""),
            ("A", "2026-01-08 10:00", "Closed", "", ""),
        ],
        shape="event",
        roles=("id", "event_at", "activity", "service", "priority"),
    )
    ticket = found.tickets.to_pylist()[0]
    assert (ticket["service"], ticket["priority"]) == ("Mail", "High")
    assert ticket["opened_at"] == dt.datetime(2026, 1, 5, 8)
    assert ticket["resolved_at"] == dt.datetime(2026, 1, 6, 10)
    assert ticket["closed_at"] == dt.datetime(2026, 1, 8, 10)
    assert ticket["updated_at"] == dt.datetime(2026, 1, 8, 10)
    assert found.events.num_rows == 4
    assert ticket["finished"] is True


def test_a_ticket_that_was_reopened_and_not_resolved_again_is_open():
    found = log(
        [
            ("A", "2026-01-05 08:00", "New"),
            ("A", "2026-01-06 10:00", "Resolved"),
            ("A", "2026-01-07 10:00", "In progress"),
        ],
        roles=("id", "event_at", "state"),
    )
    assert column(found, "resolved_at") == [None]
    assert column(found, "finished") == [False]
    assert column(found, "reopens") == [1]


def test_states_in_unknown_words_say_nothing_about_the_end():
    found = log([("A", "2026-01-05", "Klaar")], roles=("id", "event_at", "state"))
    assert column(found, "finished") == [None]


def test_events_without_a_sequence_are_ranked_within_one_instant():
    found = log(
        [
            ("A", "2026-01-05 08:00", "New"),
            ("A", "2026-01-05 08:00", "Active"),
            ("A", "2026-01-05 09:00", "Resolved"),
        ],
        roles=("id", "event_at", "state"),
    )
    assert column(found, "sequence", "events") == [0, 1, 0]


def test_final_values_on_earlier_rows_are_named():
    roles = ("id", "event_at", "state", "resolved_at")
    rows = [
        ("A", "2026-01-05 08:00", "New", "2026-01-06 08:00"),
        ("A", "2026-01-06 09:00", "Resolved", "2026-01-06 08:00"),
        ("B", "2026-01-05 08:00", "New", ""),
        ("B", "2026-01-06 09:00", "Resolved", "2026-01-06 09:00"),
    ]
    told = doubts(log(rows, roles=roles))["repeated_backwards", "resolved_at"]
    assert (told.count, told.examples) == (1, ("A",))
    assert "'resolved_at'" in told.sentence
    assert ("repeated_backwards", "resolved_at") not in doubts(log(rows[2:], roles=roles))


def test_a_sequence_that_runs_against_time_is_reported():
    found = log(
        [
            ("A", "1", "2026-01-05 09:00", "New", "g"),
            ("A", "2", "2026-01-05 08:00", "Closed", "g"),
        ]
    )
    assert doubts(found)["sequence_against_time", "sequence"].examples == ("A",)


CELL = st.sampled_from(["", "1", "2", "x"])
INSTANT = st.sampled_from(["", "2026-01-05 08:00", "2026-01-05 09:00", "2026-01-06"])
ROW = st.tuples(
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from(["", "1", "2", "3"]),
    INSTANT,
    st.sampled_from(["New", "Pending", "Resolved", ""]),
    st.sampled_from(["desk", "net", ""]),
    INSTANT,
    CELL,
)
ROLES = ("id", "sequence", "event_at", "state", "group", "resolved_at", "note")
SHAPES = st.sampled_from(["record", "event", "update"])


def build_rows(rows, shape, order=ROLES):
    columns = {name: [row[ROLES.index(name)] for row in rows] for name in order}
    roles = [name for name in order if name != "note"]
    return build([(raw(columns), mapping(*roles, shape=shape))], clock=Clock(), now=NOW)


def facts(found, *, besides=()):
    tickets = found.tickets.drop_columns(["line"])
    told = [one for one in found.doubts if one.code not in besides]
    return tickets, found.events, told, found.extracted_at


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12), SHAPES, st.randoms(use_true_random=False))
def test_shuffled_rows_and_columns_give_the_same_records(rows, shape, random):
    shuffled, order = list(rows), list(ROLES)
    random.shuffle(shuffled)
    random.shuffle(order)
    one, other = build_rows(rows, shape), build_rows(shuffled, shape, order)
    assert facts(one) == facts(other)
    assert one.rows_read == other.rows_read


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8), SHAPES, st.data())
def test_repeated_rows_give_the_same_records_apart_from_their_count(rows, shape, data):
    again = data.draw(st.lists(st.sampled_from(rows), max_size=5))
    one, other = build_rows(rows, shape), build_rows(rows + again, shape)
    assert facts(one, besides=("duplicate_rows",)) == facts(other, besides=("duplicate_rows",))
    assert other.rows_read == len(rows) + len(again)


def test_returns_to_a_group_are_told_apart_from_moves_to_new_ones():
    groups = {"A": "abcd", "B": "aba", "C": "abab", "D": ""}
    rows = [
        (ticket, str(n), f"2026-01-05 {8 + n:02}:00", "Active", group)
        for ticket, walk in groups.items()
        for n, group in enumerate(walk or " ")
    ]
    found = log([(*row[:4], row[4].strip()) for row in rows])
    assert column(found, "group_returns") == [0, 1, 2, None]


def test_changes_of_priority_are_counted_over_rows_that_know_it():
    roles = ("id", "sequence", "event_at", "priority")
    walk = [("A", "3"), ("A", ""), ("A", "1"), ("A", "1"), ("A", "3"), ("B", "")]
    rows = [(t, str(n), f"2026-01-05 {8 + n:02}:00", p) for n, (t, p) in enumerate(walk)]
    assert column(log(rows, roles=roles), "priority_changes") == [2, None]


def test_a_row_without_a_state_does_not_end_the_waiting():
    rows = [
        ("A", "2026-01-05 08:00", "New"),
        ("A", "2026-01-05 09:00", "Pending"),
        ("A", "2026-01-05 10:00", ""),
        ("A", "2026-01-05 12:00", "Active"),
        ("A", "2026-01-05 13:00", "Resolved"),
    ]
    found = log(rows, shape="event", roles=("id", "event_at", "state"))
    assert column(found, "pending_seconds") == [3 * 3600]


def test_time_between_a_resolution_and_a_reopening_is_no_waiting():
    resolved = "2026-01-07 13:00"
    rows = [
        ("A", "2026-01-05 08:00", "New", resolved),
        ("A", "2026-01-05 09:00", "Pending", resolved),  # one hour before
        ("A", "2026-01-05 10:00", "Resolved", resolved),
        ("A", "2026-01-07 10:00", "Pending", resolved),  # reopened into waiting: two hours
        ("A", "2026-01-07 12:00", "Active", resolved),
        ("A", "2026-01-07 13:00", "Resolved", resolved),
        ("A", "2026-01-08 13:00", "Pending closure", resolved),  # the work is over
    ]
    found = log(rows, shape="event", roles=("id", "event_at", "state", "resolved_at"))
    assert column(found, "pending_seconds") == [3 * 3600]


@pytest.mark.parametrize(("unit", "seconds"), [("hours", 5400), ("minutes", 90), ("", None)])
def test_the_tools_own_duration_needs_a_unit(unit, seconds):
    made = mapping("id", "opened_at", duration="spent")
    roles = tuple(replace(r, unit=unit) if r.role == "duration" else r for r in made.roles)
    source = raw({"id": ["A"], "opened_at": ["2026-01-05 08:00"], "spent": ["1.5"]})
    found = build([(source, replace(made, roles=roles))], clock=Clock(), now=NOW)
    assert column(found, "own_seconds") == [seconds]
