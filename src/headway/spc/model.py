"""What a process behaviour chart is, whichever kind of limits it carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from headway.series import Days, Floats

ChartKind = Literal["i", "i-log", "p", "p'", "u", "u'", "c", "g", "t", "run"]
PointState = Literal["plain", "better", "worse", "odd", "missing"]


@dataclass(frozen=True)
class Chart:
    """A series with its limits and its signals.

    Attributes
    ----------
    kind
        Limits used; ``p'`` and ``u'`` are Laney's, ``i-log`` an individuals chart of logarithms.
    dates
        First day of each period, ``datetime64[D]``, shape (points,).
    values
        The measure in its unit, NaN where missing, same shape.
    centre, lower, upper
        Centre line and limits at each point, same shape, NaN where there are none.
    states
        One state per point: ``better``, ``worse`` and ``odd`` are flagged by the named rules.
    reasons
        One text per point: why it is flagged ("outside the limits", "one of 9 on one side of the
        average"), empty where it is not.
    better
        ``lower``, ``higher`` or ``neither``.
    unit
        Unit of the values.
    baseline
        Number of points on which the limits are fixed.
    provisional
        True for limits from fewer than 20 points; below 8 there are none.
    rules
        Name of the rule set, such as ``headway-1``.
    span
        day, week or month.
    sigma_z
        Laney's ratio of observed to binomial (or Poisson) variation, None where not used.
    target
        Target in the unit, None without one.
    change_at
        Index of the first point after a reported shift, None without one; the limits are then
        computed for each side and the earlier ones stay visible.
    warnings
        Sentences about the limits: too few points, sigma_z below 1, and the like.
    signals
        What the rules say of the judged segment as a whole rather than of a point.
    """

    kind: ChartKind
    dates: Days
    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    states: tuple[PointState, ...]
    reasons: tuple[str, ...]
    better: str
    unit: str
    baseline: int
    provisional: bool
    rules: str
    span: str = "week"
    sigma_z: float | None = None
    target: float | None = None
    change_at: int | None = None
    warnings: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
