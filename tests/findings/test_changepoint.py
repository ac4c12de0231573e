"""One cut per series: where it is, how sure, and how often it is seen where there is none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from headway.findings.changepoint import (
    MIN_SEGMENT,
    PRIOR_CORRELATION,
    REFUSE_CORRELATION,
    best_cuts,
)

# Annual flow of the Nile at Aswan, 1871 to 1970, in 10^8 m^3: Cobb (1978), "The problem of the
# Nile: conditional solution to a changepoint problem", Biometrika 65, 243-251; also the standing
# example of Durbin and Koopman (2001), "Time Series Analysis by State Space Methods". Both put
# the drop between 1898 and 1899.
NILE = """
1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140
1100 1210 1150 1250 1260 1220 1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969
831 726 456 824 702 1120 1100 832 764 821 768 845 864 862 698 845 744 796 1040 759
781 865 845 944 984 897 822 1010 771 676 649 846 812 742 801 1040 860 874 848 890
744 749 838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 919 718 714 740
"""


def cuts_of(values, **options):
    values = np.atleast_2d(np.asarray(values, dtype=float))
    return best_cuts(values, np.ones_like(values), **options)


def stepped(rng, series, points, at, size):
    return rng.normal(size=(series, points)) + size * (np.arange(points) >= at)


def test_the_nile_drops_in_1899():
    flow = [float(word) for word in NILE.split()]
    assert len(flow) == 100
    assert np.mean(flow) == pytest.approx(919.35)
    cuts = cuts_of(flow)
    assert 1871 + cuts.at[0] == 1899
    assert 1871 + cuts.low[0] <= 1899 <= 1871 + cuts.high[0]
    assert cuts.high[0] - cuts.low[0] <= 10
    assert cuts.p[0] < 1e-4
    assert cuts.t[0] < 0


def test_white_noise_is_called_a_shift_at_most_five_times_in_a_hundred():
    noise = np.random.default_rng(20).normal(size=(2000, 26))
    p = cuts_of(noise).p
    judged = p[np.isfinite(p)]
    assert len(judged) > 1950
    assert 0 < np.mean(judged <= 0.05) <= 0.05


def test_correlated_noise_of_the_expected_strength_stays_within_the_budget():
    rng = np.random.default_rng(21)
    noise = np.zeros((1000, 60))
    step = rng.normal(size=noise.shape)
    for week in range(1, 60):
        noise[:, week] = PRIOR_CORRELATION * noise[:, week - 1] + step[:, week]
    p = cuts_of(noise[:, 8:]).p
    assert np.mean(p[np.isfinite(p)] <= 0.05) <= 0.05


def test_a_two_sigma_step_is_found_in_nine_series_of_ten():
    cuts = cuts_of(stepped(np.random.default_rng(22), 500, 40, 20, 2.0))
    assert np.mean(cuts.p <= 0.01) >= 0.9
    assert np.all(cuts.t[cuts.p <= 0.01] > 0)


def test_the_interval_of_the_date_holds_the_truth_in_at_least_nineteen_of_twenty():
    cuts = cuts_of(stepped(np.random.default_rng(23), 500, 40, 14, 1.5))
    held = (cuts.low <= 14) & (cuts.high >= 14)
    assert np.mean(held) >= 0.95
    assert np.all((cuts.low <= cuts.at) & (cuts.at <= cuts.high))
    assert np.median(cuts.high - cuts.low) < 20  # an interval that holds everything is no answer


def test_missing_values_are_passed_over_and_not_counted():
    y = stepped(np.random.default_rng(24), 1, 40, 20, 4.0)
    y[0, [3, 11, 20, 31]] = np.nan
    cuts = cuts_of(y)
    assert cuts.points[0] == 36
    assert cuts.at[0] in (20, 21)
    assert cuts.p[0] < 1e-4
    assert cuts_of(np.full((1, 30), np.nan)).at[0] == -1


@pytest.mark.parametrize("points", range(8))
def test_fewer_than_eight_points_never_have_a_cut(points):
    y = np.r_[np.zeros(points // 2), np.full(points - points // 2, 50.0)][None, :]
    y = np.c_[y, np.full((1, 3), np.nan)]
    cuts = cuts_of(y)
    assert (cuts.at[0], cuts.low[0], cuts.high[0]) == (-1, -1, -1)
    assert np.isnan(cuts.p[0])
    assert np.isnan(cuts.t[0])


def test_each_side_keeps_its_least_number_of_points():
    y = np.r_[50.0, np.random.default_rng(25).normal(size=29)]
    assert MIN_SEGMENT <= cuts_of(y).at[0] <= 30 - MIN_SEGMENT
    assert cuts_of(y, min_segment=1).at[0] == 1


def test_the_bound_never_claims_more_than_a_single_test_at_a_known_date():
    rng = np.random.default_rng(26)
    cuts = cuts_of(np.vstack([stepped(rng, 150, 30, 12, size) for size in (0.0, 1.0, 3.0)]))
    inflation = (1 + cuts.correlation) / (1 - cuts.correlation)
    freedom = np.maximum(cuts.points / inflation - 2, 1)
    single = 2 * special.stdtr(freedom, -np.abs(cuts.t))
    judged = np.isfinite(cuts.p)
    assert judged.all()
    assert np.all(cuts.p[judged] >= single[judged] * (1 - 1e-9))
    assert cuts.p.max() <= 1


def test_a_wandering_series_is_refused():
    walk = np.random.default_rng(27).normal(size=(200, 80)).cumsum(axis=1).cumsum(axis=1)
    cuts = cuts_of(walk)
    strong = cuts.correlation >= REFUSE_CORRELATION
    assert strong.mean() > 0.9
    assert np.isnan(cuts.p[strong]).all()


def test_series_do_not_influence_each_other():
    y = stepped(np.random.default_rng(28), 5, 24, 10, 1.5)
    together, alone = cuts_of(y), [cuts_of(row) for row in y]
    assert together.p == pytest.approx([one.p[0] for one in alone])
    assert together.at.tolist() == [one.at[0] for one in alone]


seeds = st.integers(0, 2**32 - 1)
lengths = st.integers(8, 60)


@settings(max_examples=40)
@given(seeds, lengths, st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_scaling_and_shifting_a_series_leaves_its_p_value(seed, points, factor, offset):
    y = stepped(np.random.default_rng(seed), 1, points, points // 2, 1.0)
    one, other = cuts_of(y), cuts_of(factor * y + offset * factor)
    assert other.at[0] == one.at[0]
    assert other.p[0] == pytest.approx(one.p[0], rel=1e-4, nan_ok=True)


@settings(max_examples=40)
@given(seeds, lengths)
def test_a_mirrored_series_moves_the_other_way(seed, points):
    y = stepped(np.random.default_rng(seed), 1, points, points // 2, 1.0)
    one, other = cuts_of(y), cuts_of(-y)
    assert other.at[0] == one.at[0]
    assert other.t[0] == pytest.approx(-one.t[0])
    assert other.p[0] == pytest.approx(one.p[0], nan_ok=True)


@settings(max_examples=40)
@given(seeds, lengths)
def test_a_reversed_series_is_cut_at_the_mirrored_place(seed, points):
    y = stepped(np.random.default_rng(seed), 1, points, points // 2, 1.0)
    one, other = cuts_of(y), cuts_of(y[:, ::-1])
    assert other.at[0] == points - one.at[0]
    assert other.t[0] == pytest.approx(-one.t[0])
    assert (other.low[0], other.high[0]) == (points - one.high[0], points - one.low[0])
