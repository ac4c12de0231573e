"""Counts, sums and exact percentiles per cell, without a loop over slices or cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.engine.columns import Floats, Ints


@dataclass(frozen=True)
class Grouped:
    """Measured values in order of cell and, within a cell, of value.

    Attributes
    ----------
    ordered
        The values, shape (values,).
    starts
        Where each cell begins in ``ordered``, shape (cells,).
    n
        Values per cell, shape (cells,).
    """

    ordered: Floats
    starts: Ints
    n: Ints

    def percentile(self, share: float) -> Floats:
        """Linear percentile of each cell, NaN where it is empty, infinite where it is censored.

        The rule is number 7 of Hyndman and Fan (1996), which is also NumPy's.

        >>> cells = np.array([0, 0, 1])
        >>> group(cells, np.array([1.0, 3.0, np.inf]), 3).percentile(0.5).tolist()
        [2.0, inf, nan]
        """
        out = np.full(len(self.n), np.nan)
        some = np.flatnonzero(self.n)
        position = share * (self.n[some] - 1)
        below = np.floor(position).astype(np.int64)
        part = position - below
        low = self.ordered[self.starts[some] + below]
        high = self.ordered[self.starts[some] + np.minimum(below + 1, self.n[some] - 1)]
        with np.errstate(invalid="ignore"):
            between = low + (high - low) * part
        out[some] = np.where(part == 0, low, np.where(np.isinf(high), np.inf, between))
        return out

    def finite(self) -> Ints:
        """Values per cell that are not censored."""
        return np.asarray(_sums(np.isfinite(self.ordered).astype(np.float64), self), dtype=np.int64)

    def spread_of_logs(self, floor: float) -> Floats:
        """Standard deviation of the natural logarithm of the finite values of each cell.

        Values below ``floor`` count as ``floor``; NaN below two finite values.
        """
        finite = np.isfinite(self.ordered)
        logs = np.log(np.maximum(np.where(finite, self.ordered, 1.0), floor))
        logs = np.where(finite, logs, 0.0)
        n = self.finite()
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = _sums(logs, self) / n
            centred = np.where(finite, logs - np.repeat(mean, self.n), 0.0)
            variance = _sums(centred * centred, self) / (n - 1)
        return np.where(n >= 2, np.sqrt(np.maximum(variance, 0.0)), np.nan)


def group(cells: Ints, ascending: Floats, size: int) -> Grouped:
    """Order values by cell; ``ascending`` must be sorted and ``cells`` in its order.

    A counting sort by cell keeps the order of the values, so no value is compared again.
    """
    n = np.bincount(cells, minlength=size)
    starts = np.concatenate([[0], np.cumsum(n)[:-1]]) if size else np.zeros(0, dtype=np.int64)
    return Grouped(ascending[_by_cell(cells, size)], starts, n)


def _by_cell(cells: Ints, size: int) -> Ints:
    """Stable order of the cells. NumPy counts 16-bit keys; wider ones take a second pass."""
    order = np.argsort(cells.astype(np.uint16), kind="stable")
    if size > 1 << 16:
        high = (cells >> 16).astype(np.uint16)  # 2 ** 32 cells would not fit in memory
        order = order[np.argsort(high[order], kind="stable")]
    return order


def survival_percentile(finished: Floats, still_open: Floats, share: float) -> float:
    """Kaplan-Meier percentile: the time by which ``share`` of the tickets had finished.

    ``finished`` are completed times, ``still_open`` the times so far of those not completed.
    Infinite when fewer than ``share`` are known to have finished, NaN without tickets.
    Source: Kaplan and Meier (1958).

    >>> survival_percentile(np.array([1.0, 2.0, 3.0]), np.array([]), 0.5)
    2.0
    >>> survival_percentile(np.array([1.0, 2.0]), np.array([1.5, 5.0]), 0.5)
    2.0
    """
    if len(still_open) == 0:
        return float(np.percentile(finished, share * 100)) if len(finished) else float("nan")
    times, events = np.unique(finished, return_counts=True)
    everyone = np.sort(np.concatenate([finished, still_open]))
    at_risk = len(everyone) - np.searchsorted(everyone, times, side="left")
    survival = np.cumprod(1.0 - events / at_risk)
    reached = np.flatnonzero(survival <= 1.0 - share + 1e-12)
    return float(times[reached[0]]) if len(reached) else float("inf")


def _sums(values: Floats, grouped: Grouped) -> Floats:
    """Sums per cell in the fixed order of the values, so that shuffled input sums alike."""
    out = np.zeros(len(grouped.n))
    some = np.flatnonzero(grouped.n)
    if len(some):
        out[some] = np.add.reduceat(values, grouped.starts[some])
    return out
