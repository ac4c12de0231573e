from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from made_records import at, measured, records

from headway.calendars import Clock
from headway.engine.reductions import survival_percentile
from headway.metrics import totals
from headway.metrics.desk import Desk
from headway.metrics.durations import time_to_resolve
from headway.metrics.panel import horizon

ONE_DAY = (date(2024, 1, 1), date(2024, 1, 2))
MONDAY = "2024-01-01T00:00:00"


def hours_after(start, hours):
    return [None if h is None else at(start) + int(h * 3600) for h in hours]


def day_of(hours, *, extracted, **more):
    """Tickets opened on one Monday midnight and resolved so many hours later."""
    made = records(
        extracted=extracted,
        opened_at=[MONDAY] * len(hours),
        resolved_at=hours_after(MONDAY, hours),
        **more,
    )
    return measured(made, window=ONE_DAY)


def test_open_tickets_count_as_longer_than_any():
    # Three resolved after 1, 2 and 3 hours, two still open: the middle one of five took 3 hours.
    found = day_of([1, 2, 3, None, None], extracted="2024-02-01")
    assert found["time_to_resolve"].value.tolist() == [[3]]
    assert found["time_to_resolve"].n.tolist() == [[5]]
    assert np.isnan(found["time_to_resolve.p85"].value).all()


def test_a_percentile_beyond_the_follow_up_is_not_a_number():
    # The period ends 24 hours after opening. With an extract 30 hours after that, a median of 29
    # hours is followed and one of 31 is not, because an open ticket could have been shorter.
    followed = day_of([1, 29, None], extracted="2024-01-03T06:00:00")
    beyond = day_of([1, 31, None], extracted="2024-01-03T06:00:00")
    assert followed["time_to_resolve"].value.tolist() == [[29]]
    assert np.isnan(beyond["time_to_resolve"].value).all()


def test_a_cohort_without_an_open_ticket_is_exact_whatever_the_follow_up():
    found = day_of([1, 31, 40], extracted="2024-01-03T06:00:00")
    assert found["time_to_resolve"].value.tolist() == [[31]]


def test_finished_tickets_without_a_resolve_instant_are_left_out_and_not_censored():
    found = day_of(
        [1, 3, None, None],
        extracted="2024-02-01",
        finished=[True, True, True, False],
        closed_at=[None, None, None, None],
    )
    assert found["time_to_resolve"].n.tolist() == [[3]]
    assert found["time_to_resolve"].value.tolist() == [[3]]


def test_resolved_before_opened_is_left_out():
    found = day_of([-5, 2, 4], extracted="2024-02-01")
    assert found["time_to_resolve"].n.tolist() == [[2]]
    assert found["time_to_resolve"].value.tolist() == [[3]]


def test_recent_cohorts_are_not_compared_as_if_complete():
    # One ticket a day that takes 48 hours: the last two days before the extract cannot be judged.
    days = [f"2024-01-{day:02d}" for day in range(1, 21)]
    made = records(
        extracted="2024-01-21",
        opened_at=days,
        resolved_at=[at(d) + 48 * 3600 if at(d) < at("2024-01-19") else None for d in days],
    )
    found = measured(made)
    assert found["time_to_resolve"].usable.tolist() == [True] * 18 + [False] * 2
    assert found["arrivals"].usable.all()
    assert found["time_to_resolve"].value[0, :18].tolist() == [48] * 18
    assert np.isnan(found["time_to_resolve"].value[0, 18:]).all()


def test_the_horizon_is_cut_when_too_many_tickets_are_open():
    waits = np.array([1.0] * 9 + [np.inf])
    assert horizon(waits, "median", 100.0) == 1.0
    assert horizon(waits, "p85", 100.0) == 100.0
    assert horizon(None, "share", 100.0) == 0.0


def test_working_time_counts_working_hours_only_and_pending_is_taken_off():
    made = records(
        opened_at=["2024-01-05T17:00:00"],  # a Friday; working hours end at 18:00
        resolved_at=["2024-01-08T10:00:00"],
        events={
            "ticket": [0, 0],
            "at": ["2024-01-05T17:30:00", "2024-01-06T12:00:00"],
            "sequence": [0, 0],
            "state": ["Pending", "Active"],
        },
    )
    window = (date(2024, 1, 5), date(2024, 1, 6))

    def median(clock):
        return measured(made, window=window, clock=clock)["time_to_resolve"].value.tolist()

    assert median(Clock()) == [[65]]
    assert median(Clock(rule="working")) == [[3]]
    assert median(Clock(rule="working", pending="excluded")) == [[2.5]]


WAITED = {
    "ticket": [0, 0, 1],
    "at": ["2024-01-01T10:00:00", "2024-01-01T16:00:00", "2024-01-01T06:00:00"],
    "sequence": [0, 0, 0],
    "state": ["Pending", "Active", "Pending"],
}


