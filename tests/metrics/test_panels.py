from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from made_records import at, every_slice, measured, records

from headway.calendars import Clock
from headway.metrics import panels
from headway.series import Slice

SERVICES = st.sampled_from(["Mail", "Web", "VPN"])
HOURS = st.one_of(st.none(), st.integers(0, 100))
DESKS = st.lists(st.tuples(st.integers(0, 40), HOURS, SERVICES, st.booleans()), min_size=1)
START = at("2024-01-01")


def made_from(tickets):
    tickets = sorted(tickets, key=str)
    opened = [START + day * 86_400 for day, *_ in tickets]
    return records(
        extracted="2024-03-01",
        opened_at=opened,
        resolved_at=[
            None if hours is None else start + hours * 3_600
            for start, (_, hours, *_) in zip(opened, tickets, strict=True)
        ],
        service=[service for *_, service, _ in tickets],
        target_met=[met for *_, met in tickets],
        reopens=[int(met) for *_, met in tickets],
    )


def test_arrivals_are_counted_on_local_days():
    made = records(opened_at=["2024-01-01T22:30", "2024-01-01T23:30", "2024-01-03T12:00"])
    window = (date(2024, 1, 1), date(2024, 1, 4))
    assert measured(made, window=window)["arrivals"].value.tolist() == [[2, 0, 1]]
    berlin = Clock(zone="Europe/Berlin")
    assert measured(made, window=window, clock=berlin)["arrivals"].value.tolist() == [[1, 1, 1]]


def test_partial_weeks_at_both_ends_are_dropped():
    made = records(
        extracted="2024-01-24T12:00:00",
        opened_at=["2024-01-03", "2024-01-08", "2024-01-15", "2024-01-23"],
    )
    panel = measured(made, period="week")["arrivals"]
    assert [str(day) for day in panel.periods.starts] == ["2024-01-08", "2024-01-15"]
    assert panel.value.tolist() == [[1, 1]]


def test_changes_are_counted_apart_from_the_work_of_the_desk():
    made = records(
        opened_at=["2024-01-01"] * 3,
        kind=["incident", "change", "change"],
        change_type=[None, "emergency", "normal"],
        outcome=[None, "failed", "successful"],
        authorised=[None, True, False],
    )
    found = measured(made, window=(date(2024, 1, 1), date(2024, 1, 2)))
    assert found["arrivals"].value.tolist() == [[1]]
    assert found["change_count"].value.tolist() == [[2]]
    for share in ("emergency_change_share", "change_failure_share", "unauthorised_change_share"):
        assert found[share].value.tolist() == [[50]], share
        assert found[share].numerator.tolist() == [[1]]


def test_alterations_without_a_change_count_as_unauthorised_where_no_change_says():
    made = records(
        opened_at=["2024-01-01"],
        alterations={
            "altered_at": ["2024-01-01", "2024-01-01", "2024-01-02"],
            "change_id": ["T00000", None, None],
        },
    )
    panel = measured(made, window=(date(2024, 1, 1), date(2024, 1, 3)))["unauthorised_change_share"]
    assert panel.value.tolist() == [[50, 100]]
    assert panel.n.tolist() == [[2, 1]]


def test_backlog_and_its_age_are_taken_at_the_end_of_each_day():
    made = records(
        opened_at=["2024-01-01T00:00", "2024-01-01T12:00", "2024-01-02T00:00"],
        resolved_at=["2024-01-02T12:00", "2024-01-01T13:00", None],
    )
    found = measured(made, window=(date(2024, 1, 1), date(2024, 1, 5)))
    assert found["backlog"].value.tolist() == [[1, 1, 1, 1]]
    assert found["backlog_age"].value.tolist() == [[1, 1, 2, 3]]


def test_a_finished_ticket_without_any_end_is_not_in_the_backlog():
    made = records(
        opened_at=["2024-01-01", "2024-01-01", "2024-01-01"],
        resolved_at=[None, None, "2024-01-02"],
        finished=[True, False, True],
    )
    found = measured(made, window=(date(2024, 1, 1), date(2024, 1, 4)))
    assert found["backlog"].value.tolist() == [[2, 1, 1]]


