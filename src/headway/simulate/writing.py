"""A simulated desk as the files that a service manager would export."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from headway.errors import OptionError, OutputError
from headway.simulate.changes import changes
from headway.simulate.desk import Desk
from headway.simulate.feedback import feedback
from headway.simulate.tickets import tickets
from headway.simulate.truths import Truth, truths


def write(
    folder: Path,
    *,
    seed: int = 7,
    weeks: int = 78,
    tickets_per_week: int = 400,
    end: dt.date = dt.date(2026, 11, 15),
    planted: tuple[Truth, ...] | None = None,
) -> tuple[Path, ...]:
    """Write ``tickets.csv``, ``changes.csv`` and ``feedback.csv`` of an invented desk.

    Parameters
    ----------
    folder
        Where to; made when it is missing. Files of these names are replaced.
    seed, weeks, tickets_per_week, end
        As in :class:`headway.simulate.Desk`.
    planted
        The truths to plant; :func:`headway.simulate.truths` when not given, none when empty.

    Returns
    -------
    tuple of Path
        The three files.

    Raises
    ------
    OptionError
        When there would be no week or no ticket.
    OutputError
        When a file cannot be written; nothing half-written is left.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write(Path(folder), weeks=4)]
    ['tickets.csv', 'changes.csv', 'feedback.csv']
    """
    desk = _desk(
        seed=seed, weeks=weeks, tickets_per_week=tickets_per_week, end=end, planted=planted
    )
    records = tickets(desk)
    tables = {
        "tickets.csv": records,
        "changes.csv": changes(desk),
        "feedback.csv": feedback(desk, records),
    }
    return tuple(_written(table, folder / name) for name, table in tables.items())


def _desk(
    *,
    seed: int,
    weeks: int,
    tickets_per_week: int,
    end: dt.date,
    planted: tuple[Truth, ...] | None,
) -> Desk:
    if weeks < 1 or tickets_per_week < 1:
        raise OptionError(
            f"A desk of {weeks} weeks with {tickets_per_week} tickets a week has no records; "
            "give at least 1 of each."
        )
    return Desk(
        seed=seed,
        weeks=weeks,
        end=end,
        tickets_per_week=tickets_per_week,
        changes_per_week=tickets_per_week / 9,
        planted=truths(end=end, weeks=weeks) if planted is None else planted,
    )


def _written(table: pa.Table, path: Path) -> Path:
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as handle:
                csv.write_csv(table, handle, csv.WriteOptions(quoting_style="needed"))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        problem = error.strerror or str(error)
        raise OutputError(
            f"{path} cannot be written ({problem}); choose another folder."
        ) from error
    return path
