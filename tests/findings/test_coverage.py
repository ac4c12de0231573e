"""The edge of an extract is told from what happened at the desk."""

import numpy as np
import pytest

from headway.findings.coverage import cover

FIRST = np.datetime64("2024-01-01")


def day(number):
    return FIRST + np.timedelta64(int(number), "D")


def intake(rng, days, a_day):
    """Days of opening of a steady desk, sorted."""
    return np.repeat(day(0) + np.arange(days), rng.poisson(a_day, size=days))


def lags(rng, size):
    """Days from opening to closing: mostly short, seldom weeks."""
    return np.round(rng.lognormal(0.5, 1.1, size=size)).astype("timedelta64[D]")


def covered(opened, ended, *, still_open=0, last=None):
    return cover(opened, ended, open_tickets=still_open, last_day=last)


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def test_an_extract_by_opening_date_is_complete_to_its_last_day(rng):
    opened = intake(rng, 200, 12)
    ended = opened + lags(rng, len(opened))
    over = ended < day(200)
    found = covered(opened, ended[over], still_open=int((~over).sum()), last=day(199))
    assert found.selected_by == "opened"
    assert (found.start, found.end) == (str(day(0)), str(day(200)))
    assert found.edges == ()


def test_an_extract_by_closing_date_loses_its_old_opened_ones_and_its_last_weeks(rng):
    opened = intake(rng, 300, 12)
    ended = opened + lags(rng, len(opened))
    kept = (ended >= day(60)) & (ended < day(240))
    found = covered(opened[kept], ended[kept], last=day(239))
    assert found.selected_by == "closed"
    assert {edge.side for edge in found.edges} == {"start", "end"}
    assert abs((np.datetime64(found.start) - day(60)).astype(int)) <= 2
    assert day(210) <= np.datetime64(found.end) < day(240)
    for edge in found.edges:
        assert edge.sentence.endswith(".")


def test_a_snapshot_of_open_tickets_tells_no_selection(rng):
    opened = intake(rng, 200, 12)
    ended = opened + lags(rng, len(opened))
    kept = ended >= day(150)  # everything open at day 150, or opened later
    done = ended[kept & (ended < day(200))]
    still_open = int((kept & (ended >= day(200))).sum())
    found = covered(opened[kept], done, still_open=still_open, last=day(199))
    assert found.selected_by != "opened"
    assert np.datetime64(found.start) >= day(140)
    assert any(edge.side == "start" for edge in found.edges)


def test_a_collapse_of_intake_at_the_end_is_an_edge_and_no_trend(rng):
    opened = np.r_[intake(rng, 150, 14), np.sort(day(150) + rng.integers(0, 200, size=40))]
    ended = opened + lags(rng, len(opened))
    found = covered(opened, ended, last=ended.max())
    edge = next(edge for edge in found.edges if edge.side == "end")
    assert abs((np.datetime64(edge.on) - day(150)).astype(int)) <= 3
    assert found.end == edge.on
    assert "not as a fall in demand" in edge.sentence


def test_a_fall_to_a_third_is_no_edge(rng):
    opened = np.r_[intake(rng, 100, 18), day(100) + (intake(rng, 80, 6) - FIRST)]
    ended = opened + lags(rng, len(opened))
    found = covered(opened, ended, last=day(179))
    assert [edge.side for edge in found.edges] == []
    assert np.datetime64(found.end) >= day(179)


def test_a_quiet_holiday_week_in_the_middle_is_no_edge(rng):
    opened = intake(rng, 200, 12)
    opened = opened[(opened < day(90)) | (opened >= day(100))]
    found = covered(opened, opened + lags(rng, len(opened)), last=day(230))
    assert (found.start, found.end) == (str(day(0)), str(day(200)))


def test_a_last_day_cut_at_noon_is_left_out(rng):
    opened = intake(rng, 100, 20)
    opened = np.r_[opened[opened < day(99)], np.repeat(day(99), 4)]
    ended = opened + lags(rng, len(opened))
    over = ended <= day(99)
    found = covered(opened, ended[over], still_open=int((~over).sum()), last=day(99))
    assert found.end == str(day(99))


@pytest.mark.parametrize("tickets", [1, 2, 5, 99])
def test_a_tiny_file_is_taken_whole(tickets):
    opened = day(0) + np.arange(tickets)
    found = covered(opened, opened, last=opened.max())
    assert (found.selected_by, found.edges) == ("unknown", ())
    assert (found.start, found.end) == (str(day(0)), str(day(tickets)))


def test_no_opening_date_is_no_coverage():
    nothing = np.zeros(0, dtype="datetime64[D]")
    found = covered(nothing, nothing)
    assert (found.start, found.end) == (None, None)
    assert found.sentence


def test_the_complete_stretch_lies_inside_the_records(rng):
    for seed in range(30):
        rng = np.random.default_rng(seed)
        opened = intake(rng, int(rng.integers(20, 200)), rng.uniform(0.2, 20))
        if not len(opened):
            continue
        ended = opened + lags(rng, len(opened))
        found = covered(opened, ended[ended < opened.max()], last=opened.max())
        assert np.datetime64(found.start) >= opened.min()
        assert np.datetime64(found.start) < np.datetime64(found.end)
        assert np.datetime64(found.end) <= opened.max() + np.timedelta64(1, "D")
