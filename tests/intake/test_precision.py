import datetime as dt

from intake_tables import column, doubts, records

HALF_DAY = ["2026-01-05 10:00", "2026-01-06 10:00"]


def test_an_end_without_clock_time_on_the_day_of_opening_is_not_before_it():
    found = records(
        {"id": ["A", "B"], "opened_at": HALF_DAY, "resolved_at": ["2026-01-05", "2026-01-09"]}
    )
    assert column(found, "resolved_at") == [
        dt.datetime(2026, 1, 5, 10),
        dt.datetime(2026, 1, 9),
    ]
    assert doubts(found)["day_without_time", "resolved_at"].examples == ("A",)
    assert ("resolved_before_opened", "resolved_at") not in doubts(found)
    assert not found.date_only


def test_an_end_on_an_earlier_day_is_impossible_all_the_same():
    found = records(
        {"id": ["A", "B"], "opened_at": HALF_DAY, "resolved_at": ["2026-01-04", "2026-01-09"]}
    )
    assert doubts(found)["resolved_before_opened", "resolved_at"].examples == ("A",)


def test_days_that_begin_at_one_are_days_all_the_same():
    # In Chile the clocks went forward at midnight of 8 September 2024.
    days = [f"2024-08-{day:02}" for day in range(1, 32)] + [
        f"2024-09-{day:02}" for day in range(1, 31)
    ]
    columns = {"id": [str(i) for i in range(len(days))], "opened_at": days}
    assert records(columns, zone="America/Santiago").date_only
    one = {"id": ["1"], "opened_at": ["2024-08-01 01:00"]}
    assert not records(one, zone="America/Santiago").date_only
