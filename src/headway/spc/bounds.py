"""Bounds of success rates and event rates, and rates drawn together by their family.

Every function takes arrays of one shape: ``k`` successes of ``n`` trials, or events over an
exposure. With no trials there is no bound (NaN), except by a prior.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaincinv, gammaincinv, ndtri, psi

from headway.errors import InputError
from headway.series import Floats, Ints

JEFFREYS, UNIFORM = 0.5, 1.0  # both parameters of the beta prior
LEVEL = 0.95
STEPS = 20_000
SETTLED = 1e-10  # relative change of a parameter in one step
LARGEST = 1e6  # groups that vary no more than chance have no largest size

Pair = tuple[Floats, Floats]


def clopper_pearson(k: Ints, n: Ints, *, level: float = LEVEL) -> Pair:
    """Exact lower and upper bound of a rate (Clopper and Pearson, *Biometrika* 26, 1934).

    >>> import numpy as np
    >>> low, high = clopper_pearson(np.array([0]), np.array([30]), level=0.90)
    >>> float(low[0]), round(float(high[0]), 3)
    (0.0, 0.095)
    """
    hits, trials = _counted(k, n)
    tail = (1 - level) / 2
    lower = np.where(hits == 0, 0, betaincinv(np.maximum(hits, 1), trials - hits + 1, tail))
    upper = np.where(
        hits == trials, 1, betaincinv(hits + 1, np.maximum(trials - hits, 1), 1 - tail)
    )
    return np.where(trials == 0, np.nan, lower), np.where(trials == 0, np.nan, upper)


def wilson(k: Ints, n: Ints, *, level: float = LEVEL) -> Pair:
    """Score bounds of a rate (Wilson, *Journal of the American Statistical Association* 22, 1927).

    >>> import numpy as np
    >>> low, high = wilson(np.array([8]), np.array([10]))
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.49, 0.943)
    """
    hits, trials = _counted(k, n)
    z = ndtri((1 + level) / 2)
    some = np.where(trials == 0, np.nan, trials)
    middle = (hits + z**2 / 2) / (some + z**2)
    width = z / (some + z**2) * np.sqrt(hits * (some - hits) / some + z**2 / 4)
    return np.clip(middle - width, 0, 1), np.clip(middle + width, 0, 1)


def rate_quantile(k: Ints, n: Ints, share: float, *, prior: float = JEFFREYS) -> Floats:
    """Quantile of what is known of a rate after ``k`` of ``n`` under a symmetric beta prior.

    ``prior`` 0.5 is that of Jeffreys, 1 says that every rate is alike likely.

    >>> import numpy as np
    >>> round(float(rate_quantile(np.array([29]), np.array([30]), 0.05)[0]), 3)
    0.877
    """
    hits, trials = _counted(k, n)
    return np.asarray(betaincinv(hits + prior, trials - hits + prior, share), dtype=np.float64)


def probability_above(k: Ints, n: Ints, rate: float, *, prior: float = JEFFREYS) -> Floats:
    """Probability that the true rate is above ``rate`` after ``k`` of ``n``.

    >>> import numpy as np
    >>> round(float(probability_above(np.array([30]), np.array([30]), 0.9)[0]), 3)
    0.988
    """
    hits, trials = _counted(k, n)
    return np.asarray(betainc(trials - hits + prior, hits + prior, 1 - rate), dtype=np.float64)


def poisson(events: Ints, exposure: Floats, *, level: float = LEVEL) -> Pair:
    """Exact lower and upper bound of events per unit of exposure (Garwood, *Biometrika* 28, 1936).

    >>> import numpy as np
    >>> low, high = poisson(np.array([0]), np.array([10.0]))
    >>> float(low[0]), round(float(high[0]), 3)
    (0.0, 0.369)
    """
    tail = (1 - level) / 2
    lower = np.where(events == 0, 0, gammaincinv(np.maximum(events, 1), tail))
    return lower / exposure, gammaincinv(np.asarray(events) + 1, 1 - tail) / exposure


def event_rate_quantile(events: Ints, exposure: Floats, share: float) -> Floats:
    """Quantile of what is known of an event rate, under the prior of Jeffreys.

    >>> import numpy as np
    >>> round(float(event_rate_quantile(np.array([0]), np.array([10.0]), 0.975)[0]), 3)
    0.251
    """
    return np.asarray(gammaincinv(np.asarray(events) + 0.5, share) / exposure, dtype=np.float64)


@dataclass(frozen=True)
class Shrunken:
    """Rates of many groups drawn towards their family.

    Attributes
    ----------
    alpha, beta
        Parameters of the family's beta distribution: the prior of each group.
    mean
        Expected rate of each group, (k + alpha) / (n + alpha + beta), shape (groups,).
    """

    alpha: float
    beta: float
    mean: Floats


def shrunken(k: Ints, n: Ints) -> Shrunken:
    """Beta-binomial maximum likelihood over all groups (Minka 2000, fixed-point iteration).

    Groups that vary no more than chance get nearly one common rate. InputError without any
    success or without any failure, for then the family has no distribution.

    >>> import numpy as np
    >>> found = shrunken(np.array([9, 5, 10, 1]), np.array([10, 10, 10, 10]))
    >>> bool(found.mean[0] < 0.9), bool(found.mean[3] > 0.1)
    (True, True)
    """
    hits, trials = _counted(k, n)
    if not 0 < hits.sum() < trials.sum():
        raise InputError(
            f"There are {hits.sum():g} successes of {trials.sum():g}; to draw rates together "
            "needs both successes and failures."
        )
    rate = float(hits.sum() / trials.sum())
    alpha, beta = 2 * rate, 2 * (1 - rate)
    for _ in range(STEPS):
        together = (psi(trials + alpha + beta) - psi(alpha + beta)).sum()
        more = float((psi(hits + alpha) - psi(alpha)).sum() / together)
        less = float((psi(trials - hits + beta) - psi(beta)).sum() / together)
        alpha, beta = alpha * more, beta * less
        if max(abs(more - 1), abs(less - 1)) < SETTLED or alpha + beta > LARGEST:
            break
    return Shrunken(alpha, beta, (hits + alpha) / (trials + alpha + beta))


def _counted(k: Ints, n: Ints) -> Pair:
    successes, trials = np.asarray(k, dtype=np.float64), np.asarray(n, dtype=np.float64)
    wrong = np.flatnonzero(~((successes >= 0) & (successes <= trials)))
    if len(wrong):
        at = wrong[0]
        raise InputError(
            f"There are {successes[at]:g} successes of {trials[at]:g} trials; give 0 to n of n."
        )
    return successes, trials
