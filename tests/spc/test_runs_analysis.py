"""Runs about the centre line: counts beside slow ones, boxes beside all sequences."""

from itertools import groupby, product
from math import comb, erf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.spc import runs_analysis
from headway.spc.boxes import Box, best_box, cut_box


def slow(values, centre):
    sides = ["above" if value > centre else "below" for value in values if value != centre]
    lengths = [len(list(run)) for _, run in groupby(sides)]
    return len(sides), max(lengths, default=0), max(len(lengths) - 1, 0)


@given(st.lists(st.sampled_from([-1.0, 0.0, 0.0, 1.0, 2.0, np.nan]), max_size=70))
def test_useful_points_longest_run_and_crossings_agree_with_counting(values):
    found = runs_analysis(np.array(values), np.zeros(len(values)))
    useful, longest, crossings = slow([value for value in values if value == value], 0.0)
    assert (found.useful, found.longest, found.crossings) == (useful, longest, crossings)
    if useful:
        below = [sum(comb(useful - 1, i) for i in range(c + 1)) for c in range(useful)]
        fewest = next(c for c, ways in enumerate(below) if ways >= 0.05 * 2 ** (useful - 1))
        assert found.crossings_expected == fewest
        assert found.longest_expected == round(np.log2(useful)) + 3
        assert found.signal == (longest > found.longest_expected or crossings < fewest)


def test_24_useful_points_may_have_runs_of_8_and_need_8_crossings():
    # Anhoej and Olesen, "Run charts revisited", PLoS ONE 9 (2014)
    found = runs_analysis(np.tile([1.0, -1.0], 12), np.zeros(24))
    assert (found.longest_expected, found.crossings_expected) == (8, 8)


def cells_of(useful, shift):
    """Probability of each pair of crossings and longest run, over every sequence there is."""
    above = (1 + erf(shift / sqrt(2))) / 2
    found = {}
    for sides in product((0, 1), repeat=useful):
        lengths = [len(list(run)) for _, run in groupby(sides)]
        pair = len(lengths) - 1, max(lengths)
        ways = above ** sum(sides) * (1 - above) ** (useful - sum(sides))
        found[pair] = found.get(pair, 0) + ways
    return found


@pytest.fixture(scope="module", params=[10, 11, 13])
def every_sequence(request):
    return request.param, cells_of(request.param, 0.0), cells_of(request.param, 0.8)


def held(cells, box):
    return sum(ways for pair, ways in cells.items() if box.holds(*pair))


def test_the_best_box_is_the_best_of_all_boxes(every_sequence):
    useful, quiet, shifted = every_sequence
    boxes = [Box(*pair) for pair in quiet]
    enough = [box for box in boxes if held(quiet, box) >= 0.925]
    best = min(enough, key=lambda box: held(shifted, box))
    assert best_box(useful) == best


def test_the_cut_box_holds_enough_quiet_series_and_fewer_shifted_ones(every_sequence):
    useful, quiet, shifted = every_sequence
    best, cut = best_box(useful), cut_box(useful)
    assert held(quiet, cut) >= 0.925
    assert (cut == best) == (cut.border_longest is None)
    if cut != best:
        assert held(shifted, cut) < held(shifted, best)
        further = [
            Box(cut.crossings, cut.longest, cut.border_crossings + up, cut.border_longest - down)
            for up, down in ((1, 0), (0, 1))
        ]
        spared = [box for box in further if held(quiet, box) < held(quiet, cut)]
        assert all(held(quiet, box) < 0.925 for box in spared)


# As the authors of the method have them in their package qicharts2.
@pytest.mark.parametrize(
    ("useful", "box"), [(11, Box(3, 7, 4, 6)), (24, Box(6, 7, 7, 6)), (100, Box(41, 10, 42, 9))]
)
def test_published_boxes_come_about(useful, box):
    assert cut_box(useful) == box
    assert best_box(useful) == Box(box.crossings, box.longest)


def test_a_box_may_signal_where_the_pair_does_not_and_gives_way_to_it_on_few_points():
    # 24 points, longest run 8, 11 crossings: the pair allows 8, the box 7
    values = np.array([1.0] * 8 + [-1, 1] * 5 + [-1, -1, 1, 1, 1, 1])
    centre = np.zeros(len(values))
    assert not runs_analysis(values, centre).signal
    assert runs_analysis(values, centre, method="bestbox").signal
    assert runs_analysis(values, centre, method="cutbox").signal
    nine, line = np.array([1.0] * 5 + [-1, 1, -1, 1]), np.zeros(9)
    pair, box = runs_analysis(nine, line), runs_analysis(nine, line, method="bestbox")
    assert (box.signal, box.longest_expected) == (pair.signal, pair.longest_expected)


def test_nothing_off_the_centre_line_is_no_signal():
    found = runs_analysis(np.full(20, 3.0), np.full(20, 3.0))
    assert (found.useful, found.longest, found.signal) == (0, 0, False)
