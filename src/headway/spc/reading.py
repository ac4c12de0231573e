"""What a chart says in words: how it varies, whether it keeps its target, its newest signal."""

from __future__ import annotations

from typing import Literal

import numpy as np

from headway.spc.baseline import SHORTEST
from headway.spc.model import Chart

Variation = Literal["getting worse", "getting better", "unusual", "ordinary", "too few points"]
Assurance = Literal["Kept", "Hit and miss", "Missed", "No target", "Cannot tell"]

SAID: dict[str, Variation] = {
    "worse": "getting worse",
    "better": "getting better",
    "odd": "unusual",
    "plain": "ordinary",
}

OF_MAKING_DATA_COUNT = {
    "7 Point Trend (Increasing)": "The last 7 {} rise without a break",
    "7 Point Trend (Decreasing)": "The last 7 {} fall without a break",
    "2 in 3 Above CL": "At least two of the last three {} lie near the upper limit",
    "2 in 3 Below CL": "At least two of the last three {} lie near the lower limit",
}


def variation(chart: Chart) -> Variation:
    """Whether the newest measured point carries a signal, on the latest segment.

    A lone point outside the limits counts while it is the newest; a run counts while it lasts.

    >>> import numpy as np
    >>> from headway.spc import chart
    >>> days = np.arange("2026-01-05", "2026-07-06", 7, dtype="datetime64[D]")
    >>> variation(chart([5.0, 7.0] * 13, days, unit="h"))
    'ordinary'
    """
    newest = _newest(chart)
    return "too few points" if newest is None else SAID[chart.states[newest]]


def assurance(chart: Chart) -> Assurance:
    """Whether the latest segment keeps its target: where the newest limits lie about it.

    ``Kept`` when both limits lie on the good side of the target or on it, ``Missed`` when both
    lie on the other side, else ``Hit and miss``. Without a target, or without a better direction
    to judge it by, ``No target``; a target without limits to lay about it is ``Cannot tell``.
    """
    if chart.target is None or chart.better == "neither":
        return "No target"
    known = np.flatnonzero(np.isfinite(chart.upper))
    if len(known) == 0 or known[-1] < _start(chart):
        return "Cannot tell"
    low, high = float(chart.lower[known[-1]]), float(chart.upper[known[-1]])
    worst, best = (high, low) if chart.better == "lower" else (-low, -high)
    target = chart.target if chart.better == "lower" else -chart.target
    if worst <= target:
        return "Kept"
    return "Missed" if best > target else "Hit and miss"


def signal_sentence(chart: Chart) -> str:
    """One sentence about the newest point of the latest segment, without a full stop.

    >>> import numpy as np
    >>> from headway.spc import chart
    >>> days = np.datetime64("2026-01-05") + 7 * np.arange(33)
    >>> signal_sentence(chart([6.0, 4.0] * 12 + [5.5] * 9, days, unit="h"))
    'The last 9 weeks sit above the earlier level'
    """
    newest = _newest(chart)
    if newest is None:
        have = int(np.isfinite(chart.values[_start(chart) :]).sum())
        return f"Too few points: {have} of the {SHORTEST} that limits need"
    reason = chart.reasons[newest]
    if np.isnan(chart.centre[newest]):
        return "Every value is the same"
    if not reason:
        return "Consistent with ordinary variation"
    above = chart.values[newest] > chart.centre[newest]
    if "one of" in reason or reason.startswith("7 Points"):
        return _about_run(chart, newest, above)
    if reason in OF_MAKING_DATA_COUNT:
        return OF_MAKING_DATA_COUNT[reason].format(f"{chart.span}s")
    return (
        f"The newest {chart.span}, from {chart.dates[newest]}, lies "
        f"{'above' if above else 'below'} the limits"
    )


def _about_run(chart: Chart, newest: int, above: bool) -> str:
    start = _start(chart)
    side = np.sign(chart.values[start : newest + 1] - chart.centre[start : newest + 1])
    here = 1 if above else -1
    turned = np.flatnonzero(side == -here)
    run = side[turned[-1] + 1 :] if len(turned) else side
    run = run[np.flatnonzero(run == here)[0] :]
    count = int((run == here).sum())
    which = f"The last {count}" if count == len(run) else f"{count} of the last {len(run)}"
    where = "above" if above else "below"
    return f"{which} {chart.span}s sit {where} the earlier level"


def _start(chart: Chart) -> int:
    return chart.change_at or 0


def _newest(chart: Chart) -> int | None:
    """Index of the newest measured point of the latest segment, None when that is too short."""
    start = _start(chart)
    known = start + np.flatnonzero(np.isfinite(chart.values[start:]))
    return int(known[-1]) if len(known) >= SHORTEST else None
