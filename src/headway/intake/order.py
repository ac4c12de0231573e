"""Order of rows that never depends on the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from headway.intake.cells import Bools, Ints, words

# Odd constants of splitmix64; any fixed odd numbers would do.
_MULTIPLIER, _STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


def ordered(keys: Sequence[Ints], rest: Callable[[Ints], Sequence[Ints]]) -> Ints:
    """Rows sorted by ``keys``, the first key weighing most; ties go by ``rest``.

    ``rest`` is called with the tied rows only and returns further keys for them.
    """
    order = np.lexsort(tuple(reversed(keys))) if len(keys[0]) else np.zeros(0, np.int64)
    equal = np.ones(max(len(order) - 1, 0), bool)
    for key in keys:
        equal &= key[order[1:]] == key[order[:-1]]
    if not equal.any():
        return order
    tied = np.append(False, equal) | np.append(equal, False)
    rows = np.sort(order[tied])
    further = [*(key[rows] for key in keys), *rest(rows)]
    order[tied] = rows[np.lexsort(tuple(reversed(further)))]
    return order


def remaining(table: pa.Table, rows: Ints) -> list[Ints]:
    """Keys from every column of ``rows``, taken by column name."""
    part = table.take(pa.array(rows))
    return [_rank(part.column(name).combine_chunks()) for name in sorted(part.column_names)]


def repeats(table: pa.Table) -> Bools:
    """Rows that are equal in every column to an earlier row."""
    found = np.zeros(table.num_rows, bool)
    if table.num_rows < 2:
        return found
    codes = [_codes(table.column(name).combine_chunks()) for name in table.column_names]
    mixed = np.zeros(table.num_rows, np.uint64)
    for column in codes:
        mixed = (mixed ^ (column.view(np.uint64) + _STEP)) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    _, first, place = np.unique(mixed, return_index=True, return_inverse=True)
    earlier = first[place]
    later = np.flatnonzero(earlier != np.arange(table.num_rows))
    equal = np.ones(len(later), bool)
    for column in codes:  # two different rows may share a hash
        equal &= column[later] == column[earlier[later]]
    found[later[equal]] = True
    return found


def _codes(column: pa.Array) -> Ints:
    if pa.types.is_string(column.type) or pa.types.is_floating(column.type):
        column = column.dictionary_encode()
    if pa.types.is_dictionary(column.type):
        column = column.indices
    return np.array(column.cast(pa.int64()).fill_null(np.iinfo(np.int64).min), np.int64)


def _rank(column: pa.Array) -> Ints:
    if pa.types.is_string(column.type):  # ids and titles: by value, not by first appearance
        column = column.dictionary_encode()
    return words(column).ranks() if pa.types.is_dictionary(column.type) else _codes(column)