def test_waiting_after_the_first_response_does_not_shorten_it():
    made = records(
        opened_at=[MONDAY],
        first_response_at=["2024-01-01T11:00:00"],
        resolved_at=["2024-01-01T18:00:00"],
        events={name: values[:2] for name, values in WAITED.items()},
    )
    found = measured(made, window=ONE_DAY, clock=Clock(pending="excluded"))
    assert found["time_to_first_response"].value.tolist() == [[10]]
    assert found["time_to_resolve"].value.tolist() == [[12]]


def test_an_open_ticket_that_waits_has_been_with_the_desk_for_less():
    made = records(
        extracted="2024-01-02",
        opened_at=[MONDAY] * 2,
        resolved_at=["2024-01-01T18:00:00", None],
        events=WAITED,
    )
    facts = time_to_resolve(Desk(made, Clock(pending="excluded")))
    assert facts.so_far.tolist()[1] == 6


def test_an_open_ticket_past_its_due_date_has_missed_its_target():
    made = records(
        extracted="2024-01-10",
        opened_at=[MONDAY] * 4,
        resolved_at=["2024-01-02", "2024-01-04", None, None],
        target_due_at=["2024-01-03", "2024-01-03", "2024-01-03", "2024-01-20"],
    )
    panel = measured(made, window=ONE_DAY)["within_target"]
    assert (panel.numerator.tolist(), panel.n.tolist()) == ([[1]], [[3]])


def test_a_target_said_to_be_met_counts_only_once_the_ticket_is_finished():
    made = records(
        opened_at=[MONDAY] * 3,
        resolved_at=["2024-01-02", None, None],
        target_met=[True, True, False],
    )
    panel = measured(made, window=ONE_DAY)["within_target"]
    assert (panel.numerator.tolist(), panel.n.tolist()) == ([[1]], [[2]])


def test_restoring_looks_at_major_incidents_else_at_the_highest_priority():
    columns = {"priority": ["1 - Critical", "3", "1"], "extracted": "2024-02-01"}
    assert day_of([1, 2, 3], **columns)["time_to_restore"].value[0].tolist() == [2]
    flagged = day_of([1, 2, 3], **columns, major=[False, True, False])
    assert flagged["time_to_restore"].value.tolist() == [[2]]
    assert flagged["time_to_restore"].n.tolist() == [[1]]
    assert flagged["major_incidents"].value.tolist() == [[1]]


def test_the_whole_extract_is_summed_up_with_its_parts():
    made = records(
        extracted="2024-02-01",
        opened_at=[MONDAY] * 4,
        resolved_at=hours_after(MONDAY, [1, 2, 3, None]),
        target_met=[True, False, True, None],
        closed_at=[None] * 4,
    )
    result = {r.id: r for r in totals(made, clock=Clock())}
    target = result["within_target"]
    assert (target.numerator, target.denominator, target.n) == (2, 3, 3)
    np.testing.assert_allclose(target.value, 200 / 3)
    assert result["time_to_resolve"].value == 2.0
    assert result["time_to_resolve"].p85 is None
    assert result["backlog"].value == 1
    assert result["backlog_age"].value == 31
    assert not result["satisfaction"].computable
    assert result["satisfaction"].needs == ("feedback.score",)
    assert result["change_count"].needs == ("kind=change",)
    assert result["time_to_restore"].needs == ("major | priority",)


@given(st.lists(st.one_of(st.none(), st.integers(0, 48)), min_size=1, max_size=9))
def test_a_median_that_is_given_is_the_kaplan_meier_estimate(hours):
    hours = [0, *hours] if len(hours) % 2 == 0 else [0, 0, *hours]  # one is in the middle
    known = [None if h is None or h > 30 else h for h in hours]  # the extract is 30 hours later
    value = day_of(known, extracted="2024-01-02T06:00:00")["time_to_resolve"].value[0, 0]
    finished = np.array([h for h in known if h is not None], dtype=float)
    estimate = survival_percentile(finished, np.full(known.count(None), 30.0), 0.5)
    if not np.isnan(value):
        assert value == estimate
    elif np.isfinite(estimate):
        assert estimate > 6  # hours from the end of the period to the extract


def test_stock_and_outflow_are_compared_once_older_work_has_drained():
    # Work takes 48 hours: what was open before the first ticket is gone on the third day.
    days = [f"2024-01-{day:02d}" for day in range(1, 21)]
    made = records(
        extracted="2024-02-01", opened_at=days, resolved_at=[at(d) + 48 * 3600 for d in days]
    )
    found = measured(made, window=(date(2024, 1, 1), date(2024, 1, 6)))
    for name in ("resolved", "backlog", "backlog_age"):
        assert found[name].usable.tolist() == [False, False, True, True, True], name
