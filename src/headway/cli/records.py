"""``headway records``: the tickets behind a finding."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer

from headway.cli import choices, output
from headway.scanning import gather, scan_gathered
from headway.spreadsheets import neutral

FindingId = Annotated[
    str, typer.Option("--finding", metavar="ID", help="Id of a finding of this scan.")
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Where to write the CSV.")]


def command(
    files: choices.Files,
    finding: FindingId,
    where_to: Output = None,
    period: choices.Period = "auto",
    start: choices.Start = None,
    end: choices.End = None,
    where: choices.Where = None,
    given: choices.Map = None,
    date_order: choices.Order = None,
    zone: choices.Zone = "UTC",
    hours: choices.Hours = "",
    holidays: choices.Holidays = "",
    rule: choices.Rule = "elapsed",
    pending: choices.Pending = "included",
) -> None:
    """List the tickets behind a finding as CSV, without titles and people.

    Give the same files and options as to the scan that named the finding.
    """
    output.guard(files, where_to)
    clock = choices.clock(zone=zone, hours=hours, holidays=holidays, rule=rule, pending=pending)
    options = choices.options(
        clock=clock,
        period=period,
        start=start,
        end=end,
        where=where,
        given=given,
        date_order=date_order,
    )
    made = scan_gathered(gather(files, options), options)
    text = as_csv(made.behind(finding))
    if where_to is None:
        output.say(text)
    else:
        output.write(where_to, text.encode())


def as_csv(table: pa.Table) -> str:
    """The columns that hold something, as CSV that a spreadsheet opens without harm."""
    filled = [name for name in table.column_names if table.column(name).null_count < len(table)]
    kept = table.select(filled or ["id"])
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(kept.column_names)
    columns = [column.to_pylist() for column in kept.columns]
    writer.writerows([neutral(cell) for cell in row] for row in zip(*columns, strict=True))
    return buffer.getvalue()
