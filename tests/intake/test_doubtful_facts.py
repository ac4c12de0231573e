import datetime as dt

import numpy as np
import pytest
from intake_tables import NOW, column, doubts, mapping, raw, records

from headway.calendars import Clock
from headway.intake import build
from headway.intake.checks import latest_plausible

ZERO = {"id": ["A", "B"], "opened_at": ["2026-01-05 08:00", "2026-01-05 08:00"]}


@pytest.mark.parametrize(
    ("code", "name", "columns"),
    [
        ("resolved_before_opened", "resolved_at", {"resolved_at": "2026-01-04"}),
        (
            "closed_before_resolved",
            "closed_at",
            {"resolved_at": "2026-01-09", "closed_at": "2026-01-08"},
        ),
        ("closed_before_opened", "closed_at", {"closed_at": "2026-01-04"}),
        ("response_before_opened", "first_response_at", {"first_response_at": "2026-01-04"}),
        ("far_future", "resolved_at", {"resolved_at": "2026-07-02"}),
        ("far_past", "resolved_at", {"resolved_at": "1970-01-01"}),
    ],
)
def test_impossible_instants_are_set_aside_and_the_ticket_kept(code, name, columns):
    # The first ticket has the fault, the second has not.
    extra = {role: [value, "2026-01-10"] for role, value in columns.items()}
    found = records({**ZERO, **extra})
    told = doubts(found)[code, name]
    assert (told.count, told.examples) == (1, ("A",))
    assert told.sentence.startswith("Tickets ")
    assert ": 1; " in told.sentence
    assert column(found, name)[0] is None
    assert column(found, name)[1] is not None
    assert column(found, "id") == ["A", "B"]


def test_a_ticket_whose_resolve_instant_was_set_aside_is_still_finished():
    found = records({**ZERO, "resolved_at": ["2026-01-04", ""]})
    assert column(found, "finished") == [True, False]


def test_finished_tickets_without_a_resolve_instant_are_reported():
    found = records(
        {
            "id": ["A", "B", "C"],
            "opened_at": ["2026-01-05"] * 3,
            "resolved_at": ["2026-01-06", "", ""],
            "state": ["Closed", "Closed", "Active"],
        }
    )
    assert doubts(found)["no_resolved_at", "resolved_at"].examples == ("B",)


def test_negative_durations_of_the_tool_are_reported_with_numbers_that_are_none():
    found = records({"id": ["A", "B"], "opened_at": ["2026-01-05"] * 2, "duration": ["-1", "NaN"]})
    assert doubts(found)["negative_duration", "duration"].examples == ("A",)
    assert doubts(found)["not_a_number", "duration"].examples == ("NaN",)


@pytest.mark.parametrize("word", ["NaN", "inf", "-inf", "many"])
def test_counts_that_are_no_numbers_are_not_known(word):
    found = records({**ZERO, "reopens": [word, "2"]})
    assert column(found, "reopens") == [None, 2]
    assert doubts(found)["not_a_number", "reopens"].examples == (word,)


def test_a_negative_count_is_not_known():
    found = records({**ZERO, "reopens": ["-3", "2"]})
    assert column(found, "reopens") == [None, 2]
    assert doubts(found)["negative_number", "reopens"].count == 1


def test_an_unreadable_instant_beside_the_opening_costs_only_itself():
    found = records({**ZERO, "closed_at": ["asap", "2026-01-06"]})
    assert column(found, "closed_at") == [None, dt.datetime(2026, 1, 6)]
    assert doubts(found)["unreadable_value", "closed_at"].examples == ("asap",)


def test_a_code_among_words_is_reported_and_numbers_alone_are_not():
    found = records(
        {"id": list("ABC"), "opened_at": ["2026-01-05"] * 3, "state": ["New", "Done", "-100"]}
    )
    told = doubts(found)["code_as_value", "state"]
    assert (told.count, told.examples) == (1, ("C",))
    numbered = records(
        {"id": list("ABC"), "opened_at": ["2026-01-05"] * 3, "state": ["1", "2", "2"]}
    )
    assert ("code_as_value", "state") not in doubts(numbered)


def test_openings_that_all_lie_ahead_are_set_aside_without_failing():
    found = records({"id": ["A"], "opened_at": ["2031-01-05"]})
    assert column(found, "opened_at") == [None]
    assert doubts(found)["far_future", "opened_at"].count == 1
    assert found.extracted_at is None


def test_due_dates_may_lie_ahead():
    found = records({**ZERO, "target_due_at": ["2027-01-05", "2126-01-05"]})
    assert column(found, "target_due_at") == [dt.datetime(2027, 1, 5), None]


def test_a_lone_instant_years_after_all_others_does_not_end_the_extract():
    days = [f"2016-{month:02}-{day:02}" for month in range(1, 9) for day in range(1, 21)]
    ids = [f"T{i:03}" for i in range(161)]
    found = records({"id": ids, "opened_at": [*days, "2023-05-01"]})
    assert found.extracted_at == int(dt.datetime(2016, 8, 20, tzinfo=dt.UTC).timestamp())
    assert doubts(found)["far_future", "opened_at"].examples == ("T160",)


def test_without_instants_there_is_no_end_of_the_extract():
    assert latest_plausible(np.array(["NaT"], "M8[s]"), NOW) is None


def test_doubts_come_largest_first_with_five_examples():
    number = 7
    found = records(
        {
            "id": [f"T{i}" for i in range(number)],
            "opened_at": ["2026-01-05"] * number,
            "resolved_at": ["2026-01-04"] * number,
            "closed_at": ["2026-01-04"] + [""] * (number - 1),
        }
    )
    assert [one.count for one in found.doubts] == [7, 1]
    assert found.doubts[0].examples == ("T0", "T1", "T2", "T3", "T4")
    assert found.doubts[0].sentence == (
        "Tickets resolved before they were opened: 7; the resolve instant is set aside, "
        "the tickets stay in all counts."
    )


def test_doubts_name_the_canonical_column_and_their_sentence_that_of_the_source():
    columns = {"no": ["A", "B"], "Status": ["New", "-100"], "days": ["-1", "x"]}
    source = raw(columns), mapping(id="no", state="Status", duration="days")
    told = doubts(build([source], clock=Clock(), now=NOW))
    assert "'Status'" in told["code_as_value", "state"].sentence
    assert "'days'" in told["negative_duration", "days"].sentence
    assert "'days'" in told["not_a_number", "days"].sentence


def test_events_that_cannot_have_happened_are_left_out_and_reported():
    columns = {
        "id": ["A", "A", "A"],
        "sequence": ["1", "2", "3"],
        "event_at": ["2026-01-05", "2031-01-05", "2026-01-06"],
    }
    found = records(columns, shape="update")
    assert column(found, "sequence", "events") == [1, 3]
    assert doubts(found)["implausible_event", "at"].examples == ("A",)
