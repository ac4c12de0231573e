"""One budget of false alarms for all tests of a scan."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.findings.multiplicity import expected_false, q_values

# Benjamini and Hochberg (1995), "Controlling the false discovery rate", JRSS B 57, 289-300,
# section 3.2: fifteen comparisons of a trial of thrombolysis; four are rejected at 0.05, where
# Bonferroni rejects three.
TRIAL = np.array(
    [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
    ]
)


def test_the_worked_example_of_1995_rejects_four():
    q = q_values(TRIAL)
    assert (q <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert q[0] == pytest.approx(0.0015)
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


def test_refused_series_are_no_tests():
    with_gaps = np.insert(TRIAL, [0, 7, 15], np.nan)
    q = q_values(with_gaps)
    assert np.isnan(q[np.isnan(with_gaps)]).all()
    assert q[np.isfinite(q)] == pytest.approx(q_values(TRIAL))
    assert np.isnan(q_values(np.full(3, np.nan))).all()
    assert q_values(np.zeros(0)).shape == (0,)


def test_half_of_the_budget_goes_to_the_totals():
    p = np.array([0.02, *np.full(99, 0.9)])
    first = np.arange(100) == 0
    assert q_values(p)[0] > 0.5
    assert q_values(p, first)[0] == pytest.approx(0.04)


def test_the_weights_cost_the_slices_at_most_a_factor_of_two():
    p = np.array([0.5, 0.0001, *np.full(98, 0.9)])
    first = np.arange(100) == 0
    assert q_values(p, first)[1] <= 2 * q_values(p)[1]


def test_only_totals_or_no_totals_are_weighed_alike():
    for first in (np.ones(15, dtype=bool), np.zeros(15, dtype=bool)):
        assert q_values(TRIAL, first) == pytest.approx(q_values(TRIAL))


def test_a_total_that_was_refused_takes_no_budget_away():
    p, first = np.append(TRIAL, np.nan), np.arange(16) == 15
    assert q_values(p, first)[:15] == pytest.approx(q_values(TRIAL))


def test_on_a_quiet_desk_any_finding_is_rare_with_and_without_weights():
    rng = np.random.default_rng(4)
    first = np.arange(50) < 5
    p = rng.uniform(size=(2000, 50))
    for chosen in (None, first):
        any_found = np.mean([q_values(row, chosen).min() <= 0.05 for row in p])
        assert 0.03 < any_found < 0.065


probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(probabilities)
def test_q_is_never_below_p_and_keeps_its_order(values):
    p = np.array(values)
    q = q_values(p)
    assert np.all((q >= p - 1e-15) & (q <= 1))
    assert np.all(np.diff(q[np.argsort(p, kind="stable")]) >= 0)


@given(probabilities, st.randoms())
def test_the_order_of_the_tests_does_not_matter(values, chance):
    order = list(range(len(values)))
    chance.shuffle(order)
    p = np.array(values)
    assert q_values(p[order]) == pytest.approx(q_values(p)[order])


def test_findings_without_a_test_count_for_nothing_in_the_expected_false_ones():
    assert expected_false(np.array([0.02, np.nan, 0.05])) == pytest.approx(0.1)
    assert expected_false(np.array([np.nan])) == 0
