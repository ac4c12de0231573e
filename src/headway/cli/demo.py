"""``headway demo``: simulate a service desk, scan it, write the report and say where."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from headway import simulate
from headway.cli import choices, output, progress, scan
from headway.scanning import gather, scan_gathered

Folder = Annotated[Path, typer.Argument(help="Folder for the records and the report.")]
Seed = Annotated[int, typer.Option("--seed", help="Another number gives another service desk.")]


def command(folder: Folder = Path("demo"), seed: Seed = 7) -> None:
    """Simulate a service desk of eighteen months, scan it and write the report."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [str(path) for path in simulate.write(folder, seed=seed)]
    options = choices.options(
        clock=choices.clock(zone="UTC", hours="", holidays="", rule="elapsed", pending="included")
    )
    with progress.shown() as (on_progress, on_step):
        made = scan_gathered(
            gather(files, options, on_progress=on_progress), options, on_step=on_step
        )
        report = folder / "report.html"
        output.write(report, scan.rendered(made, "html"))
    output.say(scan.rendered(made, "text").decode())
    output.say(f"\nRecords: {', '.join(files)}\nReport:  {report.resolve()}\n")
