"""Facts about changes and about alterations that no change explains."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from headway.engine.columns import UNKNOWN, Ints, codes, instants, known, truth, words_in
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.metrics.words import EMERGENCY_CHANGES, FAILED_OUTCOMES


def change_rows(desk: Desk) -> Ints:
    """Changes with a known opening."""
    return np.flatnonzero(desk.of_kinds(("change",)) & (desk.opened != UNKNOWN))


def change_count(desk: Desk) -> Facts:
    """Changes, by opening."""
    rows = change_rows(desk)
    return Facts(rows, desk.opened[rows])


def emergency_change_share(desk: Desk) -> Facts:
    """Changes of a known type, emergencies in the numerator."""
    rows = change_rows(desk)
    column = codes(desk.tickets, "change_type")
    rows = rows[column[0][rows] >= 0]
    return Facts(rows, desk.opened[rows], words_in(column, EMERGENCY_CHANGES)[rows])


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
