"""Charts of shares, rates and counts against published answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtr, pdtr

from headway import spc
from headway.errors import InputError
from headway.spc.attribute import exact_counts, exact_proportions

# Montgomery, Introduction to Statistical Quality Control, table 7.1: nonconforming cans of frozen
# orange juice concentrate in 30 samples of 50.
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9]
CANS += [12, 7, 13, 9, 6]

# Montgomery, table 7.7: nonconformities in 26 samples of 100 printed circuit boards.
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24]
BOARDS += [16, 19, 17, 15]


def months_for(values):
    return (np.datetime64("2016-01") + np.arange(len(values))).astype("datetime64[D]")


def flagged(found):
    return [index for index, reason in enumerate(found.reasons) if "outside" in reason]


def chart(values, **options):
    return spc.chart(values, months_for(values), span="month", **options)


def test_p_limits_agree_with_montgomery_example_7_1():
    found = chart(np.array(CANS) / 50, n=np.full(30, 50), kind="p", baseline=30)
    assert found.centre[0] == pytest.approx(0.2313, abs=5e-5)
    assert found.lower[0] == pytest.approx(0.0524, abs=5e-5)
    assert found.upper[0] == pytest.approx(0.4102, abs=5e-5)
    assert flagged(found) == [14, 22]  # samples 15 and 23, as the book says


def test_p_limits_without_samples_15_and_23_agree_with_montgomery():
    shares = np.array(CANS) / 50
    shares[[14, 22]] = np.nan
    found = chart(shares, n=np.full(30, 50), kind="p", baseline=30)
    assert found.centre[0] == pytest.approx(0.2150, abs=5e-5)
    assert found.lower[0] == pytest.approx(0.0407, abs=6e-5)
    assert found.upper[0] == pytest.approx(0.3893, abs=6e-5)


@pytest.mark.parametrize(("kind", "n"), [("c", None), ("u", np.ones(26))])
def test_c_limits_agree_with_montgomery_example_7_3(kind, n):
    found = chart(np.array(BOARDS, dtype=float), n=n, kind=kind, baseline=26)
    assert found.centre[0] == pytest.approx(19.85, abs=5e-3)
    assert found.lower[0] == pytest.approx(6.48, abs=5e-3)
    # the book adds rounded parts and prints 33.22
    assert found.upper[0] == pytest.approx(33.21, abs=1e-2)
    assert flagged(found) == [5, 19]  # samples 6 and 20


def test_per_cent_and_shares_give_the_same_chart():
    shares = np.array(CANS) / 50
    one = chart(shares, n=np.full(30, 50), kind="p")
    hundred = chart(shares * 100, n=np.full(30, 50), kind="p", unit="%")
    assert np.allclose(hundred.upper, 100 * one.upper)
    assert hundred.states == one.states


def test_values_may_be_left_to_numerator_and_denominator():
    found = spc.chart(None, months_for(CANS), numerator=CANS, n=np.full(30, 50), unit="%")
    assert found.values[0] == 24


def test_large_denominators_make_the_p_chart_flag_and_laney_quiet():
    # The idea of Laney (2002): a rate that wanders by half a point is far outside binomial limits
    # when every month has 100,000 records.
    rate = 0.1 + 0.005 * np.random.default_rng(7).normal(size=36)
    n = np.full(36, 100_000)
    plain = chart(rate, n=n, kind="p")
    laney = chart(rate, n=n, kind="p'")
    assert len(flagged(plain)) > 12
    assert len(flagged(laney)) <= 1
    assert laney.sigma_z > 3
    assert any('kind "p\'"' in warning for warning in plain.warnings)
    assert chart(rate, n=n, numerator=rate * n).kind == "p'"


def test_laney_limits_are_those_of_p_times_sigma_z():
    rate = 0.1 + 0.01 * np.random.default_rng(3).normal(size=30)
    n = np.full(30, 20_000)
    plain, laney = chart(rate, n=n, kind="p"), chart(rate, n=n, kind="p'")
    assert np.allclose(laney.upper - laney.centre, laney.sigma_z * (plain.upper - plain.centre))


def test_laney_limits_are_never_narrower_and_say_when_counts_are_too_alike():
    rate = np.tile([0.100, 0.101], 15)
    n = np.full(30, 500)
    plain, laney = chart(rate, n=n, kind="p"), chart(rate, n=n, kind="p'")
    assert laney.sigma_z < 1
    assert np.array_equal(laney.upper, plain.upper)
    assert any("sigma_z" in warning for warning in laney.warnings)


def test_shares_as_scattered_as_chance_makes_them_get_a_p_chart():
    rng = np.random.default_rng(11)
    n = rng.integers(150, 250, 40)
    found = spc.chart(None, months_for(n), numerator=rng.binomial(n, 0.3), n=n, unit="%")
    assert found.kind == "p"
    assert found.sigma_z is None


def test_low_counts_get_poisson_quantiles_and_high_counts_an_individuals_chart():
    rng = np.random.default_rng(5)
    low, high = rng.poisson(1.2, 40).astype(float), rng.poisson(30, 40).astype(float)
    found = chart(low, unit="tickets")
    assert found.kind == "c"
    assert found.lower[0] == 0
    assert any("Poisson" in warning for warning in found.warnings)
    assert chart(high, unit="tickets").kind == "i"
    assert any("auto" in warning for warning in chart(low, kind="c").warnings)


def test_low_counts_in_bursts_are_sent_to_the_time_between_events():
    bursts = np.tile([0.0, 0, 0, 0, 9, 0, 0, 11], 5)
    found = chart(bursts, unit="tickets")
    assert found.kind == "i"
    assert any("kind 't'" in warning for warning in found.warnings)


def test_counts_above_their_denominator_are_rates():
    rng = np.random.default_rng(2)
    n = np.full(30, 20)
    events = rng.poisson(30, 30)
    assert spc.chart(None, months_for(n), numerator=events, n=n).kind == "u"


@given(st.floats(0.05, 3.9), st.integers(0, 1000))
def test_exact_count_limits_leave_at_most_the_tail_of_three_sigma_outside(mean, seed):
    counts = np.random.default_rng(seed).poisson(mean, (1, 24)).astype(float)
    found = exact_counts(counts)
    upper, centre = found.upper[0, 0], found.centre[0, 0]
    if np.isfinite(upper):
        assert 1 - pdtr(upper, centre) <= 0.00135 + 1e-9
        assert 1 - pdtr(upper - 1, centre) > 0.00135 - 1e-9
    else:
        assert not counts.any()


@given(st.floats(0.01, 0.99), st.integers(5, 40), st.integers(0, 1000))
def test_exact_share_limits_leave_at_most_the_tail_of_three_sigma_outside(rate, size, seed):
    events = np.random.default_rng(seed).binomial(size, rate, (1, 24))
    n = np.full((1, 24), float(size))
    found = exact_proportions(events / n, n)
    upper, centre = found.upper[0, 0], found.centre[0, 0]
    if np.isfinite(upper):
        assert 1 - bdtr(np.rint(upper * size), size, centre) <= 0.00135 + 1e-9
        below = np.rint(found.lower[0, 0] * size) - 1
        assert below < 0 or bdtr(below, size, centre) <= 0.00135 + 1e-9
    else:
        assert events.sum() in (0, 24 * size)


def test_a_run_of_low_counts_must_be_longer_the_likelier_its_side():
    rare = np.tile([0.0, 0, 0, 1], 10)[None, :]
    needed = exact_counts(rare).needed[0]
    assert needed[0] > 20
    assert needed[1] == 8


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=50),
    st.sampled_from(["auto", "p", "p'", "u", "u'"]),
    st.sampled_from(["", "%"]),
)
def test_limits_stay_within_the_possible_range_and_empty_periods_are_missing(pairs, kind, unit):
    events = np.array([min(pair) for pair in pairs], dtype=float)
    n = np.array([max(pair) for pair in pairs], dtype=float)
    found = spc.chart(None, months_for(pairs), numerator=events, n=n, kind=kind, unit=unit)
    assert np.array_equal(np.isnan(found.values), n == 0)
    top = (100 if unit else 1) if found.kind.startswith("p") else np.inf
    with np.errstate(invalid="ignore"):
        assert not (found.lower < 0).any()
        assert not (found.upper > top * (1 + 1e-12)).any()
    assert len(found.reasons) == len(found.states) == len(pairs)


@pytest.mark.parametrize("kind", ["p", "u"])
def test_no_events_at_all_give_no_limits(kind):
    found = chart(np.zeros(30), n=np.full(30, 40), kind=kind)
    assert np.isnan(found.upper).all()
    assert not any(found.reasons)
    assert found.warnings


def test_a_share_chart_without_a_denominator_is_refused_with_the_way_out():
    with pytest.raises(InputError, match="give n"):
        chart(np.full(10, 0.2), kind="p")
    with pytest.raises(InputError, match="outside 0 to 1"):
        chart(np.full(10, 20.0), n=np.full(10, 50), kind="p")
