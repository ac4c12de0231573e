"""Arrow columns of any type in the two forms that a ``RawTable`` knows: text and instants."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.errors import InputError

TEXT = pa.dictionary(pa.int32(), pa.string())
BREAKS = re.compile(r"\s*[\r\n]+\s*")
INSTANT = pa.timestamp("us")
DATED = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{2,4}([ T,].*)?")


def one_chunk(table: pa.Table) -> pa.Table:
    """The same table with one dictionary and one chunk per column."""
    return table.unify_dictionaries().combine_chunks()


def counted(rows: int) -> pa.Int64Array:
    """Row numbers from 1, for sources without lines."""
    return pa.array(np.arange(1, rows + 1))


def own_names(names: Sequence[str]) -> list[str]:
    """A name of its own for each column, the nameless ones called by their place.

    >>> own_names(["Comment", "Comment", ""])
    ['Comment', 'Comment (2)', 'column 3']
    """
    # A line break in a name would break every sentence that says it.
    flat = [BREAKS.sub(" ", name) for name in names]
    named = [name or f"column {place}" for place, name in enumerate(flat, start=1)]
    taken = set(named)
    seen: set[str] = set()
    own: list[str] = []
    numbers: dict[str, int] = {}  # so that ten thousand columns of one name cost no more
    for name in named:
        mine, number = name, numbers.get(name, 2)
        while mine in seen or (mine != name and mine in taken):
            mine, number = f"{name} ({number})", number + 1
        numbers[name] = number
        seen.add(mine)
        own.append(mine)
    return own


def renamed(names: Sequence[str]) -> tuple[str, ...]:
    """A sentence that names the columns of one name, where there are any."""
    there = set(names)
    twice = sorted(name for name in there if f"{name} (2)" in there)
    if not twice:
        return ()
    listed = ", ".join(repr(name) for name in twice[:5])
    return (f"Several columns are named {listed}; the later ones are read as '{twice[0]} (2)'.",)


def refuse_data_as_header(table: pa.Table, *, label: str) -> None:
    """Raise InputError where a column of dates has a date for its name: the header is missing.

    The message holds no value, as any of them may be a person.
    """
    for name, column in zip(table.column_names, table.columns, strict=True):
        if DATED.fullmatch(name) and _first_is_dated(column):
            raise InputError(
                f"{label} has no line with the names of its columns: the first line holds a date "
                "already; export it with a header."
            )


def _first_is_dated(column: pa.ChunkedArray) -> bool:
    if pa.types.is_timestamp(column.type):
        return True
    words = (value.as_py() for chunk in column.chunks for value in chunk.dictionary[:5])
    return any(DATED.fullmatch(word) for word in words if word)


def plain(table: pa.Table) -> tuple[pa.Table, tuple[str, ...]]:
    """The table with text and instants only, and a sentence for what was left out."""
    names = own_names([str(name).strip() for name in table.column_names])
    columns = [_column(column) for column in table.columns]
    left_out = [name for name, column in zip(names, columns, strict=True) if column is None]
    kept = {name: column for name, column in zip(names, columns, strict=True) if column is not None}
    listed = ", ".join(repr(name) for name in left_out)
    warnings = (f"Nested or binary columns were not read: {listed}.",) if left_out else ()
    return one_chunk(pa.table(kept)), warnings


def _column(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    kind = column.type
    types = pa.types
    if types.is_dictionary(kind):
        return _column(_decoded(column))
    if types.is_timestamp(kind):
        # Finer than a microsecond is cut off: no desk measures it.
        return column.cast(pa.timestamp("us", kind.tz), safe=False)
    if types.is_date(kind):
        return column.cast(INSTANT)
    if types.is_duration(kind):
        seconds = pc.divide(column.cast(pa.duration("us")).cast(pa.int64()).cast("double"), 1e6)
        return _text(seconds)
    if types.is_nested(kind) or _is_binary(kind):
        return None
    return _text(column)


def _decoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    # Not by a cast: Arrow has none for the string views that Polars codes its words with.
    kind = column.type.value_type
    kind = pa.string() if pa.types.is_string_view(kind) else kind
    chunks = [chunk.dictionary.cast(kind).take(chunk.indices) for chunk in column.chunks]
    return pa.chunked_array(chunks, kind)


def _is_binary(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
        or types.is_binary_view(kind)
    )


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_floating(column.type):
        column = _numbers(column)
    encoded = column.cast(pa.string()).dictionary_encode()
    return encoded.cast(TEXT)


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Without NaN, and as integers where a missing value alone made them floating."""
    values = pc.if_else(pc.is_nan(column), None, column)
    try:
        return values.cast(pa.int64())
    except pa.ArrowInvalid:
        return values
