"""One series becomes one chart: kind, limits on each side of a change, signals, warnings."""

from __future__ import annotations

from typing import Any

import numpy as np

from headway.series import Floats
from headway.spc import anhoej, headway_one, making_data_count
from headway.spc.baseline import PROVISIONAL_BELOW
from headway.spc.checks import OTHER_NAMES, Measured, Options, checked, days_of
from headway.spc.model import Chart, PointState
from headway.spc.rules import ANHOEJ, HEADWAY, MAKING_DATA_COUNT, versioned
from headway.spc.segment import Segment
from headway.spc.selection import sides

DRAWINGS = {
    HEADWAY: headway_one.draw,
    MAKING_DATA_COUNT: making_data_count.draw,
    ANHOEJ: anhoej.draw,
}


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
    rebase: Any = (),  # noqa: ANN401 - anything NumPy reads as days
    baseline: int | None = None,
    rules: str = HEADWAY,
    ranges: str | None = None,
    runs: str = "anhoej",
    centre: float | None = None,
    exclude: Any = (),  # noqa: ANN401
    durations: bool = False,
) -> Chart:
    """A process behaviour chart of one series.

    ``values`` are in ``unit``, NaN or None where missing (shares 0 to 100 with ``%``, else 0 to
    1); None lets ``numerator`` over ``n`` say them. ``dates`` are first days of periods,
    increasing. ``kind`` is a ``ChartKind`` (``laney`` and ``xmr`` are known too) or ``auto``, which
    goes by the type of measure and takes logarithms of ``durations``. ``change_at`` is the index
    of the first point after a reported shift; from each date in ``rebase`` on there are new
    limits too. Limits are fixed on the first ``baseline`` measured points, 24 unless given.

    ``rules`` are ``headway-1``, ``making-data-count`` or ``anhoej``; the latter two draw whole
    parts, and agree with the packages of these conventions. ``ranges`` is ``all`` or ``screened``
    moving ranges (screened under ``making-data-count`` unless told otherwise). For ``anhoej``
    alone: ``runs`` are judged by ``anhoej``, ``bestbox`` or ``cutbox``, ``centre`` is a centre
    line known beforehand, and the dates in ``exclude`` are left out of limits and runs.

    ``InputError`` names arrays that cannot be charted, ``OptionError`` an option.

    >>> import numpy as np
    >>> days = np.datetime64("2026-01-05") + 7 * np.arange(27)
    >>> found = chart([5.0, 7.0] * 13 + [15.0], days, better="lower", unit="h")
    >>> found.kind, found.states[26], found.reasons[26]
    ('i', 'worse', 'outside the limits')
    """
    options = Options(
        *(
            OTHER_NAMES.get(kind.lower(), kind),
            better,
            unit,
            span,
            target,
            change_at,
            baseline,
            versioned(rules),
            durations,
        ),
        rebase=days_of(rebase, "rebase"),
        exclude=days_of(exclude, "exclude"),
        ranges=ranges,
        runs=runs,
        centre=centre,
    )
    return _drawn(checked(values, dates, n=n, numerator=numerator, options=options), options)


def _drawn(data: Measured, options: Options) -> Chart:
    parts = sides(data, options.change_at, options.rebase)
    drawing = DRAWINGS[options.rules](data, options, parts)
    segments = drawing.segments
    newest = segments[-1]
    inner = [
        np.concatenate(lines) for lines in zip(*(s.inner or () for s in segments), strict=True)
    ]
    return Chart(
        kind=drawing.kind,
        dates=data.dates,
        values=data.values,
        centre=np.concatenate([segment.centre for segment in segments]),
        lower=np.concatenate([segment.lower for segment in segments]),
        upper=np.concatenate([segment.upper for segment in segments]),
        states=_states(data.values, segments, options.better),
        reasons=tuple(reason for segment in segments for reason in segment.reasons),
        better=options.better,
        unit=options.unit,
        baseline=newest.part.baseline,
        provisional=newest.part.baseline < PROVISIONAL_BELOW,
        rules=options.rules,
        span=options.span,
        sigma_z=newest.sigma_z,
        target=options.target,
        change_at=newest.part.start or None,
        warnings=newest.warnings,
        signals=newest.signals,
        parts=tuple(segment.part for segment in segments),
        inner_lower=inner[0] if inner else None,
        inner_upper=inner[1] if inner else None,
    )


def _states(values: Floats, segments: tuple[Segment, ...], better: str) -> tuple[PointState, ...]:
    direction = np.concatenate([segment.direction for segment in segments])
    names: dict[int, PointState] = {-1: "odd", 0: "plain", 1: "odd"}
    if better != "neither":
        good = 1 if better == "higher" else -1
        names |= {good: "better", -good: "worse"}
    return tuple(
        "missing" if np.isnan(value) else names[int(at)]
        for value, at in zip(values, direction, strict=True)
    )
