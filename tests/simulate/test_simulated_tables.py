"""The tables beside the tickets: they agree with them, and are read without options."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from headway.errors import OptionError
from headway.scanning import Options, gather
from headway.simulate import (
    Desk,
    Truth,
    alterations,
    approvals,
    changes,
    events,
    scenario,
    suggestions,
    ticket_blocks,
    tickets,
    write,
    write_desk,
)
from headway.simulate import desk as simulated

DESK = Desk(weeks=40, tickets_per_week=400)
TICKETS = tickets(DESK)
EVENTS = events(DESK, TICKETS)
CHANGES = changes(DESK)
SINCE = dt.date(2026, 7, 6)


def first_and_last(table):
    number = np.array(table.column("Number").to_pylist())
    change = np.flatnonzero(number[1:] != number[:-1])
    return np.append(0, change + 1), np.append(change, len(number) - 1)


def test_a_history_begins_with_the_opening_and_ends_as_the_ticket_stands():
    first, last = first_and_last(EVENTS)
    begin, end = EVENTS.take(pa.array(first)), EVENTS.take(pa.array(last))
    assert begin.column("Number").to_pylist() == TICKETS.column("Number").to_pylist()
    assert begin.column("Event time") == TICKETS.column("Opened")
    held = pc.equal(end.column("Assignment group"), TICKETS.column("Assignment group"))
    done = pc.is_valid(TICKETS.column("Resolved"))
    assert pc.all(held.filter(done)).as_py()
    closed = pc.is_valid(TICKETS.column("Closed"))
    assert set(end.column("State").filter(closed).to_pylist()) == {"Closed"}


def test_events_go_forward_in_time_and_count_from_one():
    number = np.array(EVENTS.column("Number").to_pylist())
    same = number[1:] == number[:-1]
    at = EVENTS.column("Event time").cast("int64").to_numpy()
    sequence = EVENTS.column("Sequence").to_numpy()
    assert (np.diff(at)[same] >= 0).all()
    assert (np.diff(sequence)[same] == 1).all()
    assert (sequence[np.append(True, ~same)] == 1).all()
    assert at.max() < DESK.extracted_at


def test_hand_overs_and_reopenings_are_those_the_ticket_counts():
    done = TICKETS.filter(pc.is_valid(TICKETS.column("Resolved")))
    own = EVENTS.filter(pc.is_in(EVENTS.column("Number"), done.column("Number")))

    def seen(activity):
        return pc.sum(pc.equal(own.column("Activity"), activity)).as_py()

    assert seen("Reopened") == pc.sum(done.column("Reopen count")).as_py()
    assert seen("Assigned") == pc.sum(done.column("Reassignment count")).as_py() + done.num_rows
    assert seen("Resolved") == seen("Reopened") + done.num_rows


def test_ping_pong_goes_back_and_forth_between_its_two_groups():
    desk = replace(DESK, planted=scenario("ping-pong"))
    table = tickets(desk)
    history = events(desk, table)
    bounced = table.filter(
        pc.and_(
            pc.greater_equal(table.column("Reassignment count"), 3),
            pc.is_in(table.column("Assignment group"), pa.array(["Messaging", "Identity"])),
        )
    )
    own = history.filter(pc.is_in(history.column("Number"), bounced.column("Number")))
    assigned = own.filter(pc.equal(own.column("Activity"), "Assigned"))
    assert set(assigned.column("Assignment group").to_pylist()) == {"Messaging", "Identity"}


def test_standard_changes_need_no_approval_and_decisions_follow_requests():
    asked = approvals(DESK, CHANGES)
    kinds = CHANGES.filter(pc.is_in(CHANGES.column("Number"), asked.column("Change number")))
    assert set(kinds.column("Type").to_pylist()) == {"Normal", "Emergency"}
    decided = asked.filter(pc.is_valid(asked.column("Decided")))
    assert pc.all(pc.greater(decided.column("Decided"), decided.column("Requested"))).as_py()


def test_approvals_can_take_longer():
    slow = replace(DESK, planted=(Truth("approval_wait", "", "", SINCE, 3.0, "worse"),))
    waits = []
    for desk in (DESK, slow):
        asked = approvals(desk, changes(desk)).drop_null()
        late = pc.greater(asked.column("Requested"), dt.datetime.combine(SINCE, dt.time()))
        asked = asked.filter(late)
        taken = [asked.column(name).cast("int64").to_numpy() for name in ("Decided", "Requested")]
        waits.append(np.median(taken[0] - taken[1]))
    assert waits[1] > 1.8 * waits[0]


def test_alterations_with_a_change_lie_inside_it_and_some_have_none():
    seen = alterations(DESK, CHANGES)
    named = seen.filter(pc.is_valid(seen.column("Change")))
    spans = dict(
        zip(
            CHANGES.column("Number").to_pylist(),
            zip(
                CHANGES.column("Actual start").to_pylist(),
                CHANGES.column("Actual end").to_pylist(),
                strict=True,
            ),
            strict=True,
        )
    )
    for number, at in zip(
        named.column("Change").to_pylist(), named.column("Altered").to_pylist(), strict=True
    ):
        assert spans[number][0] <= at <= spans[number][1]
    assert 0.1 < seen.column("Change").null_count / seen.num_rows < 0.5


def test_unlinked_alterations_can_rise():
    risen = replace(DESK, planted=(Truth("unlinked_alterations", "", "", SINCE, 4.0, "worse"),))
    usual, more = (alterations(desk, CHANGES).column("Change").null_count for desk in (DESK, risen))
    assert more > usual + 200


def test_suggestions_name_nobody():
    table = suggestions(DESK)
    assert table.num_rows > 50
    words = {
        word
        for name in ("Idea", "Service", "Assignment group")
        for word in table.column(name).to_pylist()
    }
    assert not words & set(TICKETS.column("Assigned to").to_pylist())


def test_all_tables_are_read_without_options(tmp_path):
    wanted = ("tickets", "changes", "feedback", "approvals", "alterations")
    paths = write(tmp_path, weeks=20, tables=wanted)
    made = gather([str(path) for path in paths], Options())
    assert [mapping.table for mapping in made.mappings] == [
        *("tickets", "tickets", "feedback", "approvals", "alterations")
    ]
    assert [question for mapping in made.mappings for question in mapping.questions] == []
    assert made.records.rows_rejected == 0


def test_the_history_alone_gives_the_same_tickets(tmp_path):
    (path,) = write_desk(DESK, tmp_path, tables=("events",))
    made = gather([str(path)], Options())
    assert made.records.tickets.num_rows == TICKETS.num_rows
    resolved = made.records.tickets.column("resolved_at")
    assert resolved.null_count == TICKETS.column("Resolved").null_count


def test_an_unknown_table_is_refused(tmp_path):
    with pytest.raises(OptionError, match="There is no table 'people'"):
        write(tmp_path, tables=("people",))


def test_a_large_desk_comes_in_stretches_that_join(monkeypatch, tmp_path):
    monkeypatch.setattr(simulated, "BLOCK", 3000)
    stretches = list(ticket_blocks(DESK))
    assert len(stretches) > 4
    whole = pa.concat_tables(stretches)
    opened = whole.column("Opened").cast("int64").to_numpy()
    assert (np.diff(opened) >= 0).all()
    assert len(set(whole.column("Number").to_pylist())) == whole.num_rows
    assert whole.num_rows == pytest.approx(TICKETS.num_rows, rel=0.05)
    paths = write_desk(DESK, tmp_path, tables=("tickets", "feedback", "events"))
    rows = [path.read_bytes().count(b"\n") - 1 for path in paths]
    assert rows[0] == whole.num_rows
    surveys = [line.split(b",")[0] for line in paths[1].read_bytes().splitlines()[1:]]
    assert len(set(surveys)) == len(surveys)


def test_changes_can_fail_more_often():
    worse = Truth("change_failure_share", "", "", SINCE, 4.0, "worse")
    desk = replace(DESK, changes_per_week=300)
    failed = []
    for made in (changes(desk), changes(replace(desk, planted=(worse,)))):
        late = pc.greater(made.column("Opened"), dt.datetime.combine(SINCE, dt.time()))
        outcome = made.filter(late).column("Outcome").drop_null()
        failed.append(pc.mean(pc.equal(outcome, "Failed")).as_py())
    assert failed[1] == pytest.approx(4 * failed[0], rel=0.3)
