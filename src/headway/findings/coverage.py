"""Which part of the records is complete: an edge of the extract is never a trend."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.results import Coverage, Edge
from headway.series import Days, Ints

THIN = 0.15  # a week below this share of the usual intake is outside the extract
FULL = 0.4  # a week above this share is inside it
MIN_TICKETS = 100
MIN_WEEKLY = 10
_NEVER_OPEN = 0.002


@dataclass(frozen=True)
class Axis:
    """Instants of one kind as local days, without those that are not known."""

    name: str
    days: Days

    def counts(self, first: np.datetime64, last: np.datetime64) -> Ints:
        """Records a day from ``first`` to ``last``, both included, shape (days,)."""
        span = int((last - first).astype(int)) + 1
        inside = self.days[(self.days >= first) & (self.days <= last)]
        return np.bincount((inside - first).astype(np.int64), minlength=span).astype(np.int64)


def cover(
    opened: Days, ended: Days, *, open_tickets: int, last_day: np.datetime64 | None
) -> Coverage:
    """Find the stretch in which every ticket opened is in the extract.

    Parameters
    ----------
    opened, ended
        Local days of opening and of resolution or closure, ``datetime64[D]`` without NaT.
    open_tickets
        Tickets that have not ended.
    last_day
        Local day on which the extract was made, as far as the records show it.

    Returns
    -------
    Coverage
        ``start`` is inclusive, ``end`` exclusive, both None without a ticket. With fewer than 100
        tickets or ten a week nothing can be said about edges and the whole stretch is taken.
    """
    if not len(opened):
        return Coverage("unknown", None, None, (), "No ticket has an opening date.")
    first = opened.min()
    latest = opened.max()
    counts = Axis("opened", opened).counts(first, latest)
    usual = _usual_week(counts)
    if len(opened) < MIN_TICKETS or usual < MIN_WEEKLY or len(counts) < 14:
        return _whole(first, latest)
    begin, start_edge = _start(first, counts, usual, ended)
    end, end_edge = _end(first, counts, usual)
    by = _selected_by(opened, ended, begin, open_tickets, start_edge)
    edges = [edge for edge in (start_edge, end_edge) if edge]
    if end_edge is None and by == "closed":
        end, closing = _closing_end(opened, ended, latest)
        edges.append(closing)
    elif end_edge is None and last_day is not None and latest >= last_day:
        end = _without_partial_day(first, counts, latest)
    end = max(end, begin + np.timedelta64(1, "D"))
    return Coverage(by, str(begin), str(end), tuple(edges), _sentence(by, begin, end))


def _usual_week(counts: Ints) -> float:
    """Weekly intake at which half of the tickets arrive; a long thin tail does not lower it."""
    weeks = _rolling_week(counts)[::7]
    ordered = np.sort(weeks)
    mass = ordered.cumsum()
    return float(ordered[int(np.searchsorted(mass, mass[-1] / 2))]) if mass[-1] else 0.0


def _rolling_week(counts: Ints) -> Ints:
    """Sum of each day and the six days after it, shape (days - 6,)."""
    padded = np.concatenate([[0], counts.cumsum()])
    if len(padded) <= 7:
        return np.array([counts.sum()], dtype=np.int64)
    return (padded[7:] - padded[:-7]).astype(np.int64)


def _start(
    first: np.datetime64, counts: Ints, usual: float, ended: Days
) -> tuple[np.datetime64, Edge | None]:
    weeks = _rolling_week(counts)
    full = np.flatnonzero(weeks >= FULL * usual)
    if weeks[0] >= FULL * usual or not len(full):
        return first, None
    lead = int(full[0])
    begin = first + np.timedelta64(lead, "D")
    if len(ended) and 0 <= int((ended.min() - first).astype(int)) <= lead + 14:
        begin = max(ended.min(), first)
    else:
        begin = begin + np.timedelta64(_first_jump(counts, lead), "D")
    before = int(counts[: int((begin - first).astype(int))].sum())
    if before == 0:
        return begin, None
    sentence = (
        f"Only {before:,} tickets opened before {_day(begin)} are in the extract, then about "
        f"{usual:,.0f} a week: earlier periods are left out as incomplete."
    )
    return begin, Edge("start", "opened", str(begin), sentence)


def _first_jump(counts: Ints, lead: int) -> int:
    window = counts[lead : lead + 7]
    return int(np.argmax(window >= max(1.0, 0.5 * np.median(window))))


def _end(first: np.datetime64, counts: Ints, usual: float) -> tuple[np.datetime64, Edge | None]:
    end = first + np.timedelta64(len(counts), "D")
    weeks = _rolling_week(counts)
    full = np.flatnonzero(weeks >= FULL * usual)
    if not len(full):
        return end, None
    last_full = int(full[-1])
    tail = counts[last_full + 7 :]
    if (
        len(tail) < 7
        or _rolling_week(tail)[0] > THIN * usual
        or tail.sum() * 7 > THIN * usual * len(tail)
    ):
        return end, None
    cut = _fall(counts, last_full)
    left = int(counts[cut:].sum())
    day = first + np.timedelta64(cut, "D")
    sentence = (
        f"Intake ends on {_day(day)}: about {usual:,.0f} tickets a week until then, "
        f"{left * 7 / (len(counts) - cut):,.0f} a week after. This is taken as the edge of the "
        f"extract, not as a fall in demand; {left:,} later tickets are left out of every trend."
    )
    return day, Edge("end", "opened", str(day), sentence)


def _fall(counts: Ints, last_full: int) -> int:
    """First day of the thin tail: the cut between two Poisson rates that fits the days best."""
    low, high = max(last_full - 14, 0), min(last_full + 28, len(counts))
    days = counts[low:high].astype(float)
    before, total = days.cumsum(), days.sum()
    lengths = np.arange(1, len(days))
    left, right = before[:-1], total - before[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = np.nan_to_num(left * np.log(left / lengths)) + np.nan_to_num(
            right * np.log(right / (len(days) - lengths))
        )
    return low + int(gain.argmax()) + 1


def _selected_by(
    opened: Days, ended: Days, begin: np.datetime64, open_tickets: int, start_edge: Edge | None
) -> str:
    if not len(ended):
        return "opened"
    closed_sharply = abs(int((ended.min() - begin).astype(int))) <= 1
    if start_edge and closed_sharply and open_tickets <= _NEVER_OPEN * len(opened):
        return "closed"
    if start_edge is None and ended.min() >= opened.min():
        return "opened"
    return "unknown"


def _closing_end(opened: Days, ended: Days, latest: np.datetime64) -> tuple[np.datetime64, Edge]:
    """Tickets opened late and still open are missing: keep what 95 % would have closed by."""
    last = ended.max()
    paired = min(len(opened), len(ended))
    lag = (np.sort(ended)[:paired] - np.sort(opened)[:paired]).astype(np.int64)
    end = min(last - np.timedelta64(int(np.quantile(np.maximum(lag, 1), 0.95)), "D"), latest)
    sentence = (
        f"The extract holds closed tickets only, so those opened from {_day(end)} on are "
        "incomplete and left out of every trend."
    )
    return end, Edge("end", "closed", str(end), sentence)


def _without_partial_day(
    first: np.datetime64, counts: Ints, latest: np.datetime64
) -> np.datetime64:
    """The last day counts only when its intake is near that of the same weekday before."""
    same = counts[-1::-7][1:9]
    partial = len(same) >= 2 and counts[-1] < 0.5 * np.median(same)
    return latest if partial else latest + np.timedelta64(1, "D")


def _whole(first: np.datetime64, latest: np.datetime64) -> Coverage:
    end = latest + np.timedelta64(1, "D")
    sentence = "Too few tickets to see how the extract was selected; all of it is taken."
    return Coverage("unknown", str(first), str(end), (), sentence)


def _sentence(by: str, begin: np.datetime64, end: np.datetime64) -> str:
    how = {
        "opened": "by opening date",
        "closed": "by closing date",
        "unknown": "in a way that the dates do not show",
    }[by]
    last = end - np.timedelta64(1, "D")
    return f"Selected {how}; complete from {_day(begin)} to {_day(last)}."


def _day(day: np.datetime64) -> str:
    date = day.astype("datetime64[D]").item()
    return f"{date.day} {date:%B %Y}"
