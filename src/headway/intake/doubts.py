"""How a doubtful fact is put into words and examples."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from headway.records import Doubt

SHOWN = 5


def doubt(
    code: str,
    column: str,
    concerned: pa.Array | Sequence[str],
    sentence: str,
    *,
    count: int | None = None,
) -> Doubt:
    """A doubt about ``concerned`` (ids or values), whose first ones in order are its examples."""
    names = pc.unique(pa.array(concerned, pa.string()))
    first = pc.select_k_unstable(names, k=min(SHOWN, len(names)), sort_keys=[("", "ascending")])
    examples = tuple(names.take(first).to_pylist())
    return Doubt(code, column, len(concerned) if count is None else count, examples, sentence)


def tickets(number: int) -> str:
    """A number of tickets in words.

    >>> tickets(1), tickets(1556)
    ('1 ticket', '1,556 tickets')
    """
    return "1 ticket" if number == 1 else f"{number:,} tickets"
