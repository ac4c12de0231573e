"""One part of a chart as a rule set draws it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.series import Floats
from headway.spc.model import ChartKind, Part

Directions = npt.NDArray[np.int8]
SCREEN = 3.267  # moving ranges from here on, in their mean, are left out once (D4 for n = 2)


@dataclass(frozen=True)
class Segment:
    """Lines and flags of one part, arrays of shape (points,).

    ``direction`` is 1 where a signal points upwards, -1 downwards, 0 without one.
    """

    part: Part
    centre: Floats
    lower: Floats
    upper: Floats
    direction: Directions
    reasons: tuple[str, ...]
    inner: tuple[Floats, Floats] | None = None
    sigma_z: float | None = None
    signals: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A kind of chart and its parts, in order."""

    kind: ChartKind
    segments: tuple[Segment, ...]


def mean(values: Floats) -> float:
    """Mean of the measured values, rounded once, NaN without any.

    The last bit decides whether a value lies on the mean, so the order of adding must not.
    """
    known = values[np.isfinite(values)]
    return math.fsum(known) / len(known) if len(known) else math.nan


def mean_range(values: Floats, *, screened: bool) -> float:
    """Mean moving range of neighbouring measured values, NaN without any."""
    ranges = np.abs(np.diff(values))
    found = mean(ranges)
    return mean(ranges[ranges < SCREEN * found]) if screened else found