def test_feedback_follows_its_ticket_into_the_slices():
    made = records(
        opened_at=["2024-01-01", "2024-01-01"],
        service=["Mail", "Web"],
        feedback={
            "ticket_id": ["T00000", "T00001", "nowhere", "T00001"],
            "asked_at": ["2024-01-01"] * 4,
            "answered_at": ["2024-01-01", "2024-01-01", "2024-01-01", None],
            "score": [5.0, 2.0, 2.0, None],
        },
    )
    found = measured(made, window=(date(2024, 1, 1), date(2024, 1, 2)))
    assert found["satisfaction"].slices == (
        Slice(),
        Slice("service", "Mail"),
        Slice("service", "Web"),
    )
    assert found["satisfaction"].value.tolist() == [[3], [5], [2]]
    assert found["response_rate"].value.tolist() == [[75], [100], [50]]


def test_metrics_without_their_columns_or_records_have_no_panel():
    found = measured(records(opened_at=["2024-01-01"]), window=(date(2024, 1, 1), date(2024, 1, 3)))
    assert set(found) == {"arrivals"}


def test_one_ticket_and_no_ticket_give_panels_without_periods():
    one = records(extracted="2024-01-01T12:00", opened_at=["2024-01-01T10:00"])
    none = records(opened_at=[])
    for made in (one, none):
        for panel in measured(made).values():
            assert panel.value.shape == (1, 0)


@given(DESKS)
@settings(max_examples=30)
def test_counts_over_a_dimension_add_up_to_all(tickets):
    made = made_from(tickets)
    for name in ("arrivals", "resolved", "backlog", "within_target", "reopened_share"):
        panel = measured(made).get(name)
        if panel is None or len(panel.slices) == 1:
            continue
        assert (panel.n[1:].sum(axis=0) == panel.n[0]).all(), name
        if panel.numerator is not None:
            assert (panel.numerator[1:].sum(axis=0) == panel.numerator[0]).all(), name


@given(DESKS, st.randoms())
@settings(max_examples=30)
def test_shuffled_tickets_give_the_same_panels(tickets, random):
    made = made_from(tickets)
    order = list(range(len(tickets)))
    random.shuffle(order)
    shuffled = made.__class__(**{**made.__dict__, "tickets": made.tickets.take(order)})
    first, second = measured(made), measured(shuffled)
    assert set(first) == set(second)
    for name, panel in first.items():
        assert panel.slices == second[name].slices
        for part in ("value", "n", "numerator", "usable", "spread"):
            np.testing.assert_array_equal(getattr(panel, part), getattr(second[name], part))


@given(DESKS)
@settings(max_examples=30)
def test_backlog_is_what_was_opened_and_has_not_ended(tickets):
    made = made_from(tickets)
    found = measured(made)
    if "backlog" not in found:
        return
    panel = found["backlog"]
    for column, end in enumerate(panel.periods.ends.astype("datetime64[s]").astype(np.int64)):
        waiting = [
            end - opened
            for day, hours, *_ in tickets
            if (opened := START + day * 86_400) < end
            and (hours is None or opened + hours * 3_600 >= end)
        ]
        assert panel.n[0, column] == len(waiting)
        if waiting:
            age = found["backlog_age"].value[0, column]
            np.testing.assert_allclose(age, np.median(waiting) / 86_400)


def test_the_period_follows_the_span():
    for days, span in ((40, "day"), (200, "week"), (1500, "month")):
        made = records(
            extracted=str(np.datetime64("2020-01-01") + days), opened_at=["2020-01-01"] * 2
        )
        found = panels(made, clock=Clock(), slicing=every_slice(made))
        assert found["arrivals"].periods.span == span


def test_a_side_of_the_window_may_be_left_open():
    made = records(extracted="2024-01-05T12:00", opened_at=["2024-01-02", "2024-01-03"])
    start = measured(made, window=(date(2024, 1, 1), None))["arrivals"]
    end = measured(made, window=(None, date(2024, 1, 4)))["arrivals"]
    assert start.value.tolist() == [[0, 1, 1, 0]]
    assert end.value.tolist() == [[1, 1]]


def test_a_slice_that_is_all_of_a_metric_is_not_shown_beside_it():
    made = records(
        opened_at=["2024-01-01"] * 3,
        kind=["incident", "incident", "change"],
        service=["Mail", "Mail", "Web"],
    )
    panel = measured(made, window=(date(2024, 1, 1), date(2024, 1, 2)))["arrivals"]
    assert panel.slices == (Slice(),)
