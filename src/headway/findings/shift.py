"""The scan's test: is there one sustained change in each series, and when?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.findings.beside import step_beside_course
from headway.findings.changepoint import (
    PRIOR_CORRELATION,
    REFUSE_CORRELATION,
    Cuts,
    best_cuts,
)
from headway.findings.course import Course, follow
from headway.findings.scale import working_scale
from headway.findings.season import Seasonal, adjust
from headway.results import NotJudged
from headway.series import Flags, Floats, Ints, Panel

MIN_POINTS = 8
FULL_POINTS = 20
MIN_RECORDS = 10
MAX_MISSING = 0.2
MIN_DISTINCT = 5
CLEAR = 0.01
CORRELATED = "neighbouring points depend on each other too strongly to tell a shift"
STOCK_CORRELATION = 0.6  # what is open today was mostly open yesterday


@dataclass(frozen=True)
class ShiftTests:
    """The tests of every slice of one panel.

    ``p`` is NaN where a series was refused; ``unclear`` marks volumes that moved, but no more
    than growth or a season would move them; ``judgeable`` series were refused for nothing but
    perhaps their correlation.
    """

    panel: Panel
    values: Floats
    weights: Floats
    season: Seasonal
    cuts: Cuts
    p: Floats
    unclear: Flags
    judgeable: Flags
    refused: tuple[NotJudged, ...]

    def course(self, row: int) -> Course:
        """The stretch over which the level of one slice moved."""
        cuts = self.cuts
        return follow(
            self.values[row],
            self.weights[row],
            int(cuts.at[row]),
            int(cuts.low[row]),
            int(cuts.high[row]),
        )


def run_shift_tests(panel: Panel) -> ShiftTests:
    """Test every slice of ``panel`` for one sustained change.

    A series is refused, with the reason, when it has fewer than eight usable points, fewer than
    ten records a period, more than a fifth of its points missing, fewer than five distinct
    values, or serial correlation of 0.6 or more inside its segments. Where the yearly season
    cannot be checked, a volume has to shift beside a straight line and a yearly wave as well.
    """
    scaled, weights = working_scale(panel)
    season = adjust(scaled, panel.periods)
    prior = prior_of(panel)
    cuts = best_cuts(season.values, weights, prior_correlation=prior)
    refused = _refusals(panel, scaled, cuts)
    p = cuts.p.copy()
    unclear = np.zeros(len(p), dtype=bool)
    total = volumes(panel)
    if not season.checked and len(total):
        beside = step_beside_course(season.values[total], panel.periods, prior_correlation=prior)
        unclear[total] = (p[total] < CLEAR) & (beside > CLEAR)
        p[total] = np.maximum(p[total], beside)
    p[[row for row, _, _ in refused]] = np.nan
    unclear &= np.isfinite(p)
    judgeable = np.ones(len(p), dtype=bool)
    judgeable[[row for row, reason, _ in refused if reason != CORRELATED]] = False
    return ShiftTests(
        panel=panel,
        values=season.values,
        weights=weights,
        season=season,
        cuts=cuts,
        p=p,
        unclear=unclear,
        judgeable=judgeable,
        refused=tuple(
            NotJudged(panel.metric, panel.slices[row], reason, remedy)
            for row, reason, remedy in refused
        ),
    )


def prior_of(panel: Panel) -> float:
    """Lag-one correlation to be expected of such series before looking."""
    return STOCK_CORRELATION if panel.statistic == "stock" else PRIOR_CORRELATION


def volumes(panel: Panel) -> Ints:
    """Rows that carry the whole course of the year: stocks, and counts of all records."""
    if panel.statistic == "stock":
        return np.arange(len(panel.slices))
    whole = [row for row, part in enumerate(panel.slices) if part.dimension == "all"]
    return np.array(whole if panel.statistic == "count" else [], dtype=np.int64)


def _refusals(panel: Panel, scaled: Floats, cuts: Cuts) -> list[tuple[int, str, str]]:
    usable = int(panel.usable.sum())
    span = panel.periods.span
    points = np.isfinite(scaled).sum(axis=1)
    records = _records_a_period(panel, usable)
    distinct = _distinct(np.where(panel.usable[None, :], panel.value, np.nan))
    out = []
    for row in range(len(panel.slices)):
        if usable < MIN_POINTS:
            more = MIN_POINTS - usable
            reason = f"{_count(usable, span)} of complete records; eight are needed"
            out.append((row, reason, f"{_count(more, span)} more, or an older export"))
        elif records[row] < MIN_RECORDS:
            wider = {"day": "week", "week": "month"}.get(span)
            remedy = f"--period {wider}" if wider else "a coarser slice"
            out.append((row, f"fewer than {MIN_RECORDS} records a {span}", remedy))
        elif points[row] < (1 - MAX_MISSING) * usable:
            out.append((row, f"too many {span}s without a value", "a coarser slice or period"))
        elif distinct[row] < MIN_DISTINCT:
            out.append((row, f"fewer than {MIN_DISTINCT} different values", "a finer measure"))
        elif cuts.correlation[row] >= REFUSE_CORRELATION:
            out.append((row, CORRELATED, "a longer history"))
    return out


def _records_a_period(panel: Panel, usable: int) -> Floats:
    counted = panel.value if panel.statistic in ("count", "stock") else panel.n
    kept = np.where(panel.usable[None, :] & np.isfinite(counted), counted, 0.0)
    return np.asarray(kept.sum(axis=1) / max(usable, 1), dtype=np.float64)


def _distinct(values: Floats) -> Ints:
    ordered = np.sort(values, axis=1)
    if ordered.shape[1] == 0:
        return np.zeros(len(values), dtype=np.int64)
    finite = np.isfinite(ordered)
    fresh = (np.diff(ordered, axis=1) > 0) & finite[:, 1:]
    counts: Ints = fresh.sum(axis=1, dtype=np.int64)
    return counts + finite[:, 0]


def _count(number: int, span: str) -> str:
    return f"{number} {span}{'' if number == 1 else 's'}"
