"""Bounds of rates beside their definitions, and rates drawn together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtr, bdtrc, betaln, pdtr, pdtrc

from headway.errors import InputError
from headway.spc import bounds

trials = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(trials, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_exact_bounds_leave_half_of_the_doubt_on_each_side(counted, level):
    k, n = counted
    low, high = bounds.clopper_pearson(np.array([k]), np.array([n]), level=level)
    tail = (1 - level) / 2
    assert low[0] == 0 if k == 0 else bdtrc(k - 1, n, low[0]) == pytest.approx(tail)
    assert high[0] == 1 if k == n else bdtr(k, n, high[0]) == pytest.approx(tail)


@given(trials)
def test_score_bounds_are_rates_at_which_the_score_test_is_just_kept(counted):
    k, n = counted
    low, high = bounds.wilson(np.array([k]), np.array([n]))
    for rate, inside in ((low[0], k > 0), (high[0], k < n)):
        if inside:
            assert abs(k / n - rate) / np.sqrt(rate * (1 - rate) / n) == pytest.approx(1.959963985)


def test_none_of_thirty_still_allows_nearly_a_tenth():
    low, high = bounds.clopper_pearson(np.array([0, 0]), np.array([30, 0]), level=0.90)
    assert low[0] == 0
    assert high[0] == pytest.approx(1 - 0.05 ** (1 / 30))  # (1 - p) ** 30 = 5 %
    assert np.isnan([low[1], high[1]]).all()
    assert np.isnan(bounds.wilson(np.array([0]), np.array([0]))).all()


@given(trials, st.floats(0.01, 0.99))
def test_quantile_and_probability_of_a_rate_are_each_others_inverse(counted, share):
    k, n = np.array([counted[0]]), np.array([counted[1]])
    for prior in (bounds.JEFFREYS, bounds.UNIFORM):
        at = bounds.rate_quantile(k, n, share, prior=prior)[0]
        if 1e-12 < at < 1 - 1e-12:
            above = bounds.probability_above(k, n, at, prior=prior)[0]
            assert above == pytest.approx(1 - share, abs=1e-6)


def test_a_uniform_prior_after_no_trial_knows_nothing():
    none = np.array([0])
    assert bounds.rate_quantile(none, none, 0.3, prior=bounds.UNIFORM)[0] == pytest.approx(0.3)


@given(st.integers(0, 300), st.floats(0.1, 1000))
def test_event_rates_have_exact_poisson_bounds(events, exposure):
    low, high = bounds.poisson(np.array([events]), np.array([exposure]))
    assert pdtr(events, high[0] * exposure) == pytest.approx(0.025)
    assert low[0] == 0 if events == 0 else True
    if events:
        assert pdtrc(events - 1, low[0] * exposure) == pytest.approx(0.025)
    inside = bounds.event_rate_quantile(np.array([events]), np.array([exposure]), 0.5)[0]
    assert low[0] <= inside <= high[0]


def likelihood(k, n, alpha, beta):
    return (betaln(k + alpha, n - k + beta) - betaln(alpha, beta)).sum()


def test_the_family_is_the_likeliest_of_all_and_near_the_truth():
    rng = np.random.default_rng(5)
    n = rng.integers(10, 60, 400)
    k = rng.binomial(n, rng.beta(3, 12, 400))
    found = bounds.shrunken(k, n)
    assert found.alpha / (found.alpha + found.beta) == pytest.approx(0.2, abs=0.01)
    assert (found.alpha, found.beta) == pytest.approx((3, 12), rel=0.3)
    best = likelihood(k, n, found.alpha, found.beta)
    for up in (0.99, 1.01):
        assert likelihood(k, n, found.alpha * up, found.beta) < best
        assert likelihood(k, n, found.alpha, found.beta * up) < best


def test_each_rate_is_drawn_towards_the_family_and_few_trials_more_than_many():
    k, n = np.array([5, 50, 1, 0, 30]), np.array([10, 100, 10, 10, 100])
    found = bounds.shrunken(k, n)
    family = found.alpha / (found.alpha + found.beta)
    raw = k / n
    assert ((found.mean - raw) * (family - raw) >= 0).all()
    assert abs(found.mean[0] - 0.5) > abs(found.mean[1] - 0.5)


def test_groups_that_vary_no_more_than_chance_get_one_rate():
    found = bounds.shrunken(np.full(20, 5), np.full(20, 10))
    assert np.allclose(found.mean, 0.5, atol=0.01)


def test_impossible_counts_and_families_without_failures_are_refused():
    with pytest.raises(InputError, match="11 successes of 10"):
        bounds.wilson(np.array([11]), np.array([10]))
    with pytest.raises(InputError, match="both"):
        bounds.shrunken(np.array([3, 4]), np.array([3, 4]))
