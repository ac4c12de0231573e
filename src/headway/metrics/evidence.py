"""The tickets behind one figure."""

from __future__ import annotations

from datetime import date

import numpy as np

from headway.calendars import Clock
from headway.engine.columns import Flags, Ints, codes
from headway.engine.slices import DIMENSIONS
from headway.engine.timeline import midnights
from headway.errors import OptionError
from headway.metrics import changes, incoming
from headway.metrics.definition import catalogue
from headway.metrics.desk import Desk
from headway.metrics.measures import FORMULAS, STOCKS, missing
from headway.metrics.stock import stays
from headway.records import Records
from headway.series import Slice

# Where a fact is not a ticket: the tickets that it is made of.
BEHIND = {
    "time_between_major_incidents": incoming.major_incidents,
    "changes_per_batch": changes.batched,
}


def members(  # noqa: PLR0917 - the order is that of a sentence
    records: Records,
    metric_id: str,
    part: Slice,
    start: date | None,
    end: date | None,
    clock: Clock,
) -> Ints:
    """Rows of ``records.tickets`` behind one metric, one slice and a range of local days.

    Parameters
    ----------
    metric_id
        Id of a metric or of a panel (``time_to_resolve.p85``).
    start, end
        First day inside and first day outside, on the metric's own axis; None leaves a side open.
        For a stock: the tickets open as ``end`` begins, or at the extract.

    Returns
    -------
    numpy.ndarray
        Ascending row numbers, int64; empty where the metric cannot be computed. Facts without a
        ticket, such as unmatched feedback, have no row.

    Raises
    ------
    OptionError
        The metric or the dimension does not exist.
    """
    by_id = {definition.id: definition for definition in catalogue()}
    definition = by_id.get(metric_id.partition(".")[0])
    if definition is None:
        raise OptionError(f"Metric '{metric_id}' does not exist; choose one of {', '.join(by_id)}.")
    desk = Desk(records, clock)
    if missing(definition, desk):
        return np.zeros(0, dtype=np.int64)
    if definition.id in STOCKS:
        rows, opened, ended = stays(desk)
        at = desk.extracted + 1 if end is None else _midnight(clock, end)
        rows = rows[(opened < at) & (ended >= at)]
    else:
        facts = BEHIND.get(definition.id, FORMULAS[definition.id])(desk)
        inside = np.ones(len(facts), dtype=bool)
        if start is not None:
            inside &= facts.at >= _midnight(clock, start)
        if end is not None:
            inside &= facts.at < _midnight(clock, end)
        rows = np.unique(facts.rows[inside & (facts.rows >= 0)])
    return np.asarray(rows[_within(records, part)[rows]], dtype=np.int64)


def _midnight(clock: Clock, day: date) -> int:
    return int(midnights(clock, np.array([day], dtype="datetime64[D]"))[0])


def _within(records: Records, part: Slice) -> Flags:
    if part.dimension == "all":
        return np.ones(records.tickets.num_rows, dtype=bool)
    if part.dimension not in DIMENSIONS:
        known = ", ".join(DIMENSIONS)
        raise OptionError(
            f"'{part.dimension}' is no dimension of the tickets; choose one of {known}."
        )
    row_codes, words = codes(records.tickets, part.dimension)
    wanted = words.index(part.value) if part.value in words else -2
    return np.asarray(row_codes == wanted, dtype=bool)
