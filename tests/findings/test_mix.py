"""A total that moved because its mix did is called that, and a part that slipped is not."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import headway as hw
from headway.findings.mix import decompose

DAY, HOUR = 86_400, 3_600
MONDAY = np.datetime64("2024-01-01T00:00:00")


def shares(*parts):
    """Records of parts given as (successes, all of them)."""
    hits = [np.arange(n) < k for k, n in parts]
    return np.concatenate(hits).astype(float), np.repeat(
        np.arange(len(parts)), [n for _, n in parts]
    )


def test_the_kidney_stones_improve_in_total_though_each_part_gets_worse():
    """Julious and Mullee (1994), "Confounding and Simpson's paradox", BMJ 309, 1480-1481."""
    surgery, puncture = shares((81, 87), (192, 263)), shares((234, 270), (55, 80))
    split = decompose(surgery, puncture, 2)
    assert 100 * split.change == pytest.approx(289 / 3.5 - 273 / 3.5)
    assert 100 * split.between == pytest.approx(9.94, abs=0.01)
    assert 100 * split.within == pytest.approx(-5.37, abs=0.01)
    assert split.share_after[0] == pytest.approx(270 / 350)


SIDE = st.lists(st.tuples(st.floats(-50, 50), st.integers(0, 3)), min_size=1, max_size=30)


@given(SIDE, SIDE)
def test_mix_and_parts_add_up_to_the_change_and_turn_with_it(before, after):
    one, two = (
        (np.array([m for m, _ in side]), np.array([p for _, p in side])) for side in (before, after)
    )
    split, back = decompose(one, two, 4), decompose(two, one, 4)
    assert split.between + split.within == pytest.approx(two[0].mean() - one[0].mean(), abs=1e-9)
    assert split.push.sum() == pytest.approx(split.between, abs=1e-9)
    assert (back.between, back.within) == pytest.approx((-split.between, -split.within), abs=1e-9)
    assert decompose(one, (one[0] + 7, one[1]), 4).between == pytest.approx(0, abs=1e-9)


def desk(seed, *, grown=0.2, slow=1.0, slip=1.0, weeks=30, a_week=200, since=18):
    """Low priorities wait ten times as long; their share, or their time, changes in a week."""
    rng = np.random.default_rng(seed)
    count = a_week * weeks
    week = np.sort(rng.integers(0, weeks, count))
    opened = week * 7 * DAY + rng.integers(0, 5, count) * DAY + rng.integers(8, 17, count) * HOUR
    after = week >= since
    low = rng.random(count) < np.where(after, grown, 0.2)
    hours = np.where(low, 40, 4) * rng.lognormal(0, 0.6, count)
    hours = hours * np.where(after & low, slow, 1) * np.where(after, slip, 1)
    resolved = opened + (hours * HOUR).astype(int)
    over = resolved < weeks * 7 * DAY
    lines = ["Number,Opened,Resolved,Priority,Service"]
    service = rng.choice(["Email", "Network", "Payroll"], count)
    for n in range(count):
        stamps = [str(MONDAY + int(s)).replace("T", " ") for s in (opened[n], resolved[n])]
        priority = "4 - Low" if low[n] else "2 - High"
        lines.append(f"I{n:06},{stamps[0]},{stamps[1] if over[n] else ''},{priority},{service[n]}")
    return io.BytesIO("\n".join(lines).encode())


def told(made, metric="time_to_resolve"):
    return [f for f in made.findings if f.kind != "data" and f.metric.startswith(metric)]


@pytest.fixture(scope="module")
def mixed():
    return hw.scan(desk(1, grown=0.4))


def test_a_total_that_moved_by_its_mix_says_what_grew(mixed):
    lead = next(f for f in told(mixed) if not f.parent)
    assert (lead.kind, str(lead.slice), lead.direction) == ("mix", "all", "worse")
    assert "but only by their mix, in no priority by itself" in lead.sentence
    assert "tickets of priority 4 - Low grew from 2" in lead.sentence
    assert lead.since_interval[0] <= "2024-05-06" <= lead.since_interval[1]
    assert any("Kitagawa" in line for line in lead.detail)
    assert lead.q <= 0.05


def test_what_the_same_mix_moved_refers_to_it(mixed):
    lead = next(f for f in told(mixed) if f.kind == "mix")
    others = [f for f in told(mixed) if f is not lead]
    assert others
    assert {f.parent for f in others} == {lead.id}


def test_a_mix_has_its_records_its_chart_and_its_place_in_the_report(mixed):
    lead = next(f for f in told(mixed) if f.kind == "mix")
    assert mixed.behind(lead.id).num_rows == lead.records
    assert mixed.charts()[lead.id].change_at is not None
    assert "but only by their mix" in mixed.to_text()
    assert lead.id in mixed.to_html()


def test_a_gain_of_every_part_beside_a_larger_mix_is_still_the_mix():
    made = hw.scan(desk(2, grown=0.45, slow=0.93))
    lead = next(f for f in told(made) if not f.parent and f.slice.dimension == "all")
    assert (lead.kind, lead.direction) == ("mix", "worse")


@pytest.mark.parametrize("seed", range(3, 9))
def test_a_slip_of_all_tickets_or_of_one_part_is_no_mix(seed):
    options = {"slip": 1.6} if seed % 2 else {"slow": 2.5}
    found = told(hw.scan(desk(seed, **options)))
    assert {f.kind for f in found} == {"shift"}


@pytest.mark.parametrize("seed", range(40, 44))
def test_a_desk_on_which_nothing_moves_has_no_mix(seed):
    assert told(hw.scan(desk(seed))) == []
