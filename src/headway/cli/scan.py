"""``headway scan``: the main job."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated

import typer

from headway import reports
from headway.cli import choices, output, progress
from headway.errors import UsageError
from headway.intake import rejects_csv
from headway.scanning import Scan, gather, scan_gathered

FORMATS = ("text", "json", "xlsx", "html")
GOT_WORSE = 3
_BY_SUFFIX = {".html": "html", ".htm": "html", ".json": "json", ".xlsx": "xlsx", ".txt": "text"}

Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Where to write; the ending gives the format."),
]
Format = Annotated[str | None, typer.Option("--format", help="text, json, xlsx or html.")]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", help="An earlier scan as JSON, to compare findings with."),
]
FailOn = Annotated[
    str | None,
    typer.Option("--fail-on", help="worse: end with exit code 3 when something got worse."),
]
Rejects = Annotated[
    Path | None, typer.Option("--rejects", help="Where to write the rows that could not be used.")
]


def command(
    files: choices.Files,
    where_to: Output = None,
    form: Format = None,
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
    previous: Previous = None,
    fail_on: FailOn = None,
    rejects: Rejects = None,
) -> None:
    """Say where you stand: what got worse or better, where, since when and how sure that is."""
    if fail_on not in (None, "worse"):
        raise UsageError(f"--fail-on '{fail_on}' is not known; the only choice is worse.")
    kind = chosen_format(form, where_to)
    output.guard(files, where_to, rejects)
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
    with progress.shown() as (on_progress, on_step):
        gathered = gather(files, options, on_progress=on_progress)
        made = scan_gathered(gathered, options, on_step=on_step)
        if previous is not None:
            made = made.compared_with(previous)
        content = rendered(made, kind)
    if rejects is not None:
        output.write(rejects, rejects_csv(gathered.records).encode())
    deliver(content, kind, where_to)
    if fail_on and any(f.direction == "worse" for f in made.findings):
        raise typer.Exit(GOT_WORSE)


def chosen_format(form: str | None, where_to: Path | None) -> str:
    """The format said, or the one that the file's ending says, else text."""
    by_ending = _BY_SUFFIX.get(where_to.suffix.lower()) if where_to else None
    if form is None and where_to is not None and by_ending is None:
        raise UsageError(
            f"The ending of {where_to} says no format; add --format text, json, xlsx or html."
        )
    chosen = form or by_ending or "text"
    if chosen not in FORMATS:
        raise UsageError(f"Format '{chosen}' is not known; use text, json, xlsx or html.")
    if chosen == "xlsx" and where_to is None:
        raise UsageError("A workbook needs a file: add -o scan.xlsx.")
    return chosen


def rendered(made: Scan, kind: str) -> bytes:
    """The scan in one of the formats."""
    if kind == "json":
        return made.to_json().encode()
    if kind == "html":
        return made.to_html().encode()
    if kind == "xlsx":
        buffer = io.BytesIO()
        reports.to_xlsx(made.result, buffer)
        return buffer.getvalue()
    return made.to_text().encode()


def deliver(content: bytes, kind: str, where_to: Path | None) -> None:
    """To the file, or to standard output; a report for people is announced."""
    if where_to is None:
        output.say(content.decode())
        return
    output.write(where_to, content)
    if kind in ("html", "xlsx"):
        output.say(f"Wrote {where_to}\n")
