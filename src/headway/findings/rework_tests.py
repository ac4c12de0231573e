"""Whether the returns between two groups shifted, and whether one pair stands out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from headway.engine.columns import Flags, Floats, Ints
from headway.engine.slices import Slicing
from headway.engine.timeline import days_of
from headway.findings.level import Levels, compare
from headway.findings.rework import BETWEEN, HandOvers, hand_overs
from headway.findings.shift import MIN_RECORDS, ShiftTests, run_shift_tests
from headway.metrics.desk import Desk
from headway.series import Panel, Slice

METRIC = "ping_pong_share.returns"
ENOUGH = 20  # returns of a pair


@dataclass(frozen=True)
class ReworkTests:
    """The tests of all returns and of every pair of groups with enough of them.

    Attributes
    ----------
    moves
        The hand-overs behind the panel.
    panel
        Tickets that return in each period, of all groups and by pair, a ticket once a period.
    shifts
        The shift tests of the same rows, as shares of the tickets opened.
    levels
        Shares of the tickets handed over within each pair that return, against other pairs.
    """

    moves: HandOvers
    period: Ints
    panel: Panel
    shifts: ShiftTests
    levels: Levels

    @property
    def p(self) -> Floats:
        """Probabilities of the shifts, then of the levels; NaN where refused."""
        return np.concatenate([self.shifts.p, self.levels.p])

    def tickets(self, part: Slice, since: str | None) -> int:
        """Different tickets that returned from ``since`` on, to the end of the usable periods."""
        starts = self.panel.periods.starts
        first = int(np.searchsorted(starts, np.datetime64(since or str(starts[0]))))
        last = int(np.flatnonzero(self.panel.usable)[-1])
        kept = self.moves.of(part) & self.moves.returns
        kept &= (self.period >= first) & (self.period <= last)
        return len(np.unique(self.moves.rows[kept]))


def run_rework_tests(desk: Desk, slicing: Slicing, arrivals: Panel, usable: Panel) -> ReworkTests:
    """Test the event history of ``desk`` for rework.

    ``arrivals`` counts the tickets opened, so that growth and season are not taken for rework;
    ``usable`` is a panel by the date of an event, whose usable periods are complete.
    """
    moves = hand_overs(desk.records, slicing)
    period = arrivals.periods.index(days_of(desk.clock, moves.at))
    panel = _panel(moves, period, arrivals, usable)
    shifts = run_shift_tests(_beside(panel, arrivals))
    # Row 0 of the shifts is that of the tickets opened; the rows behind it are those of the panel.
    p = np.where(_begun(shifts), shifts.cuts.p, shifts.p)
    p[0] = np.nan
    return ReworkTests(moves, period, panel, replace(shifts, p=p), _levels(moves, period, panel))


def _begun(shifts: ShiftTests) -> Flags:
    """Rows refused for few records over the whole stretch, but with enough on one side of the cut.

    A habit that began lately has few returns before it.
    """
    few = {r.slice for r in shifts.refused if r.reason.startswith(f"fewer than {MIN_RECORDS} rec")}
    columns = np.arange(len(shifts.panel.periods))
    value, usable = shifts.panel.value, shifts.panel.usable
    out = np.zeros(len(value), dtype=bool)
    for row, part in enumerate(shifts.panel.slices):
        after = columns >= shifts.cuts.at[row]
        sides = (value[row, usable & side] for side in (after, ~after))
        out[row] = part in few and max(s.mean() for s in sides if len(s)) >= MIN_RECORDS
    return out


def _panel(moves: HandOvers, period: Ints, arrivals: Panel, usable: Panel) -> Panel:
    size, pairs = len(arrivals.periods), len(moves.names)
    back = moves.returns & (period >= 0)
    value = np.zeros((pairs + 1, size), dtype=np.int64)
    for row, pair in ((0, np.zeros(len(period), dtype=np.int64)), (1, moves.pair)):
        kept = back & (pair >= 0)
        once = np.unique(np.stack([moves.rows, pair, period])[:, kept], axis=1)
        counted = np.bincount(once[1] * size + once[2], minlength=(pairs if row else 1) * size)
        value[row : row + (pairs if row else 1)] = counted.reshape(-1, size)
    kept_rows = np.append(True, value[1:].sum(axis=1) >= ENOUGH)
    slices = (Slice(), *(Slice(BETWEEN, name) for name in moves.names))
    return Panel(
        metric=METRIC,
        statistic="count",
        unit="tickets",
        slices=tuple(part for part, keep in zip(slices, kept_rows, strict=True) if keep),
        periods=arrivals.periods,
        value=value[kept_rows].astype(np.float64),
        n=value[kept_rows],
        numerator=None,
        usable=usable.usable,
    )


def _beside(panel: Panel, arrivals: Panel) -> Panel:
    """The panel below the tickets opened, of which a count is tested as a share."""
    return replace(
        panel,
        slices=(Slice(), Slice(BETWEEN, ""), *panel.slices[1:]),
        value=np.vstack([arrivals.value[:1], panel.value]),
        n=np.vstack([arrivals.n[:1], panel.n]),
    )


def _levels(moves: HandOvers, period: Ints, panel: Panel) -> Levels:
    """One record for each ticket and pair between whose groups it was handed over."""
    size = max(len(moves.names), 1)
    key, first, place = np.unique(
        moves.rows * size + moves.pair, return_index=True, return_inverse=True
    )
    returned = np.zeros(len(key))
    returned[place[moves.returns]] = 1
    pair = moves.pair[first]
    usable = np.append(panel.usable, False)[period[first]]
    return compare(
        returned,
        np.zeros(len(key), dtype=np.int64),
        pair,
        np.where(usable, period[first], -1),
        count=len(moves.names),
    )
