"""Everything a caller may choose about a scan, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from headway.calendars import Clock
from headway.errors import UsageError
from headway.series import Span

Period = Span | Literal["auto"]
DateOrder = Literal["day-first", "month-first"]
PERIODS = ("auto", "day", "week", "month")
ORDERS = ("day-first", "month-first")
MINIMUM_PEOPLE = 5


@dataclass(frozen=True)
class Options:
    """The choices of a scan.

    Attributes
    ----------
    clock
        Zone, working hours, holidays, clock rule.
    period
        ``auto``, ``day``, ``week`` or ``month``.
    first, last
        First and last local day of opening that are looked at, both inside.
    where
        ``dimension=value`` pairs.
    overrides
        Role -> column.
    date_order
        For dates whose values do not prove their order.
    saved
        A saved mapping; None when there is none.
    """

    clock: Clock = field(default_factory=Clock)
    period: Period = "auto"
    first: date | None = None
    last: date | None = None
    where: tuple[str, ...] = ()
    overrides: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    saved: Path | None = None

    @classmethod
    def parse(
        cls,
        *,
        clock: Clock | None = None,
        period: str = "auto",
        start: str | None = None,
        end: str | None = None,
        where: tuple[str, ...] = (),
        overrides: Mapping[str, str] | None = None,
        date_order: str | None = None,
        saved: Path | None = None,
    ) -> Options:
        """Options from words as they are typed.

        Raises
        ------
        UsageError
            When a word cannot be used.

        Examples
        --------
        >>> Options.parse(period="fortnight")
        Traceback (most recent call last):
        ...
        headway.errors.UsageError: Period 'fortnight' is not known; use auto, day, week or month.
        """
        if period not in PERIODS:
            raise UsageError(f"Period '{period}' is not known; use auto, day, week or month.")
        if date_order is not None and date_order not in ORDERS:
            raise UsageError(
                f"Date order '{date_order}' is not known; use day-first or month-first."
            )
        return cls(
            clock=clock or Clock(),
            period=cast("Period", period),
            first=_date("--from", start),
            last=_date("--to", end),
            where=tuple(where),
            overrides=dict(overrides or {}),
            date_order=cast("DateOrder | None", date_order),
            saved=saved,
        )

    def described(self) -> dict[str, Any]:
        """The choices that differ from nothing said, for the method section."""
        chosen = {
            "period": self.period,
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "where": list(self.where),
            "map": dict(sorted(self.overrides.items())),
            "date_order": self.date_order,
        }
        return {key: value for key, value in chosen.items() if value}


def _date(option: str, text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} '{text}' is not a date; write it as 2026-09-30.") from None
