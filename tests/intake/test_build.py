import datetime as dt

import pyarrow as pa
import pytest
from intake_tables import NOW, column, doubts, mapping, raw, records

from headway.calendars import Clock
from headway.errors import InputError, MappingError
from headway.intake import build
from headway.records import EVENTS, SCHEMAS, TICKETS
from headway.sources import RejectedRow


def test_records_have_the_canonical_schemas():
    found = records({"id": ["A"], "opened_at": ["2026-01-05 08:00"]})
    assert found.tickets.schema.equals(TICKETS)
    assert found.events.schema.equals(EVENTS)
    for name in ("feedback", "approvals", "alterations"):
        assert getattr(found, name).schema.equals(SCHEMAS[name])


def test_tickets_are_sorted_by_opening_then_id_and_undated_ones_come_last():
    found = records(
        {"id": ["D", "C", "B", "A"], "opened_at": ["", "2026-01-06", "2026-01-05", "2026-01-06"]}
    )
    assert column(found, "id") == ["B", "A", "C", "D"]
    assert column(found, "line") == [4, 5, 3, 2]
    assert doubts(found)["no_opened_at", "opened_at"].examples == ("D",)


def test_rows_without_id_or_with_an_unreadable_opening_are_rejected_with_their_line():
    found = records(
        {"id": ["A", "", "C", "D"], "opened_at": ["2026-01-05", "2026-01-06", "soon", "2026-01-07"]}
    )
    assert found.rejects == (
        ("tickets.csv", 3, "it has no id", "id", ""),
        ("tickets.csv", 4, "its date cannot be read", "opened_at", "soon"),
    )
    assert found.rows_read - found.rows_rejected == 2 == found.tickets.num_rows


def test_rows_rejected_by_the_reader_are_kept_and_counted():
    columns = {"id": ["A"], "opened_at": ["2026-01-05"]}
    source = raw(columns, rejects=(RejectedRow(9, "it has 3 cells instead of 2"),))
    found = build([(source, mapping(*columns))], clock=Clock(), now=NOW)
    assert found.rejects == (("tickets.csv", 9, "it has 3 cells instead of 2", "", ""),)
    assert (found.rows_read, found.rows_rejected) == (2, 1)


def test_markers_and_empty_cells_are_not_known():
    found = records(
        {"id": ["A", "B", "C"], "opened_at": ["2026-01-05"] * 3, "service": ["?", " ", " Mail "]},
        missing=("?",),
    )
    assert column(found, "service") == [None, None, "Mail"]


def test_a_row_that_repeats_another_is_used_once_and_counted():
    found = records(
        {"id": ["A", "B", "A"], "opened_at": ["2026-01-05", "2026-01-06", "2026-01-05"]}
    )
    assert column(found, "id") == ["A", "B"]
    assert found.rows_rejected == 0
    assert doubts(found)["duplicate_rows", "id"].count == 1


@pytest.mark.parametrize("rows", [[0, 1], [1, 0]])
def test_of_two_rows_with_one_id_the_one_with_later_instants_is_kept(rows):
    updated, states = ["2026-01-06", "2026-01-09"], ["New", "Closed"]
    found = records(
        {
            "id": ["A", "A"],
            "opened_at": ["2026-01-05"] * 2,
            "updated_at": [updated[row] for row in rows],
            "state": [states[row] for row in rows],
        }
    )
    assert column(found, "state") == ["Closed"]
    assert doubts(found)["duplicate_id", "id"].examples == ("A",)


def test_without_an_id_column_equal_rows_stay_different_tickets():
    found = records({"opened_at": ["2026-01-05", "2026-01-05"]})
    assert column(found, "id") == ["tickets.csv:2", "tickets.csv:3"]
    assert doubts(found)["no_id", "id"].count == 2


def test_instants_without_a_zone_are_read_in_the_declared_one():
    found = records(
        {"id": ["A", "B"], "opened_at": ["2026-01-05 08:00", "2026-06-05 08:00"]},
        zone="Europe/Berlin",
    )
    assert column(found, "opened_at") == [
        dt.datetime(2026, 1, 5, 7, 0),
        dt.datetime(2026, 6, 5, 6, 0),
    ]


def test_typed_instants_keep_their_own_zone_and_take_the_declared_one_without():
    opened = pa.array([dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)], pa.timestamp("us", "UTC"))
    closed = pa.array([dt.datetime(2026, 1, 5, 12)], pa.timestamp("us"))
    found = records({"id": ["A"], "opened_at": opened, "closed_at": closed}, zone="Europe/Berlin")
    assert column(found, "opened_at") == [dt.datetime(2026, 1, 5, 8)]
    assert column(found, "closed_at") == [dt.datetime(2026, 1, 5, 11)]


@pytest.mark.parametrize(
    ("opened", "expected"), [("2026-01-05", True), ("2026-01-05 00:01", False)]
)
def test_openings_without_clock_time_are_noticed(opened, expected):
    found = records({"id": ["A"], "opened_at": [opened]}, zone="Europe/Berlin")
    assert found.date_only is expected


