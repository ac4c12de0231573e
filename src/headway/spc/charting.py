"""One series becomes one chart: kind, limits on each side of a change, signals, warnings."""

from __future__ import annotations

from typing import Any

import numpy as np

from headway.series import Floats
from headway.spc.baseline import FROZEN, PROVISIONAL_BELOW
from headway.spc.cautions import cautions
from headway.spc.checks import Measured, Options, checked
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

    ``values`` are in ``unit``, NaN or None where missing (shares 0 to 100 with ``%``, else 0 to
    1); None lets ``numerator`` over ``n`` say them. ``dates`` are first days of periods,
    increasing. ``kind`` is a ``ChartKind`` or ``auto``, which goes by the type of measure and
    takes logarithms of ``durations``. ``change_at`` is the index of the first point after a
    reported shift. Limits are fixed on the first ``baseline`` measured points, 24 unless given.
    ``InputError`` names arrays that cannot be charted, ``OptionError`` an option.

    >>> import numpy as np
    >>> days = np.datetime64("2026-01-05") + 7 * np.arange(27)
    >>> found = chart([5.0, 7.0] * 13 + [15.0], days, better="lower", unit="h")
    >>> found.kind, found.states[26], found.reasons[26]
    ('i', 'worse', 'outside the limits')
    """
    options = Options(kind, better, unit, span, target, change_at, baseline, rules, durations)
    return _drawn(checked(values, dates, n=n, numerator=numerator, options=options), options)


def _drawn(data: Measured, options: Options) -> Chart:
    parts = sides(len(data.values), options.change_at)
    choice = choose(data, options.kind, parts[-1], options.baseline or FROZEN)
    frozen = options.baseline or (len(data.values) if options.kind == "run" else FROZEN)
    limits = [side_limits(data, choice, part, frozen) for part in parts]
    judge = RULE_SETS[options.rules]
    signals = [judge(data.values[None, at], its) for at, its in zip(parts, limits, strict=True)]
    newest = data.values[None, parts[-1]]
    count = int(limits[-1].baseline[0])
    return Chart(
        kind=choice.kind,
        dates=data.dates,
        values=data.values,
        centre=np.concatenate([its.centre[0] for its in limits]),
        lower=np.concatenate([its.lower[0] for its in limits]),
        upper=np.concatenate([its.upper[0] for its in limits]),
        states=_states(data.values, signals, options.better),
        reasons=tuple(reason for its in signals for reason in _reasons(its)),
        better=options.better,
        unit=options.unit,
        baseline=count,
        provisional=count < PROVISIONAL_BELOW,
        rules=options.rules,
        span=options.span,
        sigma_z=_ratio(limits[-1]),
        target=options.target,
        change_at=options.change_at,
        warnings=choice.warnings + cautions(newest, limits[-1], signals[-1].flagged),
        signals=_whole(signals[-1]),
    )


def _ratio(limits: Limits) -> float | None:
    if limits.sigma_z is None or np.isnan(limits.sigma_z[0]):
        return None
    return float(limits.sigma_z[0])


def _states(values: Floats, signals: list[Signals], better: str) -> tuple[PointState, ...]:
    side = np.concatenate([its.side[0] for its in signals])
    flagged = np.concatenate([its.flagged[0] for its in signals])
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
