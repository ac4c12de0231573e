"""Shares and gaps worked out by hand."""

from datetime import date

import pytest
from made_records import UTC, measured, records

from headway.metrics import members, totals
from headway.series import Slice

DAY = "2024-03-01"
WHOLE_DAY = (date(2024, 3, 1), date(2024, 3, 2))


def total(made, metric):
    return next(result for result in totals(made, clock=UTC) if result.id == metric)


def share(made, metric):
    found = total(made, metric)
    return found.numerator, found.denominator


def finished(count, **columns):
    return records(opened_at=[DAY] * count, resolved_at=["2024-03-02"] * count, **columns)


def test_a_ticket_that_returns_to_a_group_is_ping_pong():
    made = finished(4, group_returns=[0, 1, 3, None], service=["Mail", "Mail", "Web", "Web"])
    assert share(made, "ping_pong_share") == (2, 3)
    panel = measured(made, window=WHOLE_DAY)["ping_pong_share"]
    assert panel.slices[1:] == (Slice("service", "Mail"), Slice("service", "Web"))
    assert panel.numerator.tolist() == [[2], [1], [1]]


def test_open_tickets_may_still_come_back_and_are_not_counted():
    made = records(
        opened_at=[DAY, DAY],
        resolved_at=["2024-03-02", None],
        group_returns=[1, 0],
        priority_changes=[0, 2],
        first_contact=[True, False],
    )
    assert share(made, "ping_pong_share") == (1, 1)
    assert share(made, "changed_priority_share") == (0, 1)
    assert share(made, "first_contact_share") == (1, 1)


def test_first_contact_is_a_share_of_those_that_say_so_or_not():
    made = finished(4, first_contact=[True, True, False, None])
    assert share(made, "first_contact_share") == (2, 3)
    assert total(made, "first_contact_share").value == pytest.approx(66.667, abs=1e-3)


def test_waiting_is_the_mean_part_of_each_tickets_time():
    made = records(
        opened_at=[DAY] * 4,
        resolved_at=["2024-03-02", "2024-03-05", DAY, None],
        pending_seconds=[43_200, 86_400, 0, None],
    )
    found = total(made, "waiting_share")
    assert (found.value, found.n) == ((50 + 25) / 2, 2)


def test_gaps_lie_between_major_incidents_and_belong_to_no_slice():
    made = records(
        opened_at=["2024-03-01", "2024-03-02", "2024-03-04", "2024-03-11"],
        major=[True, False, True, True],
        service=["Mail", "Mail", "Web", "Mail"],
    )
    found = total(made, "time_between_major_incidents")
    assert (found.value, found.n) == ((3 + 7) / 2, 2)
    window = (date(2024, 3, 1), date(2024, 3, 12))
    panel = measured(made, window=window)["time_between_major_incidents"]
    assert panel.slices == (Slice(),)
    assert panel.value[0, [3, 10]].tolist() == [3, 7]
    rows = members(made, panel.metric, Slice(), date(2024, 3, 4), None, UTC)
    assert rows.tolist() == [2, 3]


def test_a_gap_takes_two_major_incidents():
    found = total(records(opened_at=[DAY], major=[True]), "time_between_major_incidents")
    assert not found.computable
    assert found.note == "A gap takes two major incidents."


def test_links_are_counted_over_incidents_only():
    made = finished(
        3,
        kind=["incident", "incident", "request"],
        change_id=["CHG1", None, "CHG1"],
        problem_id=["PRB1", "PRB1", None],
    )
    assert share(made, "change_linked_share") == (1, 2)
    assert share(made, "problem_linked_share") == (2, 2)


REPEATS = {
    # A first ticket that opens the 30 days nothing can be said about.
    "opened_at": ["2024-01-01", "2024-02-10", "2024-02-20", "2024-03-21", "2024-04-21"],
    "requester": ["Z", "A", "A", "A", "A"],
    "category": ["Mail"] * 5,
    "subcategory": [None] * 5,
}


def test_a_repeat_is_alike_one_opened_at_most_thirty_days_before():
    # 20 February follows 10 February; 21 March is exactly 30 days later; 21 April is 31.
    assert share(records(**REPEATS), "repeat_share") == (2, 4)


@pytest.mark.parametrize(
    "other",
    [
        {"requester": ["Z", "A", "B", "C", "D"]},
        {"subcategory": [None, "a", "b", "c", "d"]},
        {"kind": ["incident", "incident", "request", "problem", "other"]},
        {"configuration_item": [None, "a", "b", None, "d"]},
    ],
)
def test_another_requester_matter_or_kind_is_no_repeat(other):
    assert share(records(**{**REPEATS, **other}), "repeat_share") == (0, 4)


def test_the_same_item_is_the_same_matter_whatever_its_category():
    made = {**REPEATS, "category": list("abcde"), "configuration_item": ["x"] * 5}
    assert share(records(**made), "repeat_share") == (2, 4)


def test_a_ticket_without_requester_or_matter_is_left_out():
    made = {**REPEATS, "requester": ["Z", "A", None, "A", "A"], "category": [*["Mail"] * 4, None]}
    assert share(records(**made), "repeat_share") == (0, 2)  # 21 March is 40 days after 10 February


def test_thirty_days_of_records_say_nothing_about_repeats():
    made = records(opened_at=[DAY, DAY], requester=["A", "A"], category=["Mail", "Mail"])
    found = total(made, "repeat_share")
    assert not found.computable
    assert found.note == "No ticket follows after 30 days of records."


@pytest.mark.parametrize(("tickets", "left"), [(30, 30), (31, 0)])
def test_an_account_with_more_than_a_ticket_a_day_is_no_customer(tickets, left):
    made = records(
        opened_at=["2024-01-01"] + [DAY] * tickets,
        requester=["Z"] + ["monitoring"] * tickets,
        category=["Mail"] * (tickets + 1),
    )
    found = total(made, "repeat_share")
    assert found.n == left
    said = "Requesters with more than 30 tickets in 30 days are left out: 1."
    assert (found.note == said) == (left == 0)


def test_self_service_is_a_share_of_known_channels():
    made = finished(4, channel=["Self service", "Phone", "Portal", None])
    assert share(made, "self_service_share") == (2, 3)


def test_channels_without_self_service_give_a_reason_and_no_zero():
    found = total(finished(2, channel=["Guichet", "Phone"]), "self_service_share")
    assert (found.computable, found.value) == (False, None)
    assert found.note == "No channel is recognised as self-service (found: 'Guichet', 'Phone')."


def answers(*scores):
    return finished(
        len(scores),
        feedback={
            "ticket_id": [f"T{n:05d}" for n in range(len(scores))],
            "asked_at": [DAY] * len(scores),
            "score": list(scores),
        },
    )


def test_the_top_box_is_the_highest_step_seen():
    assert share(answers(5.0, 5.0, 3.0, 1.0, None), "top_box_satisfaction") == (2, 4)


@pytest.mark.parametrize(("scores", "steps"), [([4.0] * 3, 1), ([n / 10 for n in range(12)], 12)])
def test_one_value_or_a_sliding_scale_has_no_top_box(scores, steps):
    found = total(answers(*scores), "top_box_satisfaction")
    assert not found.computable
    assert f"take {steps} different values" in found.note
