"""A pile of closures before the target is found, and the ordinary day is not mistaken for one."""

import io

import numpy as np
import pytest

import headway as hw
from headway.findings.bunching import SIDE, pile_ups, poisson_curve

BINS = np.arange(2 * SIDE)
DAY, HOUR = 86_400, 3_600
MONDAY = np.datetime64("2024-01-01T00:00:00")


def test_the_curve_is_the_published_poisson_regression():
    """Dobson (1990), "An Introduction to Generalized Linear Models", page 93: nine counts."""
    counts = np.array([18, 17, 15, 20, 10, 20, 25, 13, 12.0])
    outcome = np.tile(np.arange(3), 3)
    design = np.column_stack([np.ones(9), outcome == 1, outcome == 2]).astype(float)
    beta, covariance = poisson_curve(counts, design, np.ones(9))
    assert beta == pytest.approx([3.0445, -0.4543, -0.2930], abs=1e-4)
    assert np.sqrt(np.diag(covariance)[1:]) == pytest.approx([0.2022, 0.1927], abs=1e-4)


@pytest.mark.parametrize("slope", [-0.2, 0.0, 0.15])
@pytest.mark.parametrize("level", [15, 400])
def test_smooth_densities_have_a_pile_at_five_per_cent_in_at_most_six_per_cent(slope, level):
    rng = np.random.default_rng(11)
    mean = level * np.exp(slope * (BINS - SIDE) - 0.004 * (BINS - SIDE) ** 2)
    counts = rng.poisson(mean, size=(1500, 2 * SIDE)).astype(float)
    assert np.nanmean(pile_ups(counts, np.ones_like(counts)).p <= 0.05) <= 0.06


def test_twice_the_ordinary_number_is_found_and_its_size_is_told():
    rng = np.random.default_rng(12)
    mean = np.full(2 * SIDE, 60.0)
    mean[SIDE - 1] = 120
    out = pile_ups(rng.poisson(mean, size=(300, 2 * SIDE)).astype(float), np.ones((300, 2 * SIDE)))
    assert np.mean(out.p <= 0.01) >= 0.9
    assert np.median(out.ordinary) == pytest.approx(60, rel=0.05)


def test_an_hour_is_judged_by_how_busy_it_usually_is():
    busy = np.where(BINS == SIDE - 1, 3.0, 1.0)[None, :]
    assert pile_ups(50 * busy, busy).p[0] > 0.4
    assert pile_ups(50 * busy, np.ones_like(busy)).p[0] < 0.001
    assert pile_ups(50 * busy, 7 * busy).ordinary[0] == pytest.approx(150)


def test_more_closures_in_the_last_hour_are_never_less_of_a_pile():
    counts = np.tile(np.random.default_rng(13).poisson(40.0, 2 * SIDE).astype(float), (9, 1))
    counts[:, SIDE - 1] = np.arange(0, 180, 20)
    assert (np.diff(pile_ups(counts, np.ones_like(counts)).p) < 0).all()


def test_few_closures_or_none_on_one_side_are_not_judged():
    few = np.full((1, 2 * SIDE), 4.0)
    one_side = np.where(BINS < SIDE, 40.0, 0.0)[None, :]
    assert np.isnan(pile_ups(few, np.ones_like(few)).p[0])
    assert np.isnan(pile_ups(one_side, (one_side > 0).astype(float)).p[0])


def desk(seed, *, gamed=0.0, weeks=30, who=None, due_at_five=False):
    """Tickets with a target; part of those that would be late by hours are closed just before."""
    rng = np.random.default_rng(seed)
    count = 300 * weeks
    day = rng.integers(0, weeks, count) * 7 + rng.integers(0, 5, count)
    opened = np.sort(day * DAY + (np.clip(rng.normal(12, 3, count), 0, 23.9) * HOUR).astype(int))
    priority, group = rng.choice(3, count), rng.choice(3, count)
    hours = np.array([6, 12, 24])[priority] * rng.lognormal(0, 1, count)
    due = opened + np.array([12, 24, 48])[priority] * HOUR
    resolved = opened + (hours * HOUR).astype(int)
    if due_at_five:  # everybody leaves at five, when the targets end
        due = (opened // DAY + 1) * DAY + 17 * HOUR
        resolved = opened // DAY * DAY + rng.integers(0, 4, count) * DAY
        resolved += rng.integers(8 * HOUR, 17 * HOUR, count)
        resolved = np.maximum(resolved, opened + 60)
    late = (resolved > due) & (resolved < due + 6 * HOUR) & (rng.random(count) < gamed)
    if who is not None:
        late &= group == who
    resolved = np.where(late, due - rng.integers(0, 3000, count), resolved)
    over = resolved < weeks * 7 * DAY
    text = [f"{'Number,Opened,Resolved,Due date,Priority,Assignment group'}"]
    for n in range(count):
        stamps = [str(MONDAY + int(s)).replace("T", " ") for s in (opened[n], resolved[n], due[n])]
        done = stamps[1] if over[n] else ""
        text.append(
            f"I{n:06},{stamps[0]},{done},{stamps[2]},{priority[n] + 1} - P,Team {'ABC'[group[n]]}"
        )
    return io.BytesIO("\n".join(text).encode())


def piles(source):
    return [f for f in hw.scan(source).findings if f.kind == "bunching"]


def test_closures_gamed_at_the_target_are_found_end_to_end():
    made = hw.scan(desk(1, gamed=0.6))
    lead = next(f for f in made.findings if f.kind == "bunching" and not f.parent)
    assert lead.sentence.startswith("Closures pile up in the last hour before the target: ")
    assert lead.sentence.endswith(" would be ordinary.")
    assert str(lead.slice) == "all"
    assert (lead.direction, lead.metric) == (None, "within_target")
    assert lead.after > 1.5 * lead.before
    assert lead.q <= 0.01
    assert "Closures pile up in the last hour" in made.to_text()
    assert lead.id in made.to_html()
    assert made.behind(lead.id).num_rows == lead.records


def test_the_team_that_games_leads_and_all_tickets_refer_to_it():
    found = piles(desk(2, gamed=1.0, who=1))
    lead = next(f for f in found if not f.parent)
    assert str(lead.slice) == "group=Team B"
    assert {f.parent for f in found if f is not lead} <= {lead.id}


@pytest.mark.parametrize("seed", range(20, 24))
def test_an_ordinary_desk_has_no_pile(seed):
    assert piles(desk(seed)) == []


@pytest.mark.parametrize("seed", range(30, 33))
def test_targets_that_end_when_everybody_goes_home_are_no_pile(seed):
    assert piles(desk(seed, due_at_five=True)) == []
