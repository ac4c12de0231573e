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
    *,
    seen: str,
    done: str,
    count: int | None = None,
) -> Doubt:
    """A doubt about ``concerned`` (ids or values), whose first ones in order are its examples.

    >>> doubt("no_opened_at", "opened_at", ["B", "A"], seen="Tickets undated", done="left out")
    ... # doctest: +ELLIPSIS
    Doubt(..., count=2, examples=('A', 'B'), sentence='Tickets undated: 2; left out.')
    """
    number = len(concerned) if count is None else count
    names = pc.unique(pa.array(concerned, pa.string()))
    first = pc.select_k_unstable(names, k=min(SHOWN, len(names)), sort_keys=[("", "ascending")])
    examples = tuple(names.take(first).to_pylist())
    return Doubt(code, column, number, examples, f"{seen}: {number:,}; {done}.")


def quoted(values: Sequence[str]) -> str:
    """The first three values as they stood.

    >>> quoted(["a", "b", "c", "d"])
    "'a', 'b', 'c'"
    """
    return ", ".join(f"'{value}'" for value in values[:3])