def test_the_extract_ends_with_its_latest_instant():
    found = records({"id": ["A"], "opened_at": ["2026-01-05"], "closed_at": ["2026-01-08 10:00"]})
    assert found.extracted_at == int(dt.datetime(2026, 1, 8, 10, tzinfo=dt.UTC).timestamp())


def test_kinds_are_told_by_the_words_of_the_tool():
    words = ["Incident", "Service request", "Change request", "Problem", "Störung", "Epic", ""]
    found = records(
        {"id": list("ABCDEFG"), "opened_at": ["2026-01-05"] * 7, "kind": words}, kind="request"
    )
    assert column(found, "kind") == [
        "incident", "request", "change", "problem", "incident", "other", "request",
    ]  # fmt: skip


def test_changes_have_recognised_types_and_outcomes_or_keep_their_words():
    found = records(
        {
            "id": list("ABCD"),
            "opened_at": ["2026-01-05"] * 4,
            "change_type": ["Emergency Change", "standard", "NORMAL", "Latent"],
            "outcome": ["Successful", "unsuccessful", "Backed_out", "Cancelled"],
            "authorised": ["yes", "no", "", "approved"],
        },
        kind="change",
    )
    assert column(found, "change_type") == ["emergency", "standard", "normal", "Latent"]
    assert column(found, "outcome") == ["successful", "failed", "failed", "Cancelled"]
    assert column(found, "authorised") == [True, False, None, True]


def test_a_proposed_major_incident_is_none():
    words = ["Accepted", "Proposed", "Rejected", ""]
    found = records({"id": list("ABCD"), "opened_at": ["2026-01-05"] * 4, "major": words})
    assert column(found, "major") == [True, False, False, None]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (["2026-01-05 12:00", "2026-01-05 10:00"], [True, False]),
        (["2026-01-05", "2026-01-04"], [True, False]),  # a whole day, until its end
    ],
)
def test_the_target_is_told_by_due_and_resolve_instants(due, expected):
    found = records(
        {
            "id": ["A", "B", "C"],
            "opened_at": ["2026-01-03 08:00"] * 3,
            "resolved_at": ["2026-01-05 11:00", "2026-01-05 11:00", ""],
            "target_due_at": [*due, due[0]],
        }
    )
    assert column(found, "target_met") == [*expected, None]


def test_a_mapped_target_flag_is_taken_as_it_stands():
    found = records(
        {
            "id": ["A"],
            "opened_at": ["2026-01-03"],
            "resolved_at": ["2026-01-09"],
            "target_due_at": ["2026-01-05"],
            "target_met": ["true"],
        }
    )
    assert column(found, "target_met") == [True]


def test_files_of_one_layout_are_read_as_one():
    columns = {"id": ["A"], "opened_at": ["2026-01-05"]}
    again = {"id": ["A", "B"], "opened_at": ["2026-01-05", "2026-01-06"]}
    sources = [(raw(columns, name="1.csv"), mapping(*columns)), (raw(again), mapping(*columns))]
    found = build(sources, clock=Clock(), now=NOW)
    assert column(found, "id") == ["A", "B"]
    assert column(found, "source") == ["1.csv", "tickets.csv"]
    assert found.rows_read == 3


def test_a_ticket_in_two_layouts_is_one_and_knows_what_either_says():
    record = {"id": ["A"], "opened_at": ["2026-01-05"], "service": ["Mail"]}
    log = {
        "id": ["A", "A"],
        "event_at": ["2026-01-05 08:00", "2026-01-05 09:00"],
        "activity": ["Open", "Resolved"],
        "location": ["Ulm", ""],
    }
    found = build(
        [
            (raw(log, name="log.csv"), mapping(*log, shape="event")),
            (raw(record), mapping(*record)),
        ],
        clock=Clock(),
        now=NOW,
    )
    assert column(found, "service") == ["Mail"]
    assert column(found, "location") == ["Ulm"]
    assert column(found, "opened_at") == [dt.datetime(2026, 1, 5)]
    assert column(found, "ticket", "events") == [0, 0]
    assert doubts(found)["several_sources", "id"].count == 1


def test_an_incident_and_a_change_with_one_number_stay_apart():
    columns = {"id": ["1"], "opened_at": ["2026-01-05"]}
    changes = {"id": ["1"], "planned_start_at": ["2026-01-09"], "opened_at": ["2026-01-04"]}
    found = build(
        [(raw(columns), mapping(*columns)), (raw(changes), mapping(*changes, kind="change"))],
        clock=Clock(),
        now=NOW,
    )
    assert column(found, "kind") == ["change", "incident"]


