"""Limits of runs and crossings judged together: the best box and the cut box.

Anhoej and Wentzel-Larsen, "Smooth operator: Modifying the Anhoej rules to improve runs analysis in
statistical process control", *PLoS ONE* 15 (2020). The limits are computed here from the exact
joint distribution of crossings and longest run, not looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import ndtr

from headway.series import Floats

FEWEST, MOST = 10, 100  # useful points for which the boxes are published
QUIET = 0.925  # least probability of no signal where nothing happens
SHIFT = 0.8  # standard deviations; the shift that shall be found


@dataclass(frozen=True)
class Box:
    """Numbers of crossings and longest runs that are no signal.

    At least ``crossings`` and at most ``longest``. Where the corner is cut, the longest run is
    below ``longest`` unless there are ``border_crossings`` or more, and exactly ``crossings``
    need a longest run of ``border_longest`` or less; None where nothing is cut.
    """

    crossings: int
    longest: int
    border_crossings: int | None = None
    border_longest: int | None = None

    def holds(self, crossings: int, longest: int) -> bool:
        """Whether so many crossings and so long a run are no signal.

        >>> best_box(24).holds(6, 7), best_box(24).holds(5, 7)
        (True, False)
        """
        if crossings < self.crossings or longest > self.longest:
            return False
        if self.border_crossings is None or self.border_longest is None:
            return True
        if crossings > self.crossings and longest < self.longest:
            return True
        if crossings == self.crossings and longest <= self.border_longest:
            return True
        return longest == self.longest and crossings >= self.border_crossings


@cache
def best_box(useful: int) -> Box:
    """The box that finds a shift of 0.8 standard deviations most often.

    Among all boxes that hold at least 92.5 % of the series where nothing happens; ``useful`` is
    the number of points off the centre line, 10 to 100.

    >>> best_box(20)
    Box(crossings=6, longest=7, border_crossings=None, border_longest=None)
    """
    quiet, shifted = _within(useful, 0.0), _within(useful, SHIFT)
    possible = (_cells(quiet) > 0) & (quiet >= QUIET)
    at = np.argmin(np.where(possible, shifted, np.inf))
    crossings, longest = np.unravel_index(at, quiet.shape)
    return Box(int(crossings), int(longest))


@cache
def cut_box(useful: int) -> Box:
    """The best box without those cells of its corner and borders that 92.5 % can spare.

    Cells go one after another, from the corner along the border where the shift is likelier.

    >>> cut_box(11)
    Box(crossings=3, longest=7, border_crossings=4, border_longest=6)
    """
    box = best_box(useful)
    within = _within(useful, 0.0)
    quiet, shifted = _cells(within), _cells(_within(useful, SHIFT))
    low, high = box.crossings, box.longest
    spare = within[low, high] - QUIET - quiet[low, high]
    if spare < 0:
        return box
    crossings, longest = low + 1, high - 1
    while True:
        up = quiet[crossings, high] if crossings < useful else 0.0
        down = quiet[low, longest]
        rise, fall = 0 < up <= spare, 0 < down <= spare
        if not rise and not fall:
            return Box(low, high, crossings, longest)
        if rise and (not fall or shifted[crossings, high] >= shifted[low, longest]):
            crossings, spare = crossings + 1, spare - up
        else:
            longest, spare = longest - 1, spare - down


@cache
def _within(useful: int, shift: float) -> Floats:
    """Probability of at least c crossings and a longest run of at most l, shape (c, l)."""
    odds = (float(ndtr(shift)), float(ndtr(-shift)))
    found = np.zeros((useful, useful + 1))
    for longest in range(1, useful + 1):
        runs = [np.where(_lengths(useful) <= longest, _powers(odd, useful), 0) for odd in odds]
        ending = list(runs)
        for crossings in range(useful):
            found[crossings, longest] = ending[0][useful] + ending[1][useful]
            ending = [np.convolve(ending[1 - side], runs[side])[: useful + 1] for side in (0, 1)]
    return np.cumsum(found[::-1], axis=0)[::-1]


def _lengths(useful: int) -> Floats:
    return np.arange(useful + 1, dtype=np.float64)


def _powers(odds: float, useful: int) -> Floats:
    found = odds ** _lengths(useful)
    found[0] = 0  # a run has at least one point
    return np.asarray(found, dtype=np.float64)


def _cells(within: Floats) -> Floats:
    """Probability of each number of crossings and longest run, same shape."""
    upper = np.diff(within, axis=1, prepend=0)
    return upper - np.vstack([upper[1:], np.zeros((1, upper.shape[1]))])
