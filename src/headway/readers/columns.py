"""Arrow columns of any type in the two forms that a ``RawTable`` knows: text and instants."""

from __future__ import annotations

import pyarrow as pa

from headway.errors import InputError

TEXT = pa.dictionary(pa.int32(), pa.string())
INSTANT = pa.timestamp("us")


def one_chunk(table: pa.Table) -> pa.Table:
    """The same table with one dictionary and one chunk per column."""
    return table.unify_dictionaries().combine_chunks()


def checked_names(names: list[str], *, label: str) -> list[str]:
    """The names, nameless columns called by their position; repeated names are refused."""
    named = [name or f"column {place}" for place, name in enumerate(names, start=1)]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        listed = ", ".join(repr(name) for name in twice[:5])
        raise InputError(f"{label} has more than one column named {listed}; rename them.")
    return named