def test_feedback_approvals_and_alterations_have_their_own_tables():
    ticket = {"id": ["A"], "opened_at": ["2026-01-05"]}
    feedback = {"ticket_id": ["A", "A"], "answered_at": ["2026-01-09", ""], "score": ["4,5", ""]}
    approvals = {"ticket_id": ["A", ""], "decided_at": ["2026-01-06", "2026-01-06"]}
    alterations = {
        "configuration_item": ["db1", "db2"],
        "altered_at": ["2026-01-07", ""],
    }
    found = build(
        [
            (raw(ticket), mapping(*ticket)),
            (raw(feedback, name="f.csv"), mapping(*feedback, table="feedback")),
            (raw(approvals, name="a.csv"), mapping(*approvals, table="approvals")),
            (raw(alterations, name="c.csv"), mapping(*alterations, table="alterations")),
        ],
        clock=Clock(),
        now=NOW,
    )
    assert column(found, "score", "feedback") == [4.5, None]
    assert column(found, "ticket_id", "approvals") == ["A"]
    assert column(found, "configuration_item", "alterations") == ["db1"]
    assert [(one[0], one[2]) for one in found.rejects] == [
        ("a.csv", "it has no id"),
        ("c.csv", "it has no date"),
    ]
    assert found.rows_read == 7


@pytest.mark.parametrize("shape", ["record", "event", "update"])
def test_when_no_row_can_be_used_one_sentence_says_why(shape):
    columns = {"id": ["A", "B"], "opened_at": ["soon", "later"]}
    with pytest.raises(InputError, match=r"None of the 2 rows .* 'soon'\); see headway map"):
        records(columns, shape=shape)


@pytest.mark.parametrize("shape", ["record", "event", "update"])
def test_a_source_without_rows_is_an_error_of_one_sentence(shape):
    with pytest.raises(InputError, match=r"No row was found in 'tickets\.csv'"):
        records({"id": [], "opened_at": []}, shape=shape)


@pytest.mark.parametrize("shape", ["record", "event", "update"])
@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_few_tickets_are_enough(shape, number):
    found = records(
        {
            "id": [f"T{i}" for i in range(number)],
            "opened_at": ["2026-01-05"] * number,
            "event_at": ["2026-01-05"] * number,
            "group": [""] * number,
            "state": ["New"] * number,
        },
        shape=shape,
    )
    assert found.tickets.num_rows == number
    assert column(found, "group") == [None] * number


def test_feedback_alone_is_enough_and_may_be_younger_than_the_tickets():
    feedback = {"id": ["1", "2"], "answered_at": ["2026-06-01", "2031-01-01"], "score": ["3", "4"]}
    source = raw(feedback, name="f.csv"), mapping(*feedback, table="feedback")
    alone = build([source], clock=Clock(), now=NOW)
    assert alone.tickets.num_rows == 0
    assert alone.extracted_at is None
    ticket = {"id": ["A"], "opened_at": ["2026-01-05"]}
    found = build([(raw(ticket), mapping(*ticket)), source], clock=Clock(), now=NOW)
    assert column(found, "answered_at", "feedback") == [dt.datetime(2026, 6, 1), None]
    assert doubts(found)["far_future", "answered_at"].count == 1


def test_the_order_of_files_does_not_matter():
    first = {"id": ["A", "B"], "updated_at": ["2026-01-05", "2026-01-05"], "state": ["New", "New"]}
    second = {"id": ["A"], "updated_at": ["2026-01-09"], "state": ["Closed"]}
    other = {"id": ["B"], "opened_at": ["2026-01-02"]}
    sources = [(raw(one), mapping(*one)) for one in (first, second, other)]
    forth = build(sources, clock=Clock(), now=NOW)
    back = build(sources[::-1], clock=Clock(), now=NOW)
    assert forth.tickets == back.tickets
    assert forth.doubts == back.doubts
    assert column(forth, "state") == ["New", "Closed"]


def test_a_mapped_column_that_is_not_there_is_one_clear_sentence():
    source = raw({"Number": ["1"]}), mapping(id="number")
    with pytest.raises(MappingError, match=r"Column 'number' for id is missing .* has Number;"):
        build([source], clock=Clock())


def test_a_log_of_events_without_a_kind_joins_the_ticket_with_its_id(tmp_path):
    from headway.scanning import Options, gather

    tickets, events = tmp_path / "tickets.csv", tmp_path / "events.csv"
    tickets.write_text(
        "Number,Type,Opened\nT1,Incident,2026-01-05 09:00\nT2,Incident,2026-01-06 09:00\n"
    )
    events.write_text(
        "Number,Sequence,Event time,Activity,State\n"
        "T1,1,2026-01-05 09:00,Created,New\nT1,2,2026-01-05 10:00,Resolved,Resolved\n"
        "T3,1,2026-01-07 09:00,Created,New\n"
    )
    records = gather([str(tickets), str(events)], Options()).records
    assert sorted(records.tickets.column("id").to_pylist()) == ["T1", "T2", "T3"]
    kinds = dict(zip(*(records.tickets.column(n).to_pylist() for n in ("id", "kind")), strict=True))
    assert kinds["T1"] == "incident"
