"""How a change came about: at once, or over a stretch of periods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.series import Flags, Floats

_EDGE = 2  # points that must lie clear on each side of the stretch


@dataclass(frozen=True)
class Course:
    """Stretch over which the level moved.

    ``begin`` is the last column at the earlier level plus one, ``end`` the first column at the
    later level. ``gradual`` says that the level moved all the way between them; without it the
    level moved at once, and the stretch is what is known of the date.
    """

    begin: int
    end: int
    gradual: bool = False


def follow(values: Floats, weights: Floats, cut: int, low: int, high: int) -> Course:
    """Choose between a step at ``cut`` and the best straight passage between two levels.

    The passage must lower the residual sum by more than two further parameters would by chance
    (Schwarz 1978, "Estimating the dimension of a model", Annals of Statistics 6, 461-464);
    otherwise the course is the interval ``low`` to ``high`` of the step's date.

    Parameters
    ----------
    values, weights
        One series on its working scale, shape (points,), NaN where missing.
    cut, low, high
        First column after the cut, and the interval for it.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.r_[np.zeros(5), np.linspace(0, -4, 6)[1:-1], np.full(5, -4.0)]
    >>> y = y + np.tile([0.1, -0.1], 7)
    >>> follow(y, np.ones(14), 7, 6, 8).gradual
    True
    """
    valid = np.isfinite(values)
    y, w = values[valid], weights[valid]
    columns = np.flatnonzero(valid)
    n = len(y)
    step = int(np.searchsorted(columns, cut))
    step_sse = _two_level_sse(y, w, np.arange(n) >= step)
    begin, end, sse = _best_passage(y, w)
    gain = n * np.log(max(step_sse, 1e-12) / max(sse, 1e-12))
    if begin < 0 or gain <= 2 * np.log(n) or end - begin < 2:
        return Course(begin=low, end=max(high, low))
    return Course(begin=int(columns[begin]), end=int(columns[min(end, n - 1)]), gradual=True)


def _two_level_sse(y: Floats, w: Floats, after: Flags) -> float:
    total = 0.0
    for side in (~after, after):
        mean = np.average(y[side], weights=w[side])
        total += float((w[side] * (y[side] - mean) ** 2).sum())
    return total


def _best_passage(y: Floats, w: Floats) -> tuple[int, int, float]:
    """Begin, end and residual sum of the best two levels joined by a line."""
    n = len(y)
    best = (-1, -1, np.inf)
    index = np.arange(n, dtype=float)
    for begin in range(_EDGE, n - _EDGE - 1):
        ends = np.arange(begin + 2, n - _EDGE + 1, dtype=float)
        if not len(ends):
            continue
        start = begin - 1.0
        part = np.clip((index[None, :] - start) / (ends[:, None] - start), 0.0, 1.0)
        sse = _fit(part, y, w)
        k = int(sse.argmin())
        if sse[k] < best[2]:
            best = (begin, int(ends[k]), float(sse[k]))
    return best


def _fit(part: Floats, y: Floats, w: Floats) -> Floats:
    """Residual sums of a weighted straight fit of ``y`` on each row of ``part``."""
    total = w.sum()
    mean_x = (part * w).sum(axis=1) / total
    mean_y = (w * y).sum() / total
    dx = part - mean_x[:, None]
    dy = y - mean_y
    sxx = (w * dx * dx).sum(axis=1)
    sxy = (w * dx * dy).sum(axis=1)
    sse: Floats = (w * dy * dy).sum() - sxy**2 / np.maximum(sxx, 1e-300)
    return sse
