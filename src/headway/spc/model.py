"""What a process behaviour chart is, whichever kind of limits it carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from headway.series import Days, Floats

ChartKind = Literal["i", "i-log", "i'", "p", "p'", "u", "u'", "c", "g", "t", "run"]
PointState = Literal["plain", "better", "worse", "odd", "missing"]


@dataclass(frozen=True)
class Runs:
    """Runs about the centre line of one part of a chart.

    Attributes
    ----------
    useful
        Points that are not on the centre line.
    longest
        Points of the longest run on one side, 0 without useful points.
    longest_expected
        Longest run that chance explains: round(log2 useful) + 3.
    crossings
        How often the series crosses its centre line.
    crossings_expected
        Fewest crossings that chance explains: 5 % quantile of a binomial.
    signal
        Whether the runs are more than chance explains, by ``method``.
    method
        ``anhoej``, ``bestbox`` or ``cutbox``.
    """

    useful: int = 0
    longest: int = 0
    longest_expected: int = 0
    crossings: int = 0
    crossings_expected: int = 0
    signal: bool = False
    method: str = "anhoej"


@dataclass(frozen=True)
class Part:
    """The points between two changes or rebase dates, which have limits of their own.

    Attributes
    ----------
    start, stop
        Indices of its first point and of the first point after it.
    baseline
        Number of points on which its limits are fixed.
    runs
        Its runs about the centre line.
    short
        Whether the rule set warns that it has too few points for limits.
    """

    start: int
    stop: int
    baseline: int
    runs: Runs
    short: bool = False


@dataclass(frozen=True)
class Chart:
    """A series with its limits and its signals.

    Attributes
    ----------
    kind
        Limits used; ``p'`` and ``u'`` are Laney's, ``i-log`` an individuals chart of logarithms,
        ``i'`` one of values weighted by their denominators.
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
        Name and version of the rule set, such as ``headway-1``.
    span
        day, week or month.
    sigma_z
        Laney's ratio of observed to binomial (or Poisson) variation, None where not used.
    target
        Target in the unit, None without one.
    target_label
        What the line at ``target`` is called on the chart; a value of peers is no target.
    change_at
        Index of the first point after a reported shift or the latest rebase, None without one;
        the limits are then computed for each side and the earlier ones stay visible.
    warnings
        Sentences about the limits: too few points, sigma_z below 1, and the like.
    signals
        What the rules say of the judged segment as a whole rather than of a point.
    parts
        Between change and rebase dates, in order; the last one is judged.
    inner_lower, inner_upper
        Limits at two thirds of the distance from the centre, shape (points,), None where the
        rule set has none.
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
    target_label: str = "Target"
    change_at: int | None = None
    warnings: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    inner_lower: Floats | None = None
    inner_upper: Floats | None = None
