"""Intervals for shares, and what an all-knowing test could find."""

from __future__ import annotations

import numpy as np
from scipy import special

ALPHA = 0.025 / 1_400  # half of the budget over the slices of a scan, for the first to be found
BEFORE = 62  # weeks before the change, at least
REOPENED = 0.077
INCOMPLETE = 2  # last weeks whose tickets are not resolved yet


def bounds(hits: int, runs: int) -> tuple[float, float]:
    """Exact 95 % interval of a share (Clopper and Pearson 1934, Biometrika 26, 404-413).

    >>> [round(x, 3) for x in bounds(20, 400)]
    [0.031, 0.076]
    """
    low = special.betaincinv(hits, runs - hits + 1, 0.025) if hits else 0.0
    high = special.betaincinv(hits + 1, runs - hits, 0.975) if hits < runs else 1.0
    return float(low), float(high)


def oracle(family: str, effect: float, weekly: float, after: int) -> float:
    """Power of a z test at the known date with known independent noise."""
    if family == "duration":
        size, noise, after = effect, (1.0, 1.0), after - INCOMPLETE
    elif family == "volume":
        size, noise = effect, (1 / np.sqrt(weekly), np.sqrt(1 + effect) / np.sqrt(weekly))
    else:
        p, later = REOPENED, REOPENED + effect / 100
        size = effect / 100
        noise = (np.sqrt(p * (1 - p) / weekly), np.sqrt(later * (1 - later) / weekly))
    error = np.sqrt(noise[0] ** 2 / BEFORE + noise[1] ** 2 / after)
    return float(special.ndtr(size / error + special.ndtri(ALPHA / 2)))
