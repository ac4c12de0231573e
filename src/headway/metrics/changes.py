"""Facts about changes and about alterations that no change explains."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from headway.engine.columns import UNKNOWN, Ints, codes, instants, known, truth, words_in
from headway.metrics.desk import Desk
from headway.metrics.durations import until
from headway.metrics.facts import Facts
from headway.metrics.words import EMERGENCY_CHANGES, FAILED_OUTCOMES, STANDARD_CHANGES


def change_rows(desk: Desk) -> Ints:
    """Changes with a known opening."""
    return np.flatnonzero(desk.of_kinds(("change",)) & (desk.opened != UNKNOWN))


def change_count(desk: Desk) -> Facts:
    """Changes, by opening."""
    rows = change_rows(desk)
    return Facts(rows, desk.opened[rows])


def emergency_change_share(desk: Desk) -> Facts:
    """Changes of a known type, emergencies in the numerator."""
    return _of_type(desk, EMERGENCY_CHANGES)


def standard_change_share(desk: Desk) -> Facts:
    """Changes of a known type, standard ones in the numerator."""
    return _of_type(desk, STANDARD_CHANGES)


def _of_type(desk: Desk, wanted: frozenset[str]) -> Facts:
    rows = change_rows(desk)
    column = codes(desk.tickets, "change_type")
    rows = rows[column[0][rows] >= 0]
    return Facts(rows, desk.opened[rows], words_in(column, wanted)[rows])


def change_lead_time(desk: Desk) -> Facts:
    """Hours from opening to the actual end; to resolution where no change says its end."""
    column = "actual_end_at" if known(desk.tickets, "actual_end_at") else "resolved_at"
    return until(desk, change_rows(desk), instants(desk.tickets, column))


def changes_per_batch(desk: Desk) -> Facts:
    """Changes in each release, by its last opening; a release has no row of its own."""
    _, batch, last = _batches(desk)
    size = np.bincount(batch, minlength=len(last)).astype(np.float64)
    return Facts(np.full(len(last), -1), last, value=size)


def batched(desk: Desk) -> Facts:
    """The changes behind ``changes_per_batch``."""
    rows, batch, last = _batches(desk)
    return Facts(rows, last[batch])


def _batches(desk: Desk) -> tuple[Ints, Ints, Ints]:
    """Changes with a release, the number of it for each, and its last opening."""
    rows = change_rows(desk)
    release = codes(desk.tickets, "release")[0][rows]
    rows, release = rows[release >= 0], release[release >= 0]
    names, batch = np.unique(release, return_inverse=True)
    last = np.full(len(names), UNKNOWN, dtype=np.int64)
    np.maximum.at(last, batch, desk.opened[rows])
    return rows, batch, last


def unauthorised_change_share(desk: Desk) -> Facts:
    """Changes known to be authorised or not, else alterations with or without a change."""
    if not known(desk.tickets, "authorised"):
        return _unexplained_alterations(desk)
    rows = change_rows(desk)
    authorised = truth(desk.tickets, "authorised")
    rows = rows[authorised[rows] >= 0]
    return Facts(rows, desk.opened[rows], authorised[rows] == 0)


def _unexplained_alterations(desk: Desk) -> Facts:
    """Alterations of configuration items; those of no change have no ticket row."""
    alterations = desk.records.alterations
    at = instants(alterations, "altered_at")
    related = alterations.column("change_id")
    found = pc.index_in(related.cast("string"), desk.tickets.column("id").combine_chunks())
    rows = np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int64)
    without = np.asarray(pc.is_null(related).to_numpy(), dtype=bool)
    return Facts(np.where(without, -1, rows), at, without)


def change_failure_share(desk: Desk) -> Facts:
    """Changes with a known outcome, failed ones in the numerator."""
    cohort = change_rows(desk)
    column = codes(desk.tickets, "outcome")
    rows = cohort[column[0][cohort] >= 0]
    return Facts(
        rows, desk.opened[rows], words_in(column, FAILED_OUTCOMES)[rows], wait=desk.waits(cohort)
    )
