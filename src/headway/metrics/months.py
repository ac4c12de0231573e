"""The last complete month beside the same month a year before."""

from __future__ import annotations

import numpy as np

from headway.calendars import Clock
from headway.engine.slices import whole
from headway.metrics.measures import Window, panels
from headway.records import Records
from headway.results import SameMonth
from headway.series import Panel


def same_month(
    records: Records, *, clock: Clock, coverage_window: Window | None = None
) -> tuple[SameMonth, ...]:
    """Each metric over all tickets in its last month that can be compared, and a year before.

    A metric is listed only where both months lie whole inside the window, are usable and have a
    value. Months are written as ``YYYY-MM``.
    """
    found = panels(
        records,
        clock=clock,
        slicing=whole(records),
        period="month",
        coverage_window=coverage_window,
    )
    pairs = (_pair(panel) for panel in found.values())
    return tuple(pair for pair in pairs if pair is not None)


def _pair(panel: Panel) -> SameMonth | None:
    usable = np.flatnonzero(panel.usable & ~np.isnan(panel.value[0]))
    if not len(usable):
        return None
    now = int(usable[-1])
    then = now - 12
    if then not in usable:
        return None
    months = panel.periods.starts.astype("datetime64[M]").astype(str)
    return SameMonth(
        metric=panel.metric,
        month=str(months[now]),
        value=float(panel.value[0, now]),
        n=int(panel.n[0, now]),
        month_before=str(months[then]),
        value_before=float(panel.value[0, then]),
        n_before=int(panel.n[0, then]),
        unit=panel.unit,
    )
