"""Changes, their approvals and their releases, worked out by hand."""

from datetime import date

import pytest
from made_records import UTC, measured, records

from headway.calendars import Clock
from headway.metrics import members, totals
from headway.series import Slice

DAY = "2024-03-01"


def total(made, metric, clock=UTC):
    return next(result for result in totals(made, clock=clock) if result.id == metric)


def changes(*opened, **columns):
    return records(opened_at=list(opened), kind=["change"] * len(opened), **columns)


def test_standard_changes_are_a_share_of_known_types():
    made = changes(*[DAY] * 4, change_type=["standard", "normal", "standard", None])
    found = total(made, "standard_change_share")
    assert (found.numerator, found.denominator) == (2, 3)


def test_lead_time_ends_with_the_work_and_not_with_the_record():
    made = changes(
        *[DAY] * 3,
        actual_end_at=["2024-03-02", "2024-03-04", None],
        resolved_at=["2024-03-09"] * 3,
    )
    found = total(made, "change_lead_time")
    assert (found.value, found.n) == ((24 + 72) / 2, 2)
    assert found.note == "1 finished tickets without a usable end are left out."


def test_lead_time_ends_with_resolution_where_no_change_says_its_end():
    made = changes(DAY, DAY, resolved_at=["2024-03-03", None])
    found = total(made, "change_lead_time")
    assert (found.value, found.n) == (48, 2)  # the open one is longer than any


def approvals(**columns):
    rows = len(columns["ticket_id"])
    return {"outcome": [None] * rows, **columns}


def test_an_approval_waits_from_its_request_to_its_decision():
    made = changes(
        DAY,
        DAY,
        service=["Mail", "Web"],
        approvals=approvals(
            ticket_id=["T00000", "T00000", "T00001"],
            requested_at=["2024-03-01T08:00", "2024-03-01T08:00", "2024-03-01T12:00"],
            decided_at=["2024-03-01T10:00", "2024-03-01T20:00", "2024-03-01T16:00"],
        ),
    )
    assert (total(made, "approval_wait").value, total(made, "approval_wait").n) == (4, 3)
    panel = measured(made, window=(date(2024, 3, 1), date(2024, 3, 2)))["approval_wait"]
    assert panel.slices == (Slice(), Slice("service", "Mail"), Slice("service", "Web"))
    assert panel.value.tolist() == [[4], [7], [4]]


def test_an_approval_in_working_hours_rests_at_night():
    made = changes(
        DAY,
        approvals=approvals(
            ticket_id=["T00000"],
            requested_at=["2024-03-01T17:00"],  # a Friday
            decided_at=["2024-03-04T09:00"],
        ),
    )
    assert total(made, "approval_wait", Clock(rule="working")).value == 2


def test_undecided_approvals_wait_only_as_long_as_their_change():
    asked = [DAY] * 5
    made = changes(
        DAY,
        DAY,
        resolved_at=[None, "2024-03-03"],
        extracted="2024-03-05",
        approvals=approvals(
            ticket_id=["T00000", "T00000", "T00001", "T00000", "T00000"],
            requested_at=asked,
            decided_at=["2024-03-02", None, None, None, None],
            outcome=["approved", "requested", None, "rejected", None],
        ),
    )
    # One decided, two waiting; the one of a finished change and the undated refusal are unknown.
    assert total(made, "approval_wait").n == 3
    panel = measured(made, window=(date(2024, 3, 1), date(2024, 3, 2)))["approval_wait"]
    assert panel.n.tolist() == [[3]]


def test_a_decision_before_its_request_is_left_out():
    made = changes(
        DAY,
        approvals=approvals(
            ticket_id=["T00000", "nowhere"],
            requested_at=["2024-03-02", "2024-03-02"],
            decided_at=["2024-03-01", "2024-03-03"],
        ),
    )
    assert (total(made, "approval_wait").value, total(made, "approval_wait").n) == (24, 1)


def test_changes_are_counted_by_release():
    made = changes(
        "2024-03-01",
        "2024-03-02",
        "2024-03-03",
        "2024-03-03",
        "2024-03-04",
        release=["R1", "R1", "R2", "R1", None],
    )
    found = total(made, "changes_per_batch")
    assert (found.value, found.n) == (2, 2)
    panel = measured(made, window=(date(2024, 3, 1), date(2024, 3, 5)))["changes_per_batch"]
    assert panel.value[0, 2] == 2
    assert panel.n.tolist() == [[0, 0, 2, 0]]
    rows = members(made, "changes_per_batch", Slice(), date(2024, 3, 3), None, UTC)
    assert rows.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("metric", ["changes_per_batch", "standard_change_share"])
def test_what_changes_do_not_say_is_asked_for(metric):
    found = total(changes(DAY), metric)
    assert not found.computable
    assert found.needs
