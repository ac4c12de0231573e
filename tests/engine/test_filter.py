from dataclasses import replace
from datetime import date

import pytest
from made_tickets import records, table

from headway.calendars import Clock
from headway.engine.filter import keep
from headway.errors import OptionError

DAYS = ["2024-01-01T10:00:00", "2024-01-02T10:00:00", "2024-01-02T23:30:00", "2024-01-04T10:00:00"]


def desk(**more):
    columns = {"service": ["Email", "Email", "Web", "VPN"], "priority": ["1", "2", "1", "2"]}
    return records(opened_at=DAYS, **{**columns, **more})


def ids(made):
    return made.tickets.column("id").to_pylist()


def test_values_of_one_dimension_add_up_and_dimensions_narrow():
    kept = keep(desk(), where=["service=Email", "service=Web", "priority=1"], clock=Clock())
    assert ids(kept) == ["T00000", "T00002"]


def test_case_of_a_value_does_not_matter_unless_it_tells_two_apart():
    assert ids(keep(desk(), where=["service=email"], clock=Clock())) == ["T00000", "T00001"]
    made = desk(service=["Email", "email", "Web", "VPN"])
    assert ids(keep(made, where=["service=email"], clock=Clock())) == ["T00001"]


def test_both_days_of_the_range_are_inside_and_local():
    berlin = Clock(zone="Europe/Berlin")
    first, last = date(2024, 1, 2), date(2024, 1, 2)
    assert ids(keep(desk(), first=first, last=last, clock=Clock())) == ["T00001", "T00002"]
    assert ids(keep(desk(), first=first, last=last, clock=berlin)) == ["T00001"]


def test_events_and_feedback_follow_their_tickets():
    made = replace(
        desk(),
        events=table("events", ticket=[0, 2, 3], at=DAYS[:3], sequence=[1, 1, 1]),
        feedback=table("feedback", ticket_id=["T00003", "T00000", None], score=[1.0, 2.0, 3.0]),
    )
    kept = keep(made, where=["service=VPN"], clock=Clock())
    assert kept.events.column("ticket").to_pylist() == [0]
    assert kept.events.column("at").to_pylist() == made.events.column("at").to_pylist()[2:]
    assert kept.feedback.column("score").to_pylist() == [1.0]
    assert kept.rows_read == 4


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("service", "write dimension=value"),
        ("servise=Email", "did you mean 'service'?"),
        ("assignee=Ada", "there is no dimension 'assignee'"),
        ("location=Home", "no ticket has a location"),
    ],
)
def test_a_pair_that_cannot_be_used_is_refused_with_the_way_out(pair, words):
    with pytest.raises(OptionError, match="--where") as refusal:
        keep(desk(), where=[pair], clock=Clock())
    assert words in str(refusal.value)


def test_an_unknown_value_is_answered_with_close_ones():
    made = records(opened_at=["2024-01-01"] * 40, service=["Email"] * 20 + ["Web"] * 20)
    with pytest.raises(OptionError, match="did you mean 'Email'"):
        keep(made, where=["service=Emial"], clock=Clock())


def test_a_choice_behind_which_few_people_stand_is_refused_without_naming_them():
    made = desk(assignee=["Ada", "Ada", "Bob", "Cy"])
    with pytest.raises(OptionError, match="fewer than 5 people") as refusal:
        keep(made, where=["service=Email"], clock=Clock())
    assert "Ada" not in str(refusal.value)


def test_days_the_wrong_way_round_and_an_empty_choice_are_refused():
    with pytest.raises(OptionError, match="exchange them"):
        keep(desk(), first=date(2024, 2, 1), last=date(2024, 1, 1), clock=Clock())
    with pytest.raises(OptionError, match="No ticket is left"):
        keep(desk(), first=date(2030, 1, 1), clock=Clock())


@pytest.mark.parametrize("value", ["ada byron", "Byron, Ada", "Mailbox of Ada Byron"])
def test_a_value_that_names_a_person_is_refused_without_repeating_it(value):
    made = desk(requester=["Ada Byron", "Bo", "Cy", "Di"], service=[value, "Mail", "Web", "VPN"])
    with pytest.raises(OptionError, match="names a person") as refusal:
        keep(made, where=[f"service={value}"], clock=Clock())
    assert "byron" not in str(refusal.value).casefold()


def test_requesters_are_counted_for_units_and_not_for_services():
    made = desk(requester=["R1"] * 4, customer_unit=["Tiny", "Tiny", "Big", "Big"])
    with pytest.raises(OptionError, match="fewer than 5 people"):
        keep(made, where=["customer_unit=Tiny"], clock=Clock())
    assert ids(keep(made, where=["service=Email"], clock=Clock())) == ["T00000", "T00001"]
