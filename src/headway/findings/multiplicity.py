"""False alarms budgeted over all series together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from headway.series import Flags, Floats


def q_values(p: Floats, first: Flags | None = None) -> Floats:
    """Smallest false-discovery rate at which each hypothesis is rejected.

    Benjamini and Hochberg (1995), "Controlling the false discovery rate", JRSS B 57, 289-300;
    valid under the positive dependence of overlapping slices (Benjamini and Yekutieli 2001).
    Half of the budget goes to the series that are looked at first, so that the totals are not
    drowned by hundreds of slices (Genovese, Roeder and Wasserman 2006, "False discovery control
    with p-value weighting", Biometrika 93, 509-524).

    Parameters
    ----------
    p
        Probabilities, shape (tests,); NaN for refused series, which do not count as tests.
    first
        Series that share half of the budget, same shape; None weighs all alike.

    Returns
    -------
    Array of the same shape, NaN where ``p`` is.

    Examples
    --------
    >>> import numpy as np
    >>> q_values(np.array([0.01, 0.04, 0.03, np.nan])).round(3).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    out = np.full(p.shape, np.nan)
    judged = np.flatnonzero(np.isfinite(p))
    if not len(judged):
        return out
    weighted = p / _weights(judged, len(p), first)
    order = judged[np.argsort(weighted[judged], kind="stable")]
    m = len(order)
    scaled = weighted[order] * m / np.arange(1, m + 1)
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return out


def _weights(judged: npt.NDArray[np.int64], size: int, first: Flags | None) -> Floats:
    """Weights with mean one over the judged series."""
    weights = np.ones(size)
    if first is None:
        return weights
    chosen = judged[first[judged]]
    if 0 < len(chosen) < len(judged):
        weights[judged] = 0.5 * len(judged) / (len(judged) - len(chosen))
        weights[chosen] = 0.5 * len(judged) / len(chosen)
    return weights


def expected_false(q: Floats) -> float:
    """Expected number of false ones among findings with these q values, at most.

    >>> import numpy as np
    >>> expected_false(np.array([0.01, 0.04]))
    0.08
    """
    finite = q[np.isfinite(q)]
    return float(finite.max() * len(finite)) if len(finite) else 0.0
