"""The simulated desk: the same by seed, plausible, and true to what was planted."""

import datetime as dt
import itertools
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc
import pytest

from headway.errors import OptionError, OutputError
from headway.readers import read
from headway.simulate import Desk, Truth, changes, feedback, tickets, truths, write
from headway.simulate.desk import after_work, days_off, seconds

DESK = Desk(tickets_per_week=1500, changes_per_week=300)
PLANTED = replace(DESK, planted=truths())
QUIET = tickets(DESK)
LOUD = tickets(PLANTED)


def epoch(table, column):
    return np.array(table.column(column).cast("int64").to_pylist(), dtype=float)


def where(table, **slices):
    for column, value in slices.items():
        table = table.filter(pc.equal(table.column(column.replace("_", " ")), value))
    return table


def since(table, day, column="Opened"):
    instant = dt.datetime.combine(day, dt.time())
    late = pc.greater_equal(table.column(column), instant)
    return table.filter(pc.invert(late)), table.filter(late)


def hours(table):
    taken = epoch(table, "Resolved") - epoch(table, "Opened")
    return float(np.nanmedian(taken)) / 3600


def reopened_share(table):
    done = table.filter(pc.is_valid(table.column("Resolved")))
    return pc.mean(pc.greater(done.column("Reopen count"), 0)).as_py()


def truth_about(metric):
    return next(truth for truth in truths() if truth.metric == metric)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    first = write(tmp_path / "a", weeks=6)
    again = write(tmp_path / "b", weeks=6)
    other = write(tmp_path / "c", weeks=6, seed=8)
    for one, two, three in zip(first, again, other, strict=True):
        assert one.read_bytes() == two.read_bytes()
        assert one.read_bytes() != three.read_bytes()
    assert [path.name for path in first] == ["tickets.csv", "changes.csv", "feedback.csv"]


def test_the_files_are_read_back_whole(tmp_path):
    for path in write(tmp_path, weeks=6):
        raw = read(path)
        assert raw.rejects == ()
        assert raw.table.num_rows > 50
        number = raw.table.column(0).to_pylist()
        assert len(set(number)) == len(number)


def test_volume_is_what_was_asked_for_give_or_take():
    assert QUIET.num_rows / DESK.weeks == pytest.approx(1500, rel=0.08)
    assert changes(DESK).num_rows / DESK.weeks == pytest.approx(300, rel=0.08)


def test_records_lie_inside_the_extract_and_in_order():
    opened = epoch(QUIET, "Opened")
    assert (np.diff(opened) >= 0).all()
    first, last = (dt.datetime.fromtimestamp(x, dt.UTC).date() for x in opened[[0, -1]])
    assert DESK.start <= first
    assert last <= DESK.end
    for column in ("First response", "Resolved", "Closed"):
        assert np.nanmax(epoch(QUIET, column)) < DESK.extracted_at


def test_each_ticket_goes_forward_in_time():
    steps = [epoch(QUIET, name) for name in ("Opened", "First response", "Resolved", "Closed")]
    for before, after in itertools.pairwise(steps):
        assert not (after < before).any()


def test_some_tickets_are_open_at_the_end_and_hardly_any_from_long_ago():
    is_open = QUIET.filter(pc.is_null(QUIET.column("Resolved")))
    assert 50 < is_open.num_rows < 0.05 * QUIET.num_rows
    old, _ = since(is_open, DESK.end - dt.timedelta(weeks=20))
    assert old.num_rows < 0.1 * is_open.num_rows
    assert set(is_open.column("State").to_pylist()) <= {"New", "In progress", "On hold"}


def test_weekends_are_quiet_and_people_resolve_in_working_hours():
    opened = QUIET.column("Opened")
    weekend = pc.greater_equal(pc.day_of_week(opened), 5)
    assert pc.mean(weekend).as_py() < 0.06
    resolved = QUIET.column("Resolved").drop_null()
    assert pc.max(pc.day_of_week(resolved)).as_py() == 4
    assert (pc.min(pc.hour(resolved)).as_py(), pc.max(pc.hour(resolved)).as_py()) == (7, 18)


def test_every_group_has_at_least_six_people():
    named = QUIET.filter(pc.is_valid(QUIET.column("Assigned to")))
    people = named.group_by("Assignment group").aggregate([("Assigned to", "count_distinct")])
    assert people.num_rows == 10
    assert min(people.column("Assigned to_count_distinct").to_pylist()) >= 6


