"""Closures piled up just before their target: the density of their distance from it has a bump.

Distances are counted in bins of equal width on both sides of the target, as in the first step of
McCrary (2008), "Manipulation of the running variable in the regression discontinuity design",
Journal of Econometrics 142, 698-714. A smooth curve through the other bins says what the last one
before the target would ordinarily hold; the bins just after it are left out as well, because what
is closed early is missing there (Kleven 2016, "Bunching", Annual Review of Economics 8, 435-464).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from headway.series import Floats

SIDE = 8  # bins on either side of the target
EMPTIED = 2  # bins after it that the pile may have come from
LEAST = 10.0  # closures that the last bin must hold ordinarily
_DEGREE = 2
_STEPS = 50


@dataclass(frozen=True)
class PileUps:
    """What the last bin before the target holds in every slice, each of shape (slices,).

    Attributes
    ----------
    found, ordinary
        Closures in the bin, and what its neighbours predict.
    p
        One-sided probability of so many, NaN where there are too few closures to tell.
    """

    found: Floats
    ordinary: Floats
    p: Floats


def pile_ups(counts: Floats, exposure: Floats) -> PileUps:
    """Compare the last bin before the target with a curve through its neighbours.

    Parameters
    ----------
    counts
        Closures in each bin, shape (slices, 2 * SIDE); bin ``SIDE - 1`` ends at the target.
    exposure
        How busy the desk usually is in the hours of each bin, on any scale, same shape.

    Examples
    --------
    >>> import numpy as np
    >>> quiet = np.round(100 * np.exp(-0.05 * np.arange(16.0)))
    >>> piled = quiet + 60 * (np.arange(16) == 7)
    >>> out = pile_ups(np.vstack([quiet, piled]), np.ones((2, 16)))
    >>> bool(out.p[0] > 0.2), bool(out.p[1] < 1e-3), int(out.ordinary[1])
    (True, True, 70)
    """
    rows = [_row(own, busy) for own, busy in zip(counts, exposure, strict=True)]
    found, ordinary, p = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    return PileUps(found, ordinary, p)


def _row(counts: Floats, exposure: Floats) -> tuple[float, float, float]:
    last = SIDE - 1
    x = (np.arange(2 * SIDE) - last) / SIDE
    design = x[:, None] ** np.arange(_DEGREE + 1)[None, :]
    kept = exposure > 0
    kept[last : SIDE + EMPTIED] = False
    freedom = int(kept.sum()) - design.shape[1]
    found = float(counts[last])
    # Both sides must be seen: a curve that is only continued beyond its end says little.
    if freedom < 4 or not kept[SIDE:].any() or exposure[last] <= 0:
        return found, np.nan, np.nan
    beta, covariance = poisson_curve(counts[kept], design[kept], exposure[kept])
    fitted = exposure[kept] * np.exp(design[kept] @ beta)
    scatter = max(float(((counts[kept] - fitted) ** 2 / fitted).sum()) / freedom, 1.0)
    ordinary = float(exposure[last] * np.exp(design[last] @ beta))
    if not LEAST <= ordinary < np.inf:
        return found, ordinary, np.nan
    unsure = float(design[last] @ covariance @ design[last])
    gap = 2 * (np.sqrt(found + 0.375) - np.sqrt(ordinary + 0.375))
    score = gap / np.sqrt(scatter * (1 + ordinary * unsure))
    return found, ordinary, float(special.stdtr(freedom, -score))


def poisson_curve(counts: Floats, design: Floats, exposure: Floats) -> tuple[Floats, Floats]:
    """Coefficients of a log-linear Poisson regression, and their covariance without scatter.

    Iteratively weighted least squares (Nelder and Wedderburn 1972, "Generalized linear models",
    JRSS A 135, 370-384).

    >>> import numpy as np
    >>> beta, _ = poisson_curve(np.array([2.0, 4.0]), np.ones((2, 1)), np.array([1.0, 2.0]))
    >>> float(np.exp(beta[0]).round(6))
    2.0
    """
    offset = np.log(exposure)
    eta = np.log(counts + 0.5)
    for _ in range(_STEPS):
        mean = np.exp(np.clip(eta, -30, 30))
        weighted = design * mean[:, None]
        target = eta - offset + (counts - mean) / mean
        beta = np.linalg.lstsq(design.T @ weighted, weighted.T @ target, rcond=None)[0]
        before, eta = eta, offset + design @ beta
        if np.abs(eta - before).max() < 1e-10:
            break
    mean = np.exp(np.clip(eta, -30, 30))
    return beta, np.linalg.pinv(design.T @ (design * mean[:, None]))
