import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from headway.engine.reductions import group, survival_percentile

VALUES = st.floats(0, 1e6, allow_nan=False)


@given(hnp.arrays(np.float64, st.integers(0, 60), elements=VALUES), st.integers(1, 5), st.data())
def test_percentiles_of_cells_are_those_of_numpy(values, cells, data):
    where = data.draw(hnp.arrays(np.int64, len(values), elements=st.integers(0, cells - 1)))
    order = np.argsort(values, kind="stable")
    grouped = group(where[order], values[order], cells)
    for share in (0.15, 0.5, 0.85):
        got = grouped.percentile(share)
        for cell in range(cells):
            inside = values[where == cell]
            wanted = np.percentile(inside, share * 100) if len(inside) else np.nan
            np.testing.assert_allclose(got[cell], wanted, rtol=1e-12, atol=1e-9)


def test_more_cells_than_sixteen_bits_can_count_stay_apart():
    cells = np.array([70_000, 4_464, 70_000, 4_464, 70_000])  # alike in their lower 16 bits
    grouped = group(cells, np.array([1.0, 2.0, 3.5, 4.0, 5.0]), 70_001)
    assert grouped.percentile(0.5)[[4_464, 70_000]].tolist() == [3.0, 3.5]
    assert grouped.n[[4_464, 70_000]].tolist() == [2, 3]


def test_a_percentile_between_a_known_and_an_open_duration_is_infinite():
    grouped = group(np.array([0, 0]), np.array([5.0, np.inf]), 1)
    assert grouped.percentile(0.5)[0] == np.inf
    assert grouped.percentile(0.0)[0] == 5.0


def test_spread_is_the_standard_deviation_of_logs_of_what_is_over():
    grouped = group(np.array([0, 0, 0, 1]), np.array([1.0, np.e, np.inf, 3.0]), 3)
    spread = grouped.spread_of_logs(0.01)
    np.testing.assert_allclose(spread[0], np.std([0.0, 1.0], ddof=1))
    assert np.isnan(spread[1])  # one value has no spread
    assert np.isnan(spread[2])


# Times of remission in weeks of the 6-MP arm of Freireich et al. (1963), as reprinted in
# Cox and Oakes, Analysis of Survival Data (1984): the Kaplan-Meier median is 23 weeks.
REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_IN_REMISSION = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def test_survival_percentile_gives_the_published_median_of_the_remission_data():
    finished = np.array(REMISSION, dtype=float)
    still_open = np.array(STILL_IN_REMISSION, dtype=float)
    assert survival_percentile(finished, still_open, 0.5) == 23.0
    assert survival_percentile(finished, still_open, 0.85) == np.inf


@given(hnp.arrays(np.float64, st.integers(1, 40), elements=VALUES))
def test_survival_percentile_without_open_tickets_is_that_of_numpy(values):
    got = survival_percentile(values, np.zeros(0), 0.85)
    assert got == np.percentile(values, 85)
