"""A change is told where its tickets are, not in every slice that shares them."""

import numpy as np

from headway.calendars import Clock
from headway.engine.slices import Dimension, Slicing
from headway.findings.overlap import refer
from headway.results import Finding
from headway.series import Slice

TICKETS = 400


class Desk:
    clock = Clock()
    opened = np.full(TICKETS, 1_700_000_000, dtype=np.int64)


def slicing(shared):
    """400 tickets: 100 of the service Email, 100 of the group Mail; ``shared`` are in both."""
    service = np.where(np.arange(TICKETS) < 100, 0, 1).astype(np.int32)
    group = np.where(
        (np.arange(TICKETS) >= 100 - shared) & (np.arange(TICKETS) < 200 - shared), 0, 1
    )
    return Slicing(
        (
            Dimension("service", ("Email", "Other"), service),
            Dimension("group", ("Mail", "Rest"), group.astype(np.int32)),
        ),
        5,
    )


def finding(part, after, **given):
    base = {
        "id": str(part),
        "kind": "shift",
        "metric": "time_to_resolve",
        "slice": part,
        "direction": "worse",
        "sentence": "",
        "since": "2023-01-02",
        "since_interval": ("2023-01-02", "2023-01-16"),
        "before": 10.0,
        "after": after,
        "unit": "h",
        "weight": 5.0,
    }
    return Finding(**(base | given))


EMAIL, MAIL, ALL = Slice("service", "Email"), Slice("group", "Mail"), Slice()


def parents(findings, shared=60):
    return {f.id: f.parent for f in refer(findings, slicing(shared), Desk())}


def test_a_group_that_shares_the_tickets_refers_to_the_service_that_moved_further():
    assert parents([finding(EMAIL, 20.0), finding(MAIL, 14.0)]) == {
        "service=Email": "",
        "group=Mail": "service=Email",
    }


def test_a_move_that_the_shared_tickets_cannot_account_for_stands_alone():
    assert set(parents([finding(EMAIL, 20.0), finding(MAIL, 19.0)], shared=30).values()) == {""}


def test_another_time_metric_or_direction_is_another_matter():
    later = {"since_interval": ("2023-06-05", "2023-06-19")}
    for other in (later, {"metric": "backlog"}, {"direction": "better"}):
        assert set(parents([finding(EMAIL, 20.0), finding(MAIL, 14.0, **other)]).values()) == {""}


def test_the_slow_move_of_a_total_refers_to_the_slice_that_carries_it():
    whole = finding(ALL, 11.0, kind="drift", weight=5.0)
    assert parents([whole, finding(EMAIL, 20.0, weight=6.0)])["all"] == "service=Email"
    assert parents([whole, finding(EMAIL, 20.0, weight=2.0)])["all"] == ""
