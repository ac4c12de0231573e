"""Simulated approvals of changes."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.simulate.desk import Desk, after_work, days_off, effect, instants, pick, words

LEVELS = ("Technical", "Advisory board")
ROLES = ("Service owner", "Change manager")
WAIT_HOURS = (6.0, 20.0)  # median working hours to a decision, by level
DECISIONS = ("Approved", "Rejected")


def approvals(desk: Desk, changes: pa.Table) -> pa.Table:
    """Approvals of the changes of a desk; standard changes are approved in advance.

    Parameters
    ----------
    desk
        Its options.
    changes
        What :func:`headway.simulate.changes` gave for the same desk.

    Returns
    -------
    pyarrow.Table
        One row per approval asked for; decision and its instant are null where it lies ahead.

    Examples
    --------
    >>> desk = Desk(weeks=4)
    >>> from headway.simulate import changes
    >>> approvals(desk, changes(desk)).column_names[:3]
    ['Change number', 'Requested', 'Decided']
    """
    random = desk.random(5)
    asked = changes.filter(
        pc.and_(
            pc.not_equal(changes.column("Type"), "Standard"),
            pc.equal(changes.column("Authorised"), "yes"),
        )
    )
    is_normal = pc.equal(asked.column("Type"), "Normal").to_numpy()
    row = np.repeat(np.arange(asked.num_rows), 1 + is_normal)
    level = np.append(0, (row[1:] == row[:-1]).astype(np.int64))[: len(row)]
    opened = asked.column("Opened").cast(pa.int64()).to_numpy()[row]
    requested = after_work(opened, 1.0 + 4.0 * level, days_off(desk))
    wait = np.array(WAIT_HOURS)[level] * np.exp(random.normal(0, 0.8, len(row)))
    wait = wait * effect(desk, "approval_wait", opened)
    decided = after_work(requested, wait, days_off(desk))
    is_known = decided < desk.extracted_at
    outcome = pick(random, (0.95, 0.05), len(row))
    seen = requested < desk.extracted_at
    table = pa.table(
        {
            "Change number": asked.column("Number").take(pa.array(row)),
            "Requested": instants(requested),
            "Decided": instants(decided, is_known),
            "Approval level": words(level, LEVELS),
            "Approver role": words(level, ROLES),
            "Decision": words(np.where(is_known, outcome, -1), DECISIONS),
        }
    )
    return table.filter(pa.array(seen))
