"""The line of the source on which each row begins."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from headway.readers.dialect import BREAK

Ints = npt.NDArray[np.int64]


def line_breaks(table: pa.Table) -> Ints | None:
    """Line breaks inside the values of each row; None when there are none at all."""
    total: Ints | None = None
    for column in table.columns:
        for chunk in column.chunks:
            per_value = pc.count_substring_regex(chunk.dictionary, BREAK.pattern)
            counts = np.asarray(per_value, dtype=np.int64)
            if counts.any():
                total = np.zeros(table.num_rows, np.int64) if total is None else total
                total += counts[chunk.indices.to_numpy()]
    return total


def numbered(
    rows: int, *, first: int, breaks: Ints | None, rejected: list[tuple[int, int]]
) -> tuple[Ints, list[int]]:
    """Lines of the kept and of the rejected rows.

    ``rejected`` holds the place among all rows (from 1) of each rejected row, and the line
    breaks inside it.
    """
    total = rows + len(rejected)
    is_rejected = np.zeros(total, bool)
    places = np.array([place - 1 for place, _ in rejected], dtype=np.int64)
    is_rejected[places] = True
    height = np.ones(total, np.int64)
    if breaks is not None:
        height[~is_rejected] += breaks
    height[places] += np.array([inside for _, inside in rejected], dtype=np.int64)
    begins = first + np.cumsum(height) - height
    return begins[~is_rejected], begins[places].tolist()
