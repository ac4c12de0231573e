"""Facts about how the desk handled a ticket: wandering, waiting, second thoughts."""

from __future__ import annotations

import numpy as np

from headway.engine.columns import Flags, numbers, truth
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.metrics.incoming import desk_rows, known_when_finished


def ping_pong_share(desk: Desk) -> Facts:
    """Finished tickets whose groups are known, those that came back to one in the numerator."""
    return known_when_finished(desk, "group_returns", 1)


def changed_priority_share(desk: Desk) -> Facts:
    """Finished tickets whose priorities are known, those with a change in the numerator."""
    return known_when_finished(desk, "priority_changes", 1)


def first_contact_share(desk: Desk) -> Facts:
    """Finished tickets of which it is known, those solved at the first contact counted."""
    cohort = desk_rows(desk)
    said = truth(desk.tickets, "first_contact")
    rows = cohort[desk.finished[cohort] & (said[cohort] >= 0)]
    return Facts(rows, desk.opened[rows], said[rows] == 1, wait=desk.waits(cohort))


def waiting_share(desk: Desk) -> Facts:
    """Percentage of the elapsed time of each resolved ticket that it spent waiting."""
    cohort = desk_rows(desk)
    waited = numbers(desk.tickets, "pending_seconds")[cohort]
    measurable: Flags = (desk.resolved[cohort] > desk.opened[cohort]) & ~np.isnan(waited)
    rows = cohort[measurable]
    share = np.minimum(waited[measurable] / (desk.resolved[rows] - desk.opened[rows]), 1)
    return Facts(rows, desk.opened[rows], value=100 * share, wait=desk.waits(cohort))
