from datetime import date

import numpy as np
import pytest
from made_records import UTC, at, every_slice, records

from headway.engine.people import People
from headway.engine.slices import enumerate_slices
from headway.errors import OptionError
from headway.metrics import members, oldest, panels, same_month, tasks
from headway.series import Slice


def laptops(requesters, **more):
    count = len(requesters)
    return records(
        opened_at=["2024-01-01"] * count,
        resolved_at=[at("2024-01-01") + (n + 1) * 3600 for n in range(count)],
        category=["Hardware"] * count,
        title=["New laptop"] * count,
        requester=requesters,
        **more,
    )


def test_a_title_is_shown_when_five_different_people_asked_it():
    shared = laptops(["a1", "a2", "a3", "a4", "a5"])
    (task,) = tasks(shared, clock=UTC, slicing=every_slice(shared))
    assert task.name == "incident · Hardware · “New laptop”"
    assert (task.count, task.median_hours) == (5, 3)
    np.testing.assert_allclose((task.p15_hours, task.p85_hours), (1.6, 4.4))
    private = laptops(["a1", "a2", "a3", "a4", "a1"])
    (task,) = tasks(private, clock=UTC, slicing=every_slice(private))
    assert task.name == "incident · Hardware"


def test_the_ten_most_frequent_tasks_come_in_order_of_count():
    categories = [f"C{number:02d}" for number in range(12) for _ in range(number + 1)]
    made = records(opened_at=["2024-01-01"] * len(categories), category=categories)
    found = tasks(made, clock=UTC, slicing=every_slice(made))
    assert [task.count for task in found] == list(range(12, 2, -1))
    assert found[0].name == "incident · C11"
    assert found[0].median_hours is None


def test_a_task_of_few_people_is_not_shown():
    made = laptops(["a1", "a2", "a3", "a4", "a5"], assignee=["One"] * 5)
    assert tasks(made, clock=UTC, slicing=enumerate_slices(made)) == ()


def test_names_are_taken_out_of_titles_in_either_order():
    people = People(["Ada Byron", "resolver 89", "o'neil, cy"])
    assert people.hidden_in("Ask Ada Byron or BYRON, ADA") == "Ask … or …"
    assert people.hidden_in("Resolver 8 broke") == "Resolver 8 broke"
    assert people.hidden_in("Ask resolver 89") == "Ask …"
    assert people.hidden_in("Cy O'Neil called") == "… called"
    assert people.hidden_in("Byronic adaptation") == "Byronic adaptation"


def test_part_of_a_name_is_taken_out_of_titles():
    people = People(["Zebulon Fernsby", "Müller, Al (u1842)", "Caller 2403"])
    assert people.hidden_in("Call Fernsby back") == "Call … back"
    assert people.hidden_in("Caller MÜLLER has u1842") == "Caller … has …"
    assert people.hidden_in("Al fresco portal") == "Al fresco portal"


def test_without_requesters_no_title_is_shown():
    made = laptops([None] * 5)
    (task,) = tasks(made, clock=UTC, slicing=every_slice(made))
    assert task.name == "incident · Hardware"


def test_a_task_never_shows_a_known_person():
    people = ["Ada Byron", "a2", "a3", "a4", "a5"]
    made = records(
        opened_at=["2024-01-01"] * 5,
        category=["Accounts"] * 5,
        title=["Reset for Ada Byron"] * 5,
        requester=people,
    )
    (task,) = tasks(made, clock=UTC, slicing=every_slice(made))
    assert task.name == "incident · Accounts · “Reset for …”"


def test_the_oldest_open_tickets_come_first_and_small_groups_are_masked():
    made = records(
        extracted="2024-01-11",
        opened_at=["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"],
        resolved_at=["2024-01-05", None, None, None],
        group=["Large", "Tiny", "Large", None],
        priority=["1", "2", None, "3"],
        assignee=["a", "b", "c", "d"],
    )
    found = oldest(made, clock=UTC, slicing=enumerate_slices(made, minimum_people=2), n=2)
    assert [(t.id, t.opened_on, t.age_days, t.priority, t.where) for t in found] == [
        ("T00001", "2024-01-02", 9, "2", "masked"),
        ("T00002", "2024-01-03", 8, "", "Large"),
    ]


def test_the_last_month_stands_beside_the_same_month_a_year_before():
    made = records(
        extracted="2024-03-10",
        opened_at=["2023-02-03", "2023-02-04", "2023-06-01", "2024-02-28", "2024-03-01"],
    )
    (pair,) = same_month(made, clock=UTC, coverage_window=(date(2023, 2, 1), date(2024, 3, 10)))
    assert (pair.metric, pair.month, pair.value) == ("arrivals", "2024-02", 1)
    assert (pair.month_before, pair.value_before, pair.unit) == ("2023-02", 2, "tickets")
    assert same_month(made, clock=UTC, coverage_window=(date(2023, 3, 1), date(2024, 3, 10))) == ()


def test_members_are_the_tickets_behind_each_cell_of_a_panel():
    random = np.random.default_rng(5)
    opened = np.sort(random.integers(at("2024-01-01"), at("2024-02-01"), 300))
    took = random.integers(3_600, 400_000, 300)
    ends = [
        int(o + t) if o + t < at("2024-02-01") else None for o, t in zip(opened, took, strict=True)
    ]
    made = records(
        extracted="2024-02-01",
        opened_at=opened.tolist(),
        resolved_at=ends,
        service=random.choice(["Mail", "Web"], 300).tolist(),
        target_met=(took < 100_000).tolist(),
        reassignments=random.integers(0, 3, 300).tolist(),
    )
    found = panels(made, clock=UTC, slicing=every_slice(made), period="week")
    assert {"time_to_resolve.p85", "backlog", "resolved", "within_target"} <= set(found)
    for name, panel in found.items():
        for row, part in enumerate(panel.slices):
            for column in range(len(panel.periods)):
                days = (panel.periods.starts[column].item(), panel.periods.ends[column].item())
                assert len(members(made, name, part, *days, UTC)) == panel.n[row, column], name


def test_members_of_unknown_metrics_and_dimensions_are_refused():
    made = records(opened_at=["2024-01-01"])
    with pytest.raises(OptionError, match="choose one of arrivals"):
        members(made, "happiness", Slice(), None, None, UTC)
    with pytest.raises(OptionError, match="'assignee' is no dimension"):
        members(made, "arrivals", Slice("assignee", "Ada"), None, None, UTC)
    assert members(made, "satisfaction", Slice(), None, None, UTC).tolist() == []
