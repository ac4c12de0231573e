"""Rule set ``making-data-count-1``: individuals charts as NHS England's programme draws them.

Follows the package NHSRplotthedots 0.2.2 point by point, and uses its words for reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from headway.errors import OptionError
from headway.series import Flags, Floats
from headway.spc.checks import Measured, Options
from headway.spc.limits import MOVING_RANGE_FACTOR
from headway.spc.model import Part
from headway.spc.runs import runs_analysis
from headway.spc.segment import Directions, Drawing, Segment, mean, mean_range

FIXED_ON = 12  # fewest points on which limits may be fixed
SHORT = 13  # below: a warning
RUN = 7


@dataclass(frozen=True)
class _Lines:
    centre: float
    width: float
    lower: float
    upper: float


def draw(data: Measured, options: Options, parts: tuple[slice, ...]) -> Drawing:
    """Each part with its own limits; they rest on all its points unless ``baseline`` is given."""
    if options.kind not in ("auto", "i"):
        raise OptionError(
            f"Option kind is {options.kind!r}; the rules {options.rules} know individuals charts, "
            "kind 'i', only."
        )
    if options.baseline is not None and options.baseline < FIXED_ON:
        raise OptionError(
            f"Option baseline is {options.baseline}; the rules {options.rules} need {FIXED_ON} "
            "points or more to fix limits."
        )
    return Drawing("i", tuple(_segment(data, options, part) for part in parts))


def _segment(data: Measured, options: Options, part: slice) -> Segment:
    values = data.values[part]
    lines = _lines(values[: options.baseline], screened=options.ranges != "all")
    side = np.nan_to_num(np.sign(values - lines.centre)).astype(np.int8)
    outside = (values > lines.upper) | (values < lines.lower)
    inner = lines.centre - lines.width / 3 * 2, lines.centre + lines.width / 3 * 2
    close = ~outside & ((values < inner[0]) | (values > inner[1]))
    direction, reasons = _signals(values, side, outside, close)
    short = len(values) < SHORT
    flat = np.ones(len(values))
    count = int(np.isfinite(values[: options.baseline]).sum())
    runs = runs_analysis(values, lines.centre * flat)
    return Segment(
        part=Part(part.start, part.stop, count, runs, short),
        centre=lines.centre * flat,
        lower=lines.lower * flat,
        upper=lines.upper * flat,
        inner=(inner[0] * flat, inner[1] * flat),
        direction=direction,
        reasons=reasons,
        warnings=(_SHORT.format(len(values)),) if short else (),
    )


def _lines(values: Floats, *, screened: bool) -> _Lines:
    centre = mean(values)
    width = MOVING_RANGE_FACTOR * mean_range(values, screened=screened)
    return _Lines(centre, width, centre - width, centre + width)


def _signals(
    values: Floats, side: Directions, outside: Flags, close: Flags
) -> tuple[Directions, tuple[str, ...]]:
    """Direction and name of the first rule that holds at each point."""
    run = side * _part_of(_all_alike(side, RUN) & (side != 0), RUN)
    trend, rising = _trend(values)
    direction = np.zeros(len(values), dtype=np.int8)
    reasons = [""] * len(values)
    for at, points, names in (
        (side, run != 0, ("7 Points Above CL", "7 Points Below CL")),
        (side, _two_in_three(side, close), ("2 in 3 Above CL", "2 in 3 Below CL")),
        (rising, trend, ("7 Point Trend (Increasing)", "7 Point Trend (Decreasing)")),
        (side, outside, ("Above UCL", "Below LCL")),
    ):
        for point in np.flatnonzero(points):
            high = at[point] > 0
            direction[point] = 1 if high else -1
            reasons[point] = names[0] if high else names[1]
    return direction, tuple(reasons)


def _trend(values: Floats) -> tuple[Flags, Directions]:
    """Points of seven that rise or fall without a tie, and the direction of each.

    A point between two such stretches goes with the later one. A step that is a tie counts as
    falling there, as in the reference.
    """
    step = np.zeros(len(values), dtype=np.int8)
    step[1:] = np.nan_to_num(np.sign(np.diff(values))).astype(np.int8)
    part = _part_of(_all_alike(step, RUN - 1) & (step != 0), RUN)
    goes_on = part & np.append(part[1:], False)
    return part, np.where(goes_on, np.append(step[1:], step[-1:]), step)


def _two_in_three(side: Directions, close: Flags) -> Flags:
    """Close points of three on one side of the mean of which two or three are close."""
    alike = _all_alike(side, 3) & (side != 0)
    two = np.zeros(len(side), dtype=np.bool_)
    if len(side) >= 3:
        two[2:] = sliding_window_view(close, 3).sum(axis=1) >= 2
    return close & _part_of(alike & two, 3)


def _all_alike(marks: Directions, count: int) -> Flags:
    """Whether each point and those before it, ``count`` in all, have the same mark."""
    found = np.zeros(len(marks), dtype=np.bool_)
    if len(marks) >= count:
        window = sliding_window_view(marks, count)
        found[count - 1 :] = (window == window[:, :1]).all(axis=1)
    return found


def _part_of(complete: Flags, count: int) -> Flags:
    """Points of a pattern of ``count`` points that is complete at each flag."""
    found = complete.copy()
    for back in range(1, count):
        found[:-back] |= complete[back:]
    return found


_SHORT = f"There are {{}} points; the rules want {SHORT} or more for limits."
