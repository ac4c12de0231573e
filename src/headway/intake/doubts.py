"""How a doubtful fact is put into words and examples."""

from __future__ import annotations

from collections.abc import Iterable

from headway.records import Doubt

SHOWN = 5


def doubt(
    code: str, column: str, concerned: Iterable[str], sentence: str, *, count: int | None = None
) -> Doubt:
    """A doubt about ``concerned`` (ids or values), whose first ones in order are its examples."""
    names = sorted(concerned)
    examples = tuple(dict.fromkeys(names))[:SHOWN]
    return Doubt(code, column, len(names) if count is None else count, examples, sentence)


def tickets(number: int) -> str:
    """A number of tickets in words.

    >>> tickets(1), tickets(1556)
    ('1 ticket', '1,556 tickets')
    """
    return "1 ticket" if number == 1 else f"{number:,} tickets"
