"""The commands together, and the one place where an error becomes a sentence and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from headway import __version__
from headway.cli import demo, mapped, records, scan
from headway.errors import HeadwayError, UsageError

NO_ANALYSIS, WRONG_USAGE, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="headway",
    help="From service-desk records to an honest scan.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("scan")(scan.command)
app.command("map")(mapped.command)
app.command("records")(records.command)
app.command("demo")(demo.command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"headway {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", help="Say the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Headway finds out from service-desk records where you stand and what is slipping."""


def run() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        app(prog_name="headway")
    except UsageError as error:
        _end(str(error), WRONG_USAGE)
    except HeadwayError as error:
        _end(str(error), NO_ANALYSIS)
    except SystemExit as end:  # Typer has turned an interrupt into its exit code
        if end.code == INTERRUPTED:
            _end("Interrupted; nothing was written.", INTERRUPTED)
        raise
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        _end(f"Could not read or write{where}: {error.strerror or error}.", NO_ANALYSIS)
    except MemoryError:
        _end("Not enough memory for these records; narrow them with --from and --to.", NO_ANALYSIS)


def _end(sentence: str, code: int) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"headway: {' '.join(sentence.split())}\n")
    sys.exit(code)
