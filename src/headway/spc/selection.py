"""Which chart fits which measure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from headway.errors import InputError
from headway.series import Days, Floats
from headway.spc.attribute import sigma_z
from headway.spc.baseline import SHORTEST
from headway.spc.checks import Measured
from headway.spc.diagnostics import dispersion, standard_scores
from headway.spc.limits import fixed_points
from headway.spc.model import ChartKind

LOW_COUNT = 4.0  # below it limits from a normal distribution flag quiet points far too often
LARGE_N = 1000.0  # above it a p chart mostly shows that tickets are not tosses of a coin
DOUBT = 0.05  # p value of the dispersion test
SHARES = ("p", "p'")
RATES = ("u", "u'")
COUNTED = ("c", "g")


@dataclass(frozen=True)
class Choice:
    """A kind of chart; ``exact`` has quantiles for limits; ``low`` is the least possible value."""

    kind: ChartKind
    low: float
    exact: bool = False
    warnings: tuple[str, ...] = ()


def sides(data: Measured, change_at: int | None, rebase: Days) -> tuple[slice, ...]:
    """The series in parts, cut at the change and at the first point on or after each date."""
    points = len(data.values)
    cuts = {*np.searchsorted(data.dates, rebase).tolist(), *([change_at] if change_at else [])}
    edges = [0, *sorted(cuts), points]
    return tuple(slice(start, stop) for start, stop in pairwise(edges))


def choose(data: Measured, kind: str, judged: slice, baseline: int) -> Choice:
    """The chart asked for, or for ``auto`` the one that fits the type of measure.

    The type is decided on the baseline of the side that is judged, or on the whole series while
    that side is too short.
    """
    if np.isfinite(data.values[judged]).sum() < SHORTEST:
        judged = slice(0, len(data.values))
    if kind != "auto":
        named = asked_for(data, kind)
        low = data.low if kind in ("i", "run") else 0.0
        return Choice(named, low, warnings=_doubts(data, kind, judged, baseline))
    if _is_share(data):
        return _share(data, judged, baseline)
    if data.numerator is not None:
        return _rate(data, judged, baseline)
    known = data.values[np.isfinite(data.values)]
    if data.durations:
        return Choice("i-log", 0) if len(known) and (known > 0).all() else Choice("i", 0)
    if data.whole and data.scale == 1:
        return _count(data, judged, baseline)
    return Choice("i", data.low)


def _is_share(data: Measured) -> bool:
    """Values over a denominator that lie between nothing and all of it."""
    if data.n is None or (data.numerator is None and data.scale == 1):
        return False
    return not bool(((data.values < 0) | (data.values > data.scale)).any())


def _share(data: Measured, judged: slice, baseline: int) -> Choice:
    share, n = _baseline(data, judged, baseline)
    ratio, p_value = _spread(share, n, ceiling=1)
    if len(n) < SHORTEST:
        return Choice("p", 0)
    if float(np.median(n)) > LARGE_N or (p_value < DOUBT and ratio > 1):
        return Choice("p'", 0)
    if 0 < _expected(share, n) < LOW_COUNT:
        said = "Few events are expected in each period, so the limits are binomial quantiles."
        return Choice("p", 0, exact=True, warnings=(said,))
    return Choice("p", 0)


def _rate(data: Measured, judged: slice, baseline: int) -> Choice:
    rate, n = _baseline(data, judged, baseline)
    ratio, p_value = _spread(rate, n, ceiling=np.inf)
    return Choice("u'", 0) if p_value < DOUBT and ratio > 1 else Choice("u", 0)


def _count(data: Measured, judged: slice, baseline: int) -> Choice:
    count, _ = _baseline(data, judged, baseline)
    if len(count) < SHORTEST or not 0 < count.mean() < LOW_COUNT:
        return Choice("i", 0)
    index, p_value = dispersion(count[None, :])
    if p_value[0] < DOUBT and index[0] > 1:
        return Choice("i", 0, warnings=(_LOW.format(count.mean()) + _UNEVEN.format(index[0]),))
    said = _LOW.format(count.mean()) + "so the limits are Poisson quantiles."
    return Choice("c", 0, exact=True, warnings=(said,))


def asked_for(data: Measured, kind: str) -> ChartKind:
    """The kind of chart named by the caller; InputError for values that it cannot hold."""
    if kind in (*SHARES, *RATES, "i'") and data.n is None:
        raise InputError(f"A chart of kind {kind} needs the denominator of each value; give n.")
    if kind in SHARES:
        _possible_shares(data)
    known = data.values[np.isfinite(data.values)]
    if kind == "i-log" and (known <= 0).any():
        raise InputError("An i-log chart needs values above 0; use kind 'i' for these.")
    if kind in ("c", "g", "t", *RATES) and (known < 0).any():
        raise InputError(f"A {kind} chart needs values of 0 or more; use kind 'i' for these.")
    if kind in COUNTED and not data.whole and len(known):
        raise InputError(f"A {kind} chart needs whole numbers; use kind 'i' for these values.")
    return kind  # type: ignore[return-value]


def _doubts(data: Measured, kind: str, judged: slice, baseline: int) -> tuple[str, ...]:
    if kind not in ("p", "u", "c"):
        return ()
    value, n = _baseline(data, judged, baseline)
    if len(value) < SHORTEST:
        return ()
    ratio, p_value = _spread(value, n, ceiling=1 if kind == "p" else np.inf)
    said = []
    if p_value < DOUBT and ratio > 1:
        wider = "'i'" if kind == "c" else f'"{kind}\'"'
        said.append(
            f"The points vary {ratio:.1f} times as much as chance alone explains; "
            f"kind {wider} has limits that allow for it."
        )
    if 0 < _expected(value, n) < LOW_COUNT:
        said.append("Few events are expected in each period; kind 'auto' has exact limits.")
    return tuple(said)


def _spread(value: Floats, n: Floats, *, ceiling: float) -> tuple[float, float]:
    """sigma_z and the p value of the dispersion test; 1 and 1 where neither can be had."""
    if len(value) < SHORTEST:
        return 1.0, 1.0
    score, p_value = standard_scores(value[None, :], n[None, :], ceiling=ceiling)
    ratio = float(sigma_z(score)[0])
    return (1.0, 1.0) if np.isnan(ratio) else (ratio, float(p_value[0]))


def _expected(value: Floats, n: Floats) -> float:
    rate = float((value * n).sum() / n.sum())
    return float(np.median(n)) * (min(rate, 1 - rate) if 0.5 < rate <= 1 else rate)


def _baseline(data: Measured, judged: slice, baseline: int) -> tuple[Floats, Floats]:
    values = data.values[judged]
    kept = fixed_points(values[None, :], baseline)[0]
    if kept.any() and (values[kept] == values[kept][0]).all():
        kept = np.isfinite(values)
    n = np.ones_like(values) if data.n is None else data.n[judged]
    return values[kept] / data.scale, n[kept]


def _possible_shares(data: Measured) -> None:
    wrong = np.flatnonzero((data.values < 0) | (data.values > data.scale))
    if len(wrong):
        at = wrong[0]
        raise InputError(
            f"The share on {data.dates[at]} is {data.values[at]:g}, outside 0 to {data.scale:g}; "
            "give per cent with unit '%', shares of 1 without."
        )


_LOW = "The mean count is {:.1f}, "
_UNEVEN = (
    "too low for dependable limits, and counts vary {:.1f} times as much as chance alone explains; "
    "chart the time between events (kind 't') instead."
)