@pytest.mark.parametrize(
    ("opened", "hours", "expected"),
    [
        ("2026-09-14T08:00", 2, "2026-09-14T10:00"),
        ("2026-09-14T18:00", 2, "2026-09-15T08:00"),
        ("2026-09-18T18:00", 2, "2026-09-21T08:00"),
        ("2026-09-19T23:00", 2, "2026-09-21T09:00"),
        ("2026-09-14T03:00", 1, "2026-09-14T08:00"),
        ("2026-09-14T23:00", 1, "2026-09-15T08:00"),
        ("2026-09-14T09:00", 60, "2026-09-21T09:00"),
    ],
)
def test_working_time_passes_from_seven_to_seven_on_weekdays(opened, hours, expected):
    instant = np.array([opened], "datetime64[s]").astype(np.int64)
    done = after_work(instant, np.array([float(hours)]))
    assert str(done.astype("datetime64[s]")[0])[:16] == expected


def test_a_slower_service_is_slower_from_its_day_on_and_nothing_else_moves():
    truth = truth_about("time_to_resolve")
    assert truth.since == dt.date(2026, 9, 14)
    slower = tickets(replace(DESK, planted=(truth,)))
    assert slower.column("Opened") == QUIET.column("Opened")
    taken = [epoch(table, "Resolved") for table in (QUIET, slower)]
    is_in = np.array(QUIET.column("Service").to_pylist()) == "Email"
    is_in &= epoch(QUIET, "Opened") >= seconds(truth.since)
    np.testing.assert_array_equal(taken[0][~is_in], taken[1][~is_in])
    both = is_in & ~np.isnan(taken[0]) & ~np.isnan(taken[1])
    assert (taken[1][both] > taken[0][both]).mean() > 0.99
    weeks = dt.timedelta(weeks=5)  # later tickets are open still
    early = [
        since(since(where(table, Service="Email"), truth.since)[1], truth.since + weeks)[0]
        for table in (QUIET, slower)
    ]
    assert 1.2 < hours(early[1]) / hours(early[0]) < 1.8


def test_a_surging_category_surges():
    truth = truth_about("arrivals")

    def share(table):
        before, after = since(table, truth.since)
        rest = [
            part.num_rows - where(part, Category="Password").num_rows for part in (before, after)
        ]
        some = [where(part, Category="Password").num_rows for part in (before, after)]
        return (some[1] / rest[1]) / (some[0] / rest[0])

    assert share(LOUD) == pytest.approx(truth.factor, rel=0.1)
    assert share(QUIET) == pytest.approx(1, rel=0.1)


def test_arrivals_can_fall_as_well():
    fall = Truth("arrivals", "Service", "Email", dt.date(2026, 3, 2), 0.5, "down")
    before, after = since(tickets(replace(DESK, planted=(fall,))), fall.since)
    shares = [where(part, Service="Email").num_rows / part.num_rows for part in (before, after)]
    assert shares[1] / shares[0] == pytest.approx(0.5 / 0.9, rel=0.1)


def test_the_reopened_share_of_one_group_falls():
    truth = truth_about("reopened_share")
    before, after = since(where(LOUD, Assignment_group=truth.value), truth.since)
    assert reopened_share(before) == pytest.approx(0.14, rel=0.15)
    assert reopened_share(after) == pytest.approx(0.14 * truth.factor, rel=0.35)
    before, after = since(where(QUIET, Assignment_group=truth.value), truth.since)
    assert reopened_share(after) == pytest.approx(reopened_share(before), rel=0.2)


def test_unauthorised_changes_rise():
    truth = truth_about("unauthorised_change_share")

    def shares(table):
        return [
            pc.mean(pc.equal(part.column("Authorised"), "no")).as_py()
            for part in since(table, truth.since)
        ]

    assert shares(changes(PLANTED)) == pytest.approx([0.06, 0.18], rel=0.15)
    assert shares(changes(DESK)) == pytest.approx([0.06, 0.06], rel=0.2)


def test_surveys_are_about_tickets_and_answered_in_part():
    surveys = feedback(DESK, QUIET)
    answered = surveys.filter(pc.is_valid(surveys.column("Answered")))
    assert pc.all(pc.is_in(surveys.column("Ticket"), QUIET.column("Number"))).as_py()
    assert answered.num_rows / surveys.num_rows == pytest.approx(0.35, abs=0.03)
    assert set(answered.column("Score").to_pylist()) == {1, 2, 3, 4, 5}
    assert surveys.column("Score").null_count == surveys.num_rows - answered.num_rows


