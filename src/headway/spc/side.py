"""Limits of one side of a series, by kind of chart, in the unit of the values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from headway.errors import InputError
from headway.series import Floats
from headway.spc import attribute, limits
from headway.spc.baseline import SHORTEST
from headway.spc.checks import Measured
from headway.spc.limits import Limits
from headway.spc.selection import Choice

ROWS = {
    "i": limits.individuals,
    "i-log": limits.logarithms,
    "c": attribute.counts,
    "g": limits.between_events,
    "t": limits.times_between,
    "run": limits.medians,
}
WITH_N = {
    "p": attribute.proportions,
    "p'": attribute.laney_proportions,
    "u": attribute.rates,
    "u'": attribute.laney_rates,
}


def side_limits(data: Measured, choice: Choice, side: slice, baseline: int) -> Limits:
    """Limits of ``data.values[side]``, one row, cut to the possible range of the measure.

    A baseline without variation, such as a first half year without events, gives no limits; they
    then rest on every measured point of the side.
    """
    found = _limits(data, choice, side, baseline)
    if np.isfinite(found.centre).any() or found.baseline[0] < SHORTEST:
        return found
    return _limits(data, choice, side, max(len(data.values), SHORTEST))


def _limits(data: Measured, choice: Choice, side: slice, baseline: int) -> Limits:
    row = data.values[None, side]
    if choice.kind in WITH_N:
        return _over_n(row, _denominator(data, side), choice, data.scale, baseline)
    method = attribute.exact_counts if choice.exact else ROWS[choice.kind]
    return method(row, baseline=baseline).within(choice.low, data.high)


def _over_n(row: Floats, n: Floats, choice: Choice, scale: float, baseline: int) -> Limits:
    method = attribute.exact_proportions if choice.exact else WITH_N[choice.kind]
    found = method(row / scale, n, baseline=baseline)
    return replace(
        found, centre=found.centre * scale, lower=found.lower * scale, upper=found.upper * scale
    )


def _denominator(data: Measured, side: slice) -> Floats:
    if data.n is None:
        raise InputError("This chart needs the denominator of each value; give n.")
    return data.n[None, side]
