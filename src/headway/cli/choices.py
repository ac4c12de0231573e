"""Options that several commands share, and how they become the choices of a scan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from headway.calendars import PENDING, RULES, Clock
from headway.errors import UsageError
from headway.mapping.overrides import parse as parse_overrides
from headway.scanning import Options

SAVED = "headway.yaml"

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…", help="CSV, XLSX, Parquet, JSON or XES, also packed; - is standard input."
    ),
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="ROLE=COLUMN", help="Say which column fills a role; repeatable."),
]
Order = Annotated[
    str | None,
    typer.Option("--date-order", help="day-first or month-first, where dates do not prove it."),
]
Zone = Annotated[
    str, typer.Option("--time-zone", help="IANA zone in which instants without a zone are read.")
]
Hours = Annotated[
    str, typer.Option("--hours", help="Working hours, such as 'Mon-Fri 08:00-18:00'.")
]
Holidays = Annotated[
    str,
    typer.Option("--holidays", help="Country or region whose holidays are no working time: DE-BY."),
]
Rule = Annotated[
    str, typer.Option("--clock", help="elapsed counts every hour, working only working hours.")
]
Pending = Annotated[
    str, typer.Option("--pending", help="Whether waiting states count: included or excluded.")
]
Period = Annotated[str, typer.Option("--period", help="auto, day, week or month.")]
Start = Annotated[str | None, typer.Option("--from", help="First day of opening, as 2026-01-31.")]
End = Annotated[str | None, typer.Option("--to", help="Last day of opening, as 2026-09-30.")]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="DIMENSION=VALUE", help="Look at a part only; repeatable."),
]


def clock(*, zone: str, hours: str, holidays: str, rule: str, pending: str) -> Clock:
    """The declared clock."""
    for option, value, known in (("--clock", rule, RULES), ("--pending", pending, PENDING)):
        if value not in known:
            raise UsageError(f"{option} '{value}' is not known; use {' or '.join(known)}.")
    return Clock.parse(zone=zone, hours=hours, holidays=holidays, rule=rule, pending=pending)


def options(
    *,
    clock: Clock,
    period: str = "auto",
    start: str | None = None,
    end: str | None = None,
    where: list[str] | None = None,
    given: list[str] | None = None,
    date_order: str | None = None,
) -> Options:
    """The choices of a scan; a mapping saved in the present folder is used."""
    saved = Path(SAVED)
    return Options.parse(
        clock=clock,
        period=period,
        start=start,
        end=end,
        where=tuple(where or ()),
        overrides=parse_overrides(given or ()),
        date_order=date_order,
        saved=saved if saved.is_file() else None,
    )
