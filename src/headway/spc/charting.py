"""One series becomes one chart: kind, limits on each side of a change, signals, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headway.series import Floats
from headway.spc.baseline import FROZEN, PROVISIONAL_BELOW
from headway.spc.cautions import cautions
from headway.spc.checks import checked, checked_change, checked_options
from headway.spc.limits import Limits
from headway.spc.model import Chart, PointState
from headway.spc.rules import RULE_SETS, Signals
from headway.spc.selection import choose, sides
from headway.spc.side import side_limits


def chart(
    values: Any,  # noqa: ANN401 - anything NumPy reads as numbers
    dates: Any,  # noqa: ANN401 - anything NumPy reads as days
    *,
    kind: str = "auto",
    n: Any = None,  # noqa: ANN401
    numerator: Any = None,  # noqa: ANN401
    better: str = "neither",
    unit: str = "",
    span: str = "week",
    target: float | None = None,
    change_at: int | None = None,
    baseline: int | None = None,
    rules: str = "headway-1",
    durations: bool = False,
) -> Chart:
    """A process behaviour chart of one series.

    Parameters
    ----------
    values
        The measure in its unit, NaN or None where missing; shares are 0 to 100 with unit ``%``,
        else 0 to 1. None where ``numerator`` and ``n`` say everything.
    dates
        First day of each period, increasing.
    kind
        ``i``, ``i-log``, ``p``, ``p'``, ``u``, ``u'``, ``c``, ``g``, ``t``, ``run``; ``auto``
        decides by the type of measure.
    n, numerator
        Denominator of each share or rate, and the events counted.
    better
        ``lower``, ``higher`` or ``neither``; says whether a signal is good or bad.
    change_at
        Index of the first point after a reported shift; limits are then set for each side.
    baseline
        Points on which limits are fixed, 8 or more; the first 24 measured ones by default.
    durations
        The values are lengths of time: ``auto`` takes logarithms and no limit is below 0.

    Raises
    ------
    InputError
        When the arrays do not fit together or hold impossible values.
    OptionError
        When an option has a value that cannot be used.

    Examples
    --------
    >>> import numpy as np
    >>> days = np.arange("2026-01-05", "2026-07-06", 7, dtype="datetime64[D]")
    >>> hours = np.tile([5.0, 7.0], 13)
    >>> hours[25] = 15.0
    >>> found = chart(hours, days, better="lower", unit="h")
    >>> found.kind, found.states[25], found.reasons[25]
    ('i', 'worse', 'outside the limits')
    """
    checked_options(
        kind=kind, better=better, span=span, target=target, baseline=baseline, rules=rules
    )
    data = checked(values, dates, n=n, numerator=numerator, unit=unit, durations=durations)
    checked_change(change_at, len(data.values))
    parts = sides(len(data.values), change_at)
    choice = choose(data, kind, parts[-1], baseline or FROZEN)
    frozen = len(data.values) if kind == "run" and baseline is None else baseline or FROZEN
    judged = [_Side(side_limits(data, choice, part, frozen), data.values[part]) for part in parts]
    found = [RULE_SETS[rules](side.values[None, :], side.limits) for side in judged]
    newest = judged[-1].limits
    count = int(newest.baseline[0])
    return Chart(
        kind=choice.kind,
        dates=data.dates,
        values=data.values,
        centre=np.concatenate([side.limits.centre[0] for side in judged]),
        lower=np.concatenate([side.limits.lower[0] for side in judged]),
        upper=np.concatenate([side.limits.upper[0] for side in judged]),
        states=_states(data.values, found, better),
        reasons=tuple(reason for signals in found for reason in _reasons(signals)),
        better=better,
        unit=unit,
        baseline=count,
        provisional=count < PROVISIONAL_BELOW,
        rules=rules,
        span=span,
        sigma_z=_ratio(newest),
        target=target,
        change_at=change_at,
        warnings=choice.warnings + cautions(judged[-1].values[None, :], newest, found[-1].flagged),
        signals=_whole(found[-1]),
    )


@dataclass(frozen=True)
class _Side:
    limits: Limits
    values: Floats


def _ratio(limits: Limits) -> float | None:
    if limits.sigma_z is None or np.isnan(limits.sigma_z[0]):
        return None
    return float(limits.sigma_z[0])


def _states(values: Floats, found: list[Signals], better: str) -> tuple[PointState, ...]:
    side = np.concatenate([signals.side[0] for signals in found])
    flagged = np.concatenate([signals.flagged[0] for signals in found])
    names: dict[int, PointState] = {-1: "odd", 1: "odd"}
    if better != "neither":
        good = 1 if better == "higher" else -1
        names = {good: "better", -good: "worse"}
    return tuple(
        "missing" if np.isnan(value) else names[int(at)] if signal else "plain"
        for value, at, signal in zip(values, side, flagged, strict=True)
    )


def _reasons(signals: Signals) -> list[str]:
    said = []
    for outside, run in zip(signals.outside[0], signals.run[0], strict=True):
        why = ["outside the limits"] if outside else []
        if run:
            why.append(f"one of {run} on one side of the average")
        said.append(" and ".join(why))
    return said


def _whole(signals: Signals) -> tuple[str, ...]:
    said = []
    if signals.long_run[0]:
        said.append("the longest run on one side of the average is longer than chance explains")
    if signals.few_crossings[0]:
        said.append("the points cross the average less often than chance explains")
    return tuple(said)
