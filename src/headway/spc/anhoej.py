"""Rule set ``anhoej-1``: run charts and control charts as Anhoej's package draws them.

Follows the package qicharts2 0.8.1 point by point: limits at three standard deviations rest on the
whole part unless ``baseline`` fixes them, Laney's sigma_z may narrow them, and runs are judged by
part. Points are flagged outside the limits; a signal of the runs is one of the part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from headway.errors import InputError, OptionError
from headway.series import Flags, Floats
from headway.spc.checks import Measured, Options
from headway.spc.limits import D2, TIME_POWER, row_median
from headway.spc.model import ChartKind, Part, Runs
from headway.spc.runs import runs_analysis
from headway.spc.segment import Drawing, Segment, mean, mean_range
from headway.spc.selection import asked_for

MEDIAN_OF_MEAN = 0.693  # ln 2: median of an exponential time over its mean
ROOT_HALF_PI = np.sqrt(np.pi / 2)  # absolute difference of two normal values to their deviation
SHARES, RATES = ("p", "p'"), ("u", "u'")


@dataclass(frozen=True)
class _Lines:
    """Centre line and standard deviation, scalars or shape (points,)."""

    centre: Floats
    sigma: Floats
    low: float = -np.inf
    high: float = np.inf
    sigma_z: float | None = None

    def at(self, sigmas: float) -> Floats:
        return np.clip(self.centre + sigmas * self.sigma, self.low, self.high)


@dataclass(frozen=True)
class _Points:
    """One part: values on the scale of the limits; ``base`` are those that fix them."""

    values: Floats
    n: Floats
    base: Flags
    centre: float | None
    screened: bool

    @property
    def fixed(self) -> Floats:
        return self.values[self.base]

    def middle(self) -> float:
        return mean(self.fixed) if self.centre is None else self.centre


def draw(data: Measured, options: Options, parts: tuple[slice, ...]) -> Drawing:
    """Each part with its own limits; ``auto`` is a run chart."""
    if options.kind == "i-log":
        raise OptionError(f"Option kind is 'i-log'; the rules {options.rules} have no such chart.")
    if options.baseline is not None and len(parts) > 1:
        raise OptionError(
            f"Option baseline is {options.baseline} beside a change or a rebase; the rules "
            f"{options.rules} take one or the other."
        )
    kind = asked_for(data, "run" if options.kind == "auto" else options.kind)
    if kind == "t" and (data.values <= 0).any():
        raise InputError(f"A t chart of the rules {options.rules} needs times above 0.")
    if options.centre is not None:
        _possible(options.centre, kind, data.scale)
    return Drawing(kind, tuple(_segment(data, options, kind, part) for part in parts))


def _possible(centre: float, kind: ChartKind, scale: float) -> None:
    if kind == "t":
        raise OptionError("Option centre has no meaning in a t chart; leave it out.")
    low = 0.0 if kind in (*SHARES, *RATES, "c", "g") else -np.inf
    high = scale if kind in SHARES else np.inf
    if not low <= centre <= high:
        raise OptionError(
            f"Option centre is {centre:g}; in a {kind} chart it lies from {low:g} to {high:g}."
        )


def _segment(data: Measured, options: Options, kind: ChartKind, part: slice) -> Segment:
    values = data.values[part]
    kept = ~np.isin(data.dates[part], np.array(options.exclude, dtype="datetime64[D]"))
    base = kept & (np.arange(len(values)) < (options.baseline or len(values)))
    n = np.ones_like(values) if data.n is None else data.n[part]
    scale = data.scale if kind in SHARES + RATES else 1.0
    centre = None if options.centre is None else options.centre / scale
    points = _Points(values / scale, n, base, centre, options.ranges == "screened")
    lines, centre_line = _lines(points, kind)
    lower, low, high, upper = (scale * _back(lines.at(k), kind) for k in (-3, -2, 2, 3))
    above, below = values > upper, values < lower
    shown = scale * centre_line
    runs = runs_analysis(values[kept], shown[kept], method=options.runs)
    return Segment(
        part=Part(part.start, part.stop, int(np.isfinite(values[base]).sum()), runs),
        centre=shown,
        lower=np.nan_to_num(lower) if kind == "t" else lower,
        upper=upper,
        inner=(low, high),
        direction=above.astype(np.int8) - below.astype(np.int8),
        reasons=tuple("outside the limits" if out else "" for out in above | below),
        sigma_z=lines.sigma_z,
        signals=_said(runs),
    )


def _lines(points: _Points, kind: ChartKind) -> tuple[_Lines, Floats]:
    """Lines in the unit of the limits, and the centre line that is shown."""
    if kind in SHARES + RATES:
        lines = _attribute(points, kind)
    elif kind == "t":
        lines = _individuals(replace(points, values=points.values ** (1 / TIME_POWER)))
    elif kind in ("c", "g"):
        middle = points.middle()
        spread = np.sqrt(middle * (middle + 1) if kind == "g" else middle)
        lines = _Lines(np.full(len(points.values), middle), spread, low=0)
    elif kind == "run":
        middle = _median(points.fixed) if points.centre is None else points.centre
        lines = _Lines(np.full(len(points.values), middle), np.array(np.nan))
    else:
        lines = _weighted(points) if kind == "i'" else _individuals(points)
    shown = _back(lines.centre, kind)
    if kind == "g":
        middle = _median(points.fixed) if points.centre is None else MEDIAN_OF_MEAN * points.centre
        shown = np.full(len(points.values), middle)
    return lines, shown


def _individuals(points: _Points) -> _Lines:
    middle = points.middle()
    spread = mean_range(points.fixed, screened=points.screened) / D2
    return _Lines(np.full(len(points.values), middle), np.array(spread))


def _weighted(points: _Points) -> _Lines:
    """Individuals weighted by their denominators; ranges of all points, fixed or not."""
    n = points.n
    steps = np.abs(np.diff(points.values)) / np.sqrt(1 / n[1:] + 1 / n[:-1])
    spread = ROOT_HALF_PI * mean(steps)
    return _Lines(np.full(len(n), _pooled(points)), spread / np.sqrt(n))


def _attribute(points: _Points, kind: ChartKind) -> _Lines:
    centre = _pooled(points)
    share = kind in SHARES
    sigma = np.sqrt(centre * (1 - centre if share else 1) / points.n)
    ratio = None
    if kind in ("p'", "u'"):
        score = np.full(len(sigma), np.nan)
        np.divide(points.values - centre, sigma, out=score, where=sigma > 0)
        ratio = mean_range(score[points.base], screened=points.screened) / D2
        sigma = sigma * ratio
    full = np.full(len(sigma), centre)
    return _Lines(full, sigma, low=0, high=1 if share else np.inf, sigma_z=ratio)


def _pooled(points: _Points) -> float:
    if points.centre is not None:
        return points.centre
    known = points.base & np.isfinite(points.values)
    weight = mean(points.n[known])
    return mean(points.values[known] * points.n[known]) / weight if weight else np.nan


def _median(values: Floats) -> float:
    return float(row_median(values[None, :])[0])


def _back(lines: Floats, kind: ChartKind) -> Floats:
    """A t chart's lines in the unit of the times; below zero there is no such line."""
    if kind != "t":
        return lines
    return np.where(lines < 0, np.nan, np.abs(lines)) ** TIME_POWER


def _said(runs: Runs) -> tuple[str, ...]:
    if runs.method != "anhoej":
        return (f"the runs lie outside the {runs.method} of chance",) if runs.signal else ()
    said = []
    if runs.longest > runs.longest_expected:
        said.append("the longest run on one side of the average is longer than chance explains")
    if runs.crossings < runs.crossings_expected:
        said.append("the points cross the average less often than chance explains")
    return tuple(said)
