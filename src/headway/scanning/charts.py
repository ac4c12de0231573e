"""Charts of a scan: one series of a panel, or a ready-made one, with limits and a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from headway import plots, spc
from headway.metrics import Definition, catalogue
from headway.series import Panel
from headway.spc.model import Chart

MIN_BASELINE = 8
BASELINE = 24


@dataclass(frozen=True)
class Picture:
    """A chart that shows itself in a notebook.

    Attributes
    ----------
    chart
        Values, limits and signals.
    label
        What it shows, in one sentence.
    """

    chart: Chart
    label: str

    def svg(self) -> str:
        """The chart as a self-contained SVG document."""
        return plots.standalone_svg(self.chart, label=self.label)

    def png(self) -> bytes:
        """The chart as a PNG image."""
        return plots.png(self.chart)

    def _repr_svg_(self) -> str:
        return self.svg()


def draw(values: Any, dates: Any, *, label: str = "", **options: Any) -> Picture:  # noqa: ANN401
    """The process behaviour chart of a ready-made series.

    Takes the options of ``headway.spc.chart``: ``kind``, ``n``, ``numerator``, ``better``,
    ``unit``, ``span``, ``target``, ``change_at``, ``baseline``, ``rules``, ``durations``.

    Examples
    --------
    >>> import numpy as np
    >>> months = np.arange("2025-01", "2026-07", dtype="datetime64[M]").astype("datetime64[D]")
    >>> late = np.full(18, 4100.0)
    >>> late[3] = 9000.0
    >>> draw(100 * late / 20000, months, kind="p", n=np.full(18, 20000), unit="%").chart.kind
    'p'
    """
    chart = spc.chart(values, dates, **options)
    return Picture(chart, label or f"{len(chart.values)} points")


def of_panel(panel: Panel, row: int, *, cut: str | None = None) -> Chart:
    """The chart of one slice over its usable periods; ``cut`` divides it at a reported shift.

    With at least eight periods before the cut the limits are those of the time before it, so
    that the change stands out against what was ordinary; with fewer, each side has its own.
    """
    definition = _definition(panel)
    shown = _shown(panel)
    dates = panel.periods.starts[shown]
    value = np.where(panel.usable[shown], panel.value[row, shown], np.nan)
    options: dict[str, Any] = {
        "better": definition.better,
        "unit": panel.unit,
        "span": panel.periods.span,
        "durations": panel.unit == "h",
    }
    if panel.statistic == "share" and panel.numerator is not None:
        n = panel.n[row, shown]
        value = np.where(n > 0, value, np.nan)
        options |= {"n": n, "numerator": np.where(np.isnan(value), 0, panel.numerator[row, shown])}
    at = int(np.searchsorted(dates, np.datetime64(cut))) if cut else 0
    before = int(np.isfinite(value[:at]).sum())
    if before >= MIN_BASELINE:
        chart = spc.chart(value, dates, baseline=min(before, BASELINE), **options)
        return replace(chart, change_at=at)
    return spc.chart(value, dates, change_at=at or None, **options)


def _shown(panel: Panel) -> slice:
    usable = np.flatnonzero(panel.usable)
    return slice(int(usable[0]), int(usable[-1]) + 1) if len(usable) else slice(0, 0)


def _definition(panel: Panel) -> Definition:
    wanted = panel.metric.split(".")[0]
    return next(d for d in catalogue() if d.id == wanted)
