"""The scale on which a panel is tested: steady variance, and a weight for each point."""

from __future__ import annotations

import numpy as np

from headway.series import Floats, Panel


def working_scale(panel: Panel) -> tuple[Floats, Floats]:
    """Values of ``panel`` on a variance-stabilising scale, with weights.

    Shares use the arcsine of Anscombe (1948), "The transformation of Poisson, binomial and
    negative-binomial data", Biometrika 35, 246-254; counts its square root, of the slice's share
    in the total where there is a total, so that what moves every slice alike stays with the
    total; durations and stocks the logarithm; means themselves.

    Returns
    -------
    values, weights
        Shape (slices, periods); NaN where the value is missing or the period not usable.
        A weight grows with the records behind a point and levels off at twice its usual number,
        because periods differ by more than chance.
    """
    n = np.maximum(panel.n, 0).astype(float)
    values = _transformed(panel, n)
    values = np.where(panel.usable[None, :] & np.isfinite(panel.value), values, np.nan)
    if panel.statistic in ("count", "stock"):
        return values, np.ones_like(values)
    seen = (n > 0).any(axis=1)
    usual = np.ones((len(n), 1))
    usual[seen, 0] = np.nanmedian(np.where(n[seen] > 0, n[seen], np.nan), axis=1)
    with np.errstate(divide="ignore"):
        weights = np.where(n > 0, 2.0 / (1.0 / np.maximum(n, 1e-9) + 1.0 / usual), 0.0)
    return values, weights


def _transformed(panel: Panel, n: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        if panel.statistic == "share":
            hits = n * panel.value / 100 if panel.numerator is None else panel.numerator
            return np.arcsin(np.sqrt(np.clip((hits + 0.375) / (n + 0.75), 0, 1)))
        if panel.statistic == "count":
            return _share_of_total(panel)
        if panel.statistic == "stock":
            return np.log(np.maximum(panel.value, 0) + 1.0)
        if panel.unit == "h":
            return np.log(np.maximum(panel.value, 1e-3) + 0.05)
    return panel.value


def _share_of_total(panel: Panel) -> Floats:
    rows = [i for i, part in enumerate(panel.slices) if part.dimension == "all"]
    counts = np.maximum(panel.value, 0)
    roots = np.sqrt(counts + 0.375)
    if not rows:
        return roots
    total = counts[rows[0]][None, :]
    known = total[0, panel.usable & np.isfinite(total[0])]
    usual = known.mean() if len(known) else 0.0
    shares = np.arcsin(np.sqrt(np.clip((counts + 0.375) / (total + 0.75), 0, 1)))
    out = np.where(total > 0, shares * np.sqrt(usual), np.nan)
    out[rows[0]] = roots[rows[0]]
    return out
