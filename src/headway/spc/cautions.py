"""What a reader of a chart must know about its limits before believing them."""

from __future__ import annotations

import numpy as np

from headway.series import Flags, Floats
from headway.spc.baseline import PROVISIONAL_BELOW, SHORTEST
from headway.spc.diagnostics import autocorrelation, ljung_box
from headway.spc.limits import Limits, fixed_points

MUCH_MISSING = 0.2
UNSTABLE = 0.2  # share of the baseline's points with a signal
LIKE_ITS_NEIGHBOUR = 0.25  # autocorrelation at which quiet series are flagged too often
BEYOND_DOUBT = 0.01  # p value of the Ljung-Box test
UNDER_SPREAD = 0.8  # sigma_z below it says that something is wrong with the counts


def cautions(values: Floats, limits: Limits, flagged: Flags) -> tuple[str, ...]:
    """Warnings about the judged side; every array has one row."""
    measured = np.isfinite(values[0])
    count = int(limits.baseline[0])
    said = [_about_gaps(measured)]
    if count >= SHORTEST and not np.isfinite(limits.centre[0]).any():
        said.append(f"The {count} values do not vary, so there are no limits.")
    else:
        said.append(_about_length(count))
    if count >= SHORTEST:
        fixed = fixed_points(values, count)[0]
        if flagged[0][fixed].mean() > UNSTABLE:
            said.append(
                "More than a fifth of the baseline points signal, so they show no steady process."
            )
        said.append(_about_likeness(np.where(fixed, values[0], np.nan)[None, :]))
    if limits.sigma_z is not None and limits.sigma_z[0] < UNDER_SPREAD:
        said.append(
            f"The points vary less than chance alone would make them (sigma_z "
            f"{limits.sigma_z[0]:.2f}); look at how they are counted. The limits were not narrowed."
        )
    return tuple(sentence for sentence in said if sentence)


def _about_length(count: int) -> str:
    if count < SHORTEST:
        have = {0: "There are no values", 1: "There is one value"}.get(count, f"{count} values")
        return f"{have}; {SHORTEST} are needed for limits, {SHORTEST - count} more."
    if count < PROVISIONAL_BELOW:
        return f"Provisional: the limits rest on {count} points; {PROVISIONAL_BELOW} are needed."
    return ""


def _about_likeness(baseline: Floats) -> str:
    likeness = autocorrelation(baseline)[0]
    if likeness >= LIKE_ITS_NEIGHBOUR and ljung_box(baseline)[0] < BEYOND_DOUBT:
        return (
            f"Neighbouring points are alike (correlation {likeness:.1f}), so more points are "
            "flagged than chance explains."
        )
    return ""


def _about_gaps(measured: Flags) -> str:
    missing = int((~measured).sum())
    if missing > MUCH_MISSING * len(measured) and measured.any():
        return f"{missing} of {len(measured)} periods have no value."
    return ""
