"""Runs analysis of one part of a series: useful points, longest run, crossings of the centre."""

from __future__ import annotations

import numpy as np

from headway.series import Floats
from headway.spc.boxes import FEWEST, MOST, best_box, cut_box
from headway.spc.limits import crossings_expected, longest_run_expected
from headway.spc.model import Runs

METHODS = ("anhoej", "bestbox", "cutbox")


def runs_analysis(values: Floats, centre: Floats, *, method: str = "anhoej") -> Runs:
    """What the runs of one series about its centre line say, arrays of shape (points,).

    ``anhoej`` is the pair of Anhoej and Olesen (2014); ``bestbox`` and ``cutbox`` judge both
    numbers together (Anhoej and Wentzel-Larsen 2020) for 10 to 100 useful points, and give way
    to the pair outside of that range.

    >>> import numpy as np
    >>> found = runs_analysis(np.array([1.0, 2, 3, 3, 4, 5, 1]), np.full(7, 3.0))
    >>> found.useful, found.longest, found.crossings, found.signal
    (5, 2, 2, False)
    """
    side = np.sign(values - centre)
    side = side[np.isfinite(side) & (side != 0)]
    useful = len(side)
    if not useful:
        return Runs(method=method)
    turns = np.flatnonzero(np.diff(side))
    lengths = np.diff(np.concatenate([[-1], turns, [useful - 1]]))
    longest, crossings = int(lengths.max()), len(turns)
    most = int(longest_run_expected(np.array([useful]))[0])
    fewest = int(crossings_expected(np.array([useful]))[0])
    signal = longest > most or crossings < fewest
    if method != "anhoej" and FEWEST <= useful <= MOST:
        box = best_box(useful) if method == "bestbox" else cut_box(useful)
        signal = not box.holds(crossings, longest)
    return Runs(useful, longest, most, crossings, fewest, signal, method)
