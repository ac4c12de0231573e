"""How much of a change of a total comes from what it is made of, and how much from its parts.

Kitagawa (1955), "Components of a difference between two rates", Journal of the American
Statistical Association 50, 1168-1194, with the symmetric weights of Das Gupta (1993),
"Standardization and decomposition of rates", U.S. Bureau of the Census, P23-186.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.series import Floats, Ints


@dataclass(frozen=True)
class Composition:
    """The change of a mean, split.

    Attributes
    ----------
    change
        Mean afterwards less mean before; ``between + within``.
    between
        What the shifted shares of the parts account for.
    within
        What the parts' own changes account for.
    share_before, share_after
        Share of each part in all records, shape (parts,).
    push
        What the changed share of each part adds to ``between``, shape (parts,).
    """

    change: float
    between: float
    within: float
    share_before: Floats
    share_after: Floats
    push: Floats


def decompose(before: tuple[Floats, Ints], after: tuple[Floats, Ints], parts: int) -> Composition:
    """Split the change of a mean into the part of the mix and that of the parts.

    Parameters
    ----------
    before, after
        The measure of each record and its part, from 0, both of shape (records,); at least one
        record each.
    parts
        Number of parts. One that is on one side only has no change of its own.

    Examples
    --------
    >>> import numpy as np
    >>> slow, fast = np.full(50, 10.0), np.full(50, 2.0)
    >>> even = np.r_[slow, fast], np.repeat([0, 1], 50)
    >>> mostly_fast = np.r_[slow[:25], fast, fast[:25]], np.repeat([0, 1], [25, 75])
    >>> split = decompose(even, mostly_fast, 2)
    >>> split.change, split.between, split.within
    (-2.0, -2.0, 0.0)
    """
    (w0, r0), (w1, r1) = (_shares(*side, parts) for side in (before, after))
    r0, r1 = np.where(w0 > 0, r0, r1), np.where(w1 > 0, r1, r0)
    middle = ((w0 + w1) / 2 * (r0 + r1) / 2).sum()
    push = (w1 - w0) * ((r0 + r1) / 2 - middle)
    between = float(push.sum())
    within = float(((w0 + w1) / 2 * (r1 - r0)).sum())
    return Composition(between + within, between, within, w0, w1, push)


def _shares(measure: Floats, part: Ints, parts: int) -> tuple[Floats, Floats]:
    """Share and mean of each part; the mean of an absent part is 0."""
    n = np.bincount(part, minlength=parts).astype(np.float64)
    total = np.bincount(part, weights=measure, minlength=parts)
    return n / n.sum(), np.asarray(total / np.maximum(n, 1), dtype=np.float64)
