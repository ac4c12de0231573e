"""The runs of digits in each text, as integers, found for all texts at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
LONGEST = 18  # digits that int64 holds for certain


@dataclass(frozen=True)
class Runs:
    """Runs of digits of many texts, flat; run ``k`` of text ``i`` stands at ``first[i] + k``."""

    first: Ints
    values: Ints
    lengths: Ints

    def value(self, rows: Ints, k: int) -> Ints:
        """Value of run ``k`` for each of ``rows``, which must all have that many runs."""
        return self.values[self.first[rows] + k]

    def length(self, rows: Ints, k: int) -> Ints:
        """Number of digits of run ``k`` for each of ``rows``."""
        return self.lengths[self.first[rows] + k]


def runs(texts: pa.StringArray) -> Runs:
    """Find the runs of ASCII digits in ``texts``; a run of over 18 digits has the value -1."""
    offsets = np.frombuffer(texts.buffers()[1], np.int32)
    offsets = offsets[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    data = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
    flat = data[: offsets[-1]].astype(np.int64) - ord("0")
    digit = (flat >= 0) & (flat <= 9)
    digit[: offsets[0]] = False
    edge = np.zeros(len(flat) + 1, np.bool_)
    edge[offsets] = True
    before = np.concatenate(([False], digit[:-1])) if len(digit) else digit
    after = np.concatenate((digit[1:], [False])) if len(digit) else digit
    starts = np.flatnonzero(digit & (~before | edge[:-1]))
    ends = np.flatnonzero(digit & (~after | edge[1:]))
    lengths = ends - starts + 1
    values = np.zeros(len(starts), np.int64)
    for power in range(min(int(lengths.max(initial=0)), LONGEST)):
        there = lengths > power
        values[there] += flat[ends[there] - power] * 10**power
    values[lengths > LONGEST] = -1
    return Runs(np.searchsorted(starts, offsets[:-1]), values, lengths)
