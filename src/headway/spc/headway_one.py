"""Rule set ``headway-1`` on one series: the chart that fits, frozen limits, signals, cautions."""

from __future__ import annotations

import numpy as np

from headway.spc.baseline import FROZEN
from headway.spc.cautions import cautions
from headway.spc.checks import Measured, Options
from headway.spc.limits import Limits
from headway.spc.model import Part
from headway.spc.rules import Signals, headway_1
from headway.spc.runs import runs_analysis
from headway.spc.segment import Drawing, Segment
from headway.spc.selection import Choice, choose
from headway.spc.side import side_limits


def draw(data: Measured, options: Options, parts: tuple[slice, ...]) -> Drawing:
    """Each part with limits fixed on its own first points; the kind is that of the last part."""
    choice = choose(data, options.kind, parts[-1], options.baseline or FROZEN)
    frozen = options.baseline or (len(data.values) if options.kind == "run" else FROZEN)
    return Drawing(choice.kind, tuple(_segment(data, choice, part, frozen) for part in parts))


def _segment(data: Measured, choice: Choice, part: slice, frozen: int) -> Segment:
    row = data.values[None, part]
    limits = side_limits(data, choice, part, frozen)
    found = headway_1(row, limits)
    return Segment(
        part=Part(
            part.start,
            part.stop,
            int(limits.baseline[0]),
            runs_analysis(row[0], limits.centre[0]),
        ),
        centre=limits.centre[0],
        lower=limits.lower[0],
        upper=limits.upper[0],
        direction=np.where(found.flagged[0], found.side[0], 0).astype(np.int8),
        reasons=_reasons(found),
        sigma_z=_ratio(limits),
        signals=_whole(found),
        warnings=choice.warnings + cautions(row, limits, found.flagged),
    )


def _ratio(limits: Limits) -> float | None:
    if limits.sigma_z is None or np.isnan(limits.sigma_z[0]):
        return None
    return float(limits.sigma_z[0])


def _reasons(signals: Signals) -> tuple[str, ...]:
    said = []
    for outside, run in zip(signals.outside[0], signals.run[0], strict=True):
        why = ["outside the limits"] if outside else []
        if run:
            why.append(f"one of {run} on one side of the average")
        said.append(" and ".join(why))
    return tuple(said)


def _whole(signals: Signals) -> tuple[str, ...]:
    said = []
    if signals.long_run[0]:
        said.append("the longest run on one side of the average is longer than chance explains")
    if signals.few_crossings[0]:
        said.append("the points cross the average less often than chance explains")
    return tuple(said)
