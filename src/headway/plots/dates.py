"""The date labels under a chart."""

from __future__ import annotations

from typing import Literal

import numpy as np

from headway.plots import words
from headway.plots.labels import text_width
from headway.series import Days, Floats

Place = tuple[float, str]  # middle of the text in pixels, text
Unit = Literal["day", "month"]

SHORT = 70  # days; a shorter chart names days
BETWEEN = 10.0  # pixels between two labels
DAY_STEPS = (1, 2, 7, 14, 28)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def date_ticks(dates: Days, places: Floats, *, right: float) -> tuple[Place, ...]:
    """Return as many date labels as fit from 0 to ``right`` pixels, evenly spaced in time.

    Months, or days where less than ten weeks are drawn. Each January carries the year, and the
    first label where there is room or no January.
    """
    if not len(dates):
        return ()
    days = dates.astype("datetime64[D]")
    first, last = days.min(), days.max()
    unit: Unit = "day" if int((last - first).astype(int)) < SHORT else "month"
    fitting: tuple[Place, ...] = ()
    for step in DAY_STEPS if unit == "day" else MONTH_STEPS:
        wanted = np.arange(first, last + 1, step) if unit == "day" else _months(first, last, step)
        numbers = wanted.astype("datetime64[D]").astype(np.float64)
        found = np.interp(numbers, days.astype(np.float64), places).tolist()
        for texts in _texts(wanted, unit):
            fitting, crowded = _fit(list(zip(found, texts, strict=True)), right)
            if not crowded:
                return fitting
    return fitting


def _fit(labels: list[Place], right: float) -> tuple[tuple[Place, ...], int]:
    """Return the labels that fit, moved inside the paper, and how many collided."""
    kept: list[Place] = []
    crowded, end = 0, -BETWEEN
    for place, text in labels:
        half = text_width(text) / 2
        middle = max(place, half)
        if middle + half > right:
            continue
        if middle - half < end + BETWEEN:
            crowded += 1
            continue
        kept.append((middle, text))
        end = middle + half
    return tuple(kept), crowded


def _months(first: np.datetime64, last: np.datetime64, step: int) -> Days:
    start = first.astype("datetime64[M]")
    start = start if start.astype("datetime64[D]") >= first else start + 1
    months = np.arange(start, last.astype("datetime64[M]") + 1)
    since = months.astype(int)  # months since January 1970
    kept: Days = months[since % step == 0]
    return kept


def _texts(wanted: Days, unit: Unit) -> list[list[str]]:
    """Return the labels with the year at the first and, where a January has it, without."""
    found = [words.parts(day) for day in wanted]
    texts = [words.MONTHS[month - 1] for _, month, _ in found]
    dated = [index for index, (_, month, _) in enumerate(found) if month == 1]
    if unit == "day":
        texts, dated = [words.short_day(day) for day in wanted], []
    for index in dated:
        texts[index] += f" {found[index][0]}"
    if not texts or 0 in dated:
        return [texts]
    first = [f"{texts[0]} {found[0][0]}", *texts[1:]]
    return [first, texts] if dated else [first]
