"""False alarms budgeted over all series together."""

from __future__ import annotations

import numpy as np

from headway.series import Floats


def q_values(p: Floats) -> Floats:
    """Smallest false-discovery rate at which each hypothesis is rejected.

    Benjamini and Hochberg (1995), "Controlling the false discovery rate", JRSS B 57, 289-300;
    valid under the positive dependence of overlapping slices (Benjamini and Yekutieli 2001).

    Parameters
    ----------
    p
        Probabilities, shape (tests,); NaN for refused series, which do not count as tests.

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
    order = judged[np.argsort(p[judged], kind="stable")]
    m = len(order)
    scaled = p[order] * m / np.arange(1, m + 1)
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return out


def expected_false(q: Floats) -> float:
    """Expected number of false ones among findings with these q values, at most.

    >>> import numpy as np
    >>> expected_false(np.array([0.01, 0.04]))
    0.08
    """
    finite = q[np.isfinite(q)]
    return float(finite.max() * len(finite)) if len(finite) else 0.0
