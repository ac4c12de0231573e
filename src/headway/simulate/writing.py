"""A simulated desk as the files that a service manager would export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from headway.errors import OptionError, OutputError
from headway.simulate.alterations import alterations
from headway.simulate.approvals import approvals
from headway.simulate.changes import changes
from headway.simulate.desk import Desk
from headway.simulate.events import events
from headway.simulate.feedback import feedback
from headway.simulate.suggestions import suggestions
from headway.simulate.tickets import ticket_blocks
from headway.simulate.truths import Truth, truths

TABLES = ("tickets", "changes", "feedback", "events", "approvals", "alterations", "suggestions")
USUAL = TABLES[:3]
PER_TICKET = ("tickets", "feedback", "events")


def write(
    folder: Path,
    *,
    seed: int = 7,
    weeks: int = 78,
    tickets_per_week: int = 400,
    end: dt.date = dt.date(2026, 11, 15),
    planted: tuple[Truth, ...] | None = None,
    tables: Sequence[str] = USUAL,
) -> tuple[Path, ...]:
    """Write the exports of an invented desk, ``tickets.csv`` and others.

    Ten million tickets need hardly more memory than 200,000: they are written in stretches.

    Parameters
    ----------
    folder
        Where to; made when it is missing. Files of these names are replaced.
    seed, weeks, tickets_per_week, end
        As in :class:`headway.simulate.Desk`.
    planted
        The truths to plant; :func:`headway.simulate.truths` when not given, none when empty.
    tables
        Which exports: ``tickets``, ``changes``, ``feedback``, ``events`` (the history of the
        tickets), ``approvals``, ``alterations``, ``suggestions``.

    Returns
    -------
    tuple of Path
        The files, in the order of ``tables``.

    Raises
    ------
    OptionError
        When there would be no week or no ticket, or there is no such table.
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
    return write_desk(desk, folder, tables=tables)


def write_desk(desk: Desk, folder: Path, *, tables: Sequence[str] = USUAL) -> tuple[Path, ...]:
    """The same for a desk of your own.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_desk(Desk(weeks=4), Path(folder), tables=("events",))]
    ['events.csv']
    """
    unknown = [name for name in tables if name not in TABLES]
    if unknown:
        raise OptionError(f"There is no table {unknown[0]!r}; take {', '.join(TABLES)}.")
    paths = {name: folder / f"{name}.csv" for name in tables}
    per_ticket = {name: path for name, path in paths.items() if name in PER_TICKET}
    if per_ticket:
        _written(_ticket_tables(desk, tuple(per_ticket)), per_ticket)
    made = changes(desk) if set(paths) & {"changes", "approvals", "alterations"} else None
    for name, path in paths.items():
        if name not in PER_TICKET:
            table = _other_table(desk, name, made)
            _written([{name: table}], {name: path})
    return tuple(paths.values())


def _ticket_tables(desk: Desk, names: tuple[str, ...]) -> Iterator[dict[str, pa.Table]]:
    """The tables with rows for each ticket, in stretches of time."""
    surveys = 1
    for number, block in enumerate(ticket_blocks(desk)):
        out = {"tickets": block}
        if "feedback" in names:
            out["feedback"] = feedback(desk, block, block=number, first=surveys)
            surveys += out["feedback"].num_rows
        if "events" in names:
            out["events"] = events(desk, block, block=number)
        yield {name: out[name] for name in names}


def _other_table(desk: Desk, name: str, made: pa.Table | None) -> pa.Table:
    if made is None or name == "suggestions":
        return suggestions(desk)
    if name == "changes":
        return made
    return {"approvals": approvals, "alterations": alterations}[name](desk, made)


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


def _written(stretches: Iterable[dict[str, pa.Table]], paths: dict[str, Path]) -> None:
    """Write tables that come in stretches, each beside its file until all of it is there."""
    parts = {name: path.with_name(path.name + ".part") for name, path in paths.items()}
    try:
        for path in paths.values():
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _streamed(stretches, parts)
            for name, path in paths.items():
                parts[name].replace(path)
        finally:
            for part in parts.values():
                part.unlink(missing_ok=True)
    except OSError as error:
        problem = error.strerror or str(error)
        names = ", ".join(str(path) for path in paths.values())
        raise OutputError(
            f"{error.filename2 or names} cannot be written ({problem}); choose another folder."
        ) from error


def _streamed(stretches: Iterable[dict[str, pa.Table]], parts: dict[str, Path]) -> None:
    writers: dict[str, csv.CSVWriter] = {}
    with ExitStack() as stack:
        for tables in stretches:
            for name, table in tables.items():
                if name not in writers:
                    file = stack.enter_context(parts[name].open("wb"))
                    options = csv.WriteOptions(quoting_style="needed")
                    writers[name] = stack.enter_context(
                        csv.CSVWriter(file, table.schema, write_options=options)
                    )
                writers[name].write_table(table)
