"""``headway map``: which column is which, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from headway import mapping
from headway.calendars import Clock
from headway.cli import choices, output, progress
from headway.scanning.gather import map_sources, read_source

Save = Annotated[
    Path | None,
    typer.Option("--save", help="Write the mapping; scans in this folder use headway.yaml."),
]


def command(
    files: choices.Files,
    save: Save = None,
    given: choices.Map = None,
    date_order: choices.Order = None,
) -> None:
    """Show which column fills which role, with examples, confidence and the evidence."""
    output.guard(files, save)
    options = choices.options(clock=Clock(), given=given, date_order=date_order)
    with progress.shown() as (on_progress, _):
        raws = [read_source(file, on_progress) for file in files]
    found = map_sources(raws, options)
    output.say("\n".join(mapping.to_text(each) for each in found))
    if save is not None:
        output.write(save, mapping.to_yaml(found).encode())
        output.say(f"Wrote {save}\n")