def test_short_extracts_plant_only_what_has_a_before():
    assert len(truths(weeks=78)) == 4
    assert [truth.metric for truth in truths(weeks=18)] == [
        "time_to_resolve",
        "unauthorised_change_share",
    ]
    assert truths(weeks=4) == ()


@pytest.mark.parametrize(
    ("truth", "message"),
    [
        (Truth("backlog", "", "", DESK.end, 2, "worse"), "No truth about 'backlog'"),
        (Truth("arrivals", "Service", "Tea", DESK.end, 2, "up"), "No Service .* is named 'Tea'"),
        (
            Truth("arrivals", "Channel", "Phone", DESK.end, 2, "up"),
            "cannot be planted by 'Channel'",
        ),
        (Truth("reopened_share", "Age", "9", DESK.end, 2, "up"), "can be planted by 'Age'"),
    ],
)
def test_what_cannot_be_planted_is_refused(truth, message):
    with pytest.raises(OptionError, match=message):
        tickets(Desk(planted=(truth,)))


def test_a_seed_below_zero_is_refused():
    with pytest.raises(OptionError, match="Seed -1 is below 0"):
        Desk(seed=-1)


@pytest.mark.parametrize("options", [{"weeks": 0}, {"tickets_per_week": 0}])
def test_a_desk_without_records_is_refused(tmp_path, options):
    with pytest.raises(OptionError, match="has no records"):
        write(tmp_path, **options)


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "file" / "desk", weeks=2)


def test_nothing_half_written_is_left_when_a_file_cannot_be_replaced(tmp_path):
    (tmp_path / "changes.csv").mkdir()
    with pytest.raises(OutputError, match=r"changes\.csv cannot be written"):
        write(tmp_path, weeks=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "changes.csv",
        "feedback.csv",
        "tickets.csv",
    ]


@pytest.mark.parametrize(
    ("opened", "hours", "expected"),
    [
        ("2026-12-24T18:00", 2, "2026-12-28T08:00"),  # the 25th is free, the 26th a Saturday
        ("2026-12-25T10:00", 1, "2026-12-28T08:00"),
        ("2026-12-31T08:00", 24, "2027-01-04T20:00"),
        ("2026-12-31T08:00", 23, "2027-01-05T07:00"),
        ("2026-12-23T08:00", 12, "2026-12-24T08:00"),
    ],
)
def test_nobody_works_on_public_holidays(opened, hours, expected):
    off = days_off(replace(DESK, holidays="DE"))
    instant = np.array([opened], "datetime64[s]").astype(np.int64)
    done = after_work(instant, np.array([float(hours)]), off)
    if expected == "2027-01-04T20:00":  # the last hour of a day is the first of the next
        expected = "2027-01-05T08:00"
    assert str(done.astype("datetime64[s]")[0])[:16] == expected


def test_working_time_with_holidays_agrees_with_counting_hour_by_hour():
    off = days_off(replace(DESK, holidays="DE"))
    random = np.random.default_rng(3)
    opened = seconds(dt.date(2025, 12, 1)) + random.integers(0, 60 * 86_400, 200)
    hours = random.integers(1, 60, 200).astype(float)
    for start, wanted, end in zip(opened, hours, after_work(opened, hours, off), strict=True):
        minutes = np.arange(start, end, 60)
        day, second = np.divmod(minutes, 86_400)
        worked = ((day + 3) % 7 < 5) & ~np.isin(day, off)
        worked &= (second >= 7 * 3600) & (second < 19 * 3600)
        assert abs(worked.sum() / 60 - wanted) < 0.05


def test_few_tickets_come_on_a_holiday():
    festive = tickets(replace(DESK, holidays="DE"))
    on_holiday = pc.equal(festive.column("Opened").cast("date32"), dt.date(2026, 5, 1))
    week_before = pc.equal(festive.column("Opened").cast("date32"), dt.date(2026, 4, 24))
    assert pc.sum(on_holiday).as_py() < 0.3 * pc.sum(week_before).as_py()


def test_an_unknown_country_is_refused():
    with pytest.raises(OptionError, match="No public holidays are known for 'Atlantis'"):
        tickets(Desk(weeks=4, holidays="Atlantis"))
