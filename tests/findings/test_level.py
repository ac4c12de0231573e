"""Slices beside their peers: outliers are found, mix misleads nobody, alike slices stay quiet."""

import numpy as np
import pytest

from headway.findings.level import MIN_PEERS, MIN_PERIODS, MIN_RECORDS, compare

WEEKS = 24


def desk(rng, slices, a_week):
    """Slice and week of ``a_week`` tickets in each cell."""
    part = np.repeat(np.arange(slices), WEEKS * a_week)
    week = np.tile(np.repeat(np.arange(WEEKS), a_week), slices)
    return part, week, rng


def one_stratum(part):
    return np.zeros(len(part), dtype=np.int64)


def test_a_planted_outlier_is_found_with_its_size_and_alone():
    part, week, rng = desk(np.random.default_rng(1), 12, 10)
    y = rng.normal(scale=1.0, size=len(part)) + 0.1 * rng.normal(size=12)[part] + 1.0 * (part == 7)
    out = compare(y, one_stratum(part), part, week, count=12)
    assert np.flatnonzero(out.p <= 0.01).tolist() == [7]
    assert out.persistent[7]
    assert 0.2 < out.pooled[7] < out.difference[7] < 1.2
    assert out.periods[7] == WEEKS
    assert out.records[7] == 10 * WEEKS


def test_alike_slices_are_called_different_at_most_as_often_as_promised():
    p = []
    for seed in range(150):
        part, week, rng = desk(np.random.default_rng(seed), 10, 6)
        spread = 0.2 * rng.normal(size=10)
        y = rng.normal(size=len(part)) + spread[part]
        p.append(compare(y, one_stratum(part), part, week, count=10).p)
    quiet = np.concatenate(p)
    assert np.isfinite(quiet).all()
    assert 0.01 < np.mean(quiet <= 0.05) <= 0.07
    assert np.mean(quiet <= 0.001) <= 0.003


def mixed(rng, hard_share, failing):
    """0 or 1 per ticket: hard ones fail in 60 %, easy ones in 10 %, more where ``failing``."""
    slices = len(hard_share)
    part, week, _ = desk(rng, slices, 20)
    hard = rng.random(len(part)) < np.asarray(hard_share)[part]
    chance = np.where(hard, 0.6, 0.1) + np.asarray(failing)[part]
    return (rng.random(len(part)) < chance).astype(float), hard.astype(np.int64), part, week


def test_a_slice_with_harder_tickets_is_not_called_worse():
    hard_share = [0.9, *[0.2] * 8]
    y, stratum, part, week = mixed(np.random.default_rng(5), hard_share, [0.0] * 9)
    raw = compare(y, one_stratum(part), part, week, count=9)
    fair = compare(y, stratum, part, week, count=9)
    assert raw.p[0] < 1e-4  # this is how the raw rate misleads
    assert fair.p[0] > 0.05


def test_a_slice_with_the_lowest_raw_rate_can_be_the_worst_at_equal_tickets():
    hard_share = [0.05, *[0.7] * 8]
    failing = [0.12, *[0.0] * 8]
    y, stratum, part, week = mixed(np.random.default_rng(6), hard_share, failing)
    rates = np.bincount(part, weights=y) / np.bincount(part)
    fair = compare(y, stratum, part, week, count=9)
    assert rates.argmin() == 0
    assert np.nanargmin(fair.p) == 0
    assert fair.p[0] < 0.01
    assert fair.difference[0] > 0


def test_what_is_not_there_is_not_judged():
    part, week, rng = desk(np.random.default_rng(7), 8, 10)
    y = rng.normal(size=len(part))
    few_weeks = (part == 2) & (week >= MIN_PERIODS - 1)
    few_records = (part == 3) & (np.arange(len(part)) % 5 >= 2)  # leaves 96 in all weeks
    assert MIN_RECORDS > 240 * 2 / 5
    y[few_weeks | few_records] = np.nan
    out = compare(y, one_stratum(part), part, week, count=9)
    assert np.isnan(out.p[[2, 3, 8]]).all()
    assert np.isfinite(out.p[[0, 1, 4, 5, 6, 7]]).all()
    assert not out.persistent[[2, 3, 8]].any()


def test_too_few_peers_give_no_verdict():
    part, week, rng = desk(np.random.default_rng(8), MIN_PEERS, 10)
    y = rng.normal(size=len(part)) + 5.0 * (part == 0)
    assert np.isnan(compare(y, one_stratum(part), part, week, count=MIN_PEERS).p).all()


def test_one_bad_month_is_not_persistent():
    part, week, rng = desk(np.random.default_rng(9), 10, 10)
    y = rng.normal(size=len(part)) + 12.0 * ((part == 4) & (week < 4))
    assert not compare(y, one_stratum(part), part, week, count=10).persistent[4]


def test_the_reported_size_is_drawn_towards_the_peers():
    part, week, rng = desk(np.random.default_rng(10), 10, 6)
    y = rng.normal(size=len(part)) + 0.3 * rng.normal(size=10)[part]
    out = compare(y, one_stratum(part), part, week, count=10)
    assert np.abs(out.pooled - np.mean(out.pooled)).max() < np.abs(out.difference).max()
    assert np.corrcoef(out.pooled, out.difference)[0, 1] > 0.95


def test_no_ticket_at_all_is_no_verdict():
    nothing = np.zeros(0, dtype=np.int64)
    out = compare(np.zeros(0), nothing, nothing, nothing, count=3)
    assert np.isnan(out.p).all()
    assert out.records.tolist() == [0, 0, 0]
    out = compare(np.array([1.0]), np.array([0]), np.array([-1]), np.array([0]), count=2)
    assert out.p == pytest.approx([np.nan, np.nan], nan_ok=True)
