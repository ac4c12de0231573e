"""Each planted truth does what it says, from its day on, and leaves the rest alone."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc
import pytest

from headway.errors import OptionError
from headway.simulate import SCENARIOS, Desk, Truth, feedback, scenario, tickets

DESK = Desk(weeks=60, tickets_per_week=800, growth=0.0)
QUIET = tickets(DESK)
SINCE = scenario("slip")[0].since


def planted(*truths):
    return tickets(replace(DESK, planted=truths))


def halves(table, day=SINCE):
    late = pc.greater_equal(table.column("Opened"), dt.datetime.combine(day, dt.time()))
    return table.filter(pc.invert(late)), table.filter(late)


def hours(table, start="Opened", end="Resolved"):
    known = table.filter(pc.is_valid(table.column(end)))
    taken = pc.subtract(known.column(end).cast("int64"), known.column(start).cast("int64"))
    return np.median(taken.to_numpy()) / 3600


def share(table, heading, value):
    return pc.mean(pc.equal(table.column(heading), value)).as_py()


def weekly(table, weeks):
    return table.num_rows / weeks


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_can_be_planted_and_says_what_a_scan_should_report(name):
    truths = scenario(name)
    assert all(
        truth.kind in {"shift", "drift", "data", "mix", "rework", "bunching"} for truth in truths
    )
    changed = planted(*truths)
    assert (changed == QUIET) == (name == "nothing")


def test_an_unknown_scenario_is_refused():
    with pytest.raises(OptionError, match="There is no scenario 'luck'; take slip"):
        scenario("luck")


def test_a_definition_change_moves_resolving_forward_and_holds_the_closure():
    changed = planted(*scenario("definition"))
    assert changed.column("Closed") == QUIET.column("Closed")
    before, after = halves(changed)
    assert hours(before) == hours(halves(QUIET)[0])
    assert hours(after) < 0.6 * hours(halves(QUIET)[1])
    assert hours(after, end="Closed") == pytest.approx(hours(before, end="Closed"), rel=0.1)


def test_the_edge_of_an_extract_has_hardly_any_record_behind_it_and_all_before():
    (truth,) = scenario("edge")
    before, after = halves(planted(truth), truth.since)
    assert 0 < after.num_rows < 0.1 * halves(QUIET, truth.since)[1].num_rows
    assert before.num_rows == halves(QUIET, truth.since)[0].num_rows


def test_an_extract_by_closing_date_holds_what_was_closed_and_nothing_open():
    (truth,) = scenario("closing")
    changed = planted(truth)
    assert changed.column("Closed").null_count == 0
    assert pc.min(changed.column("Closed")).as_py().date() >= truth.since
    assert 0 < halves(changed, truth.since)[0].num_rows < 0.05 * changed.num_rows


def late_by_hours(table):
    target = {"1": 8, "2": 16, "3": 48, "4": 96, "5": 240}
    done = table.filter(pc.is_valid(table.column("Resolved")))
    allowed = np.array([target[word[0]] for word in done.column("Priority").to_pylist()])
    taken = done.column("Resolved").cast("int64").to_numpy()
    return (taken - done.column("Opened").cast("int64").to_numpy()) / 3600 - allowed


def test_gamed_closures_pile_up_in_the_last_hour_before_their_target():
    before, after = halves(planted(*scenario("gaming")))
    pile = [((late >= -1) & (late < 0)).mean() for late in map(late_by_hours, (before, after))]
    assert pile[0] < 0.03
    assert pile[1] > 3 * pile[0]
    assert share(after, "SLA met", "yes") > share(before, "SLA met", "yes") + 0.05


def test_a_mix_shift_moves_the_total_and_no_part():
    changed = planted(*scenario("mix"))
    assert changed.num_rows == QUIET.num_rows
    before, after = halves(changed)
    assert share(after, "Service", "Identity") == pytest.approx(
        3 * share(before, "Service", "Identity"), rel=0.1
    )
    for service in ("Identity", "Workplace"):
        parts = [part.filter(pc.equal(part.column("Service"), service)) for part in (before, after)]
        assert hours(parts[1]) == pytest.approx(hours(parts[0]), rel=0.15)
    assert hours(after) < 0.9 * hours(before)


def test_ping_pong_passes_on_tickets_of_two_groups_only():
    before, after = halves(planted(*scenario("ping-pong")))

    def passed(table, group):
        held = table.filter(pc.equal(table.column("Assignment group"), group))
        return pc.mean(held.column("Reassignment count")).as_py()

    for group in ("Messaging", "Identity"):
        assert passed(before, group) == pytest.approx(0.5, abs=0.1)
        assert passed(after, group) > 1.2
    assert passed(after, "Web") == pytest.approx(0.5, abs=0.1)


def test_a_drift_grows_evenly_on_the_ratio_scale():
    (truth,) = scenario("drift")
    middle = truth.since + (truth.until - truth.since) / 2
    at = [(day - dt.date(1970, 1, 1)).days * 86_400 for day in (truth.since, middle, truth.until)]
    assert truth.strength(np.array(at)) == pytest.approx([1, np.sqrt(2), 2], rel=1e-3)


def test_dropped_logging_writes_down_fewer_tickets_of_one_service():
    weeks = 13
    (truth,) = scenario("dropped-logging")
    now, usual = (halves(table)[1] for table in (planted(truth), QUIET))

    def of(table, service):
        return table.filter(pc.equal(table.column("Service"), service)).num_rows / weeks

    assert of(now, "Identity") == pytest.approx(0.5 * of(usual, "Identity"), rel=0.1)
    assert of(now, "Email") == pytest.approx(of(usual, "Email"), rel=0.1)


def test_surveys_can_get_worse_and_rarer():
    worse = Truth("satisfaction", "", "", SINCE, 0.4, "worse")
    rarer = Truth("response_rate", "", "", SINCE, 0.5, "worse")
    surveys = feedback(replace(DESK, planted=(worse, rarer)), QUIET)
    late = pc.greater_equal(surveys.column("Asked"), dt.datetime.combine(SINCE, dt.time()))
    before, after = surveys.filter(pc.invert(late)), surveys.filter(late)
    assert pc.mean(after.column("Score")).as_py() < pc.mean(before.column("Score")).as_py() - 0.3
    shares = [1 - part.column("Score").null_count / part.num_rows for part in (before, after)]
    assert shares[1] == pytest.approx(0.5 * shares[0], rel=0.2)


def test_a_pair_of_groups_has_two_names():
    with pytest.raises(OptionError, match="'Web' is not a pair of groups"):
        planted(Truth("ping_pong", "Assignment group", "Web", SINCE, 0.3, "worse"))
