"""Canonical columns as NumPy arrays, read once and without a copy of the words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

UNKNOWN = int(np.iinfo(np.int64).min)


def known(table: pa.Table, name: str) -> bool:
    """Whether the column holds at least one value."""
    return bool(table.num_rows > table.column(name).null_count)


def instants(table: pa.Table, name: str) -> Ints:
    """Seconds since 1970 in UTC, ``UNKNOWN`` where there is no value, shape (rows,)."""
    column = table.column(name).cast(pa.int64())
    return np.asarray(pc.fill_null(column, UNKNOWN).to_numpy(), dtype=np.int64)


def codes(table: pa.Table, name: str) -> tuple[Codes, tuple[str, ...]]:
    """Position of each row's word in the second result, -1 where there is none."""
    column = table.column(name)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    merged = column.unify_dictionaries().combine_chunks()
    if isinstance(merged, pa.ChunkedArray):
        if merged.num_chunks == 0:
            return np.zeros(0, dtype=np.int32), ()
        merged = merged.chunk(0)
    indices = pc.fill_null(merged.indices, -1).to_numpy(zero_copy_only=False)
    return np.asarray(indices, dtype=np.int32), tuple(merged.dictionary.to_pylist())


def numbers(table: pa.Table, name: str) -> Floats:
    """Values as float64, NaN where there is none, shape (rows,)."""
    column = table.column(name).cast(pa.float64())
    return np.asarray(pc.fill_null(column, np.nan).to_numpy(), dtype=np.float64)


def truth(table: pa.Table, name: str) -> npt.NDArray[np.int8]:
    """1 for true, 0 for false, -1 where it is not known, shape (rows,)."""
    column = table.column(name).cast(pa.int8())
    return np.asarray(pc.fill_null(column, -1).to_numpy(), dtype=np.int8)


def words_in(column: tuple[Codes, tuple[str, ...]], wanted: frozenset[str]) -> Flags:
    """Rows whose word, without case and surrounding blanks, is one of ``wanted``."""
    row_codes, words = column
    hit = np.array([(w or "").strip().casefold() in wanted for w in words] + [False], dtype=bool)
    return np.asarray(hit[row_codes])
