"""Panels for tests, from values; weekly, with every period usable unless said."""

import numpy as np

from headway.series import Panel, Periods, Slice

MONDAY = np.datetime64("2024-01-01")


def weeks(count):
    return Periods("week", MONDAY + 7 * np.arange(count))


def months(count):
    return Periods("month", (np.datetime64("2020-01") + np.arange(count)).astype("datetime64[D]"))


def panel(value, *, metric="time_to_resolve", statistic="median", unit="h", **given):
    """One panel; a count is its own n, a share's numerator follows from its n."""
    value = np.atleast_2d(np.asarray(value, dtype=float))
    n = given.get("n", 50)
    n = np.nan_to_num(value).astype(np.int64) if statistic == "count" else n
    n = np.broadcast_to(np.asarray(n, dtype=np.int64), value.shape)
    names = given.get("slices") or (
        Slice(),
        *(Slice("service", f"S{row}") for row in range(1, len(value))),
    )
    share = statistic == "share"
    return Panel(
        metric=metric,
        statistic=statistic,
        unit=unit,
        slices=tuple(names),
        periods=given.get("periods") or weeks(value.shape[1]),
        value=value,
        n=n,
        numerator=np.round(np.nan_to_num(value) * n / 100).astype(np.int64) if share else None,
        usable=given.get("usable", np.ones(value.shape[1], dtype=bool)),
    )
