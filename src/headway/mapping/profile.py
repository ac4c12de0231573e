"""What a column holds: its distinct values, how often each, and how many fit a role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.mapping import dates, flags, kinds, numbers
from headway.mapping.digits import Ints
from headway.mapping.roles import Content

# Markers that mean nothing else, and words that a source may also use as a value of its own.
MARKERS = (
    "?", "??", "-", "--", "---", ".", "n/a", "#n/a", "null", "(null)", "<null>", "nan", "nat",
    "(empty)", "(leer)", "(blank)", "\\n", "n.a.", "k.a.", "k. a.",
)  # fmt: skip
DOUBTFUL = ("none", "na", "unknown", "unbekannt", "undefined", "nil", "not specified", "(none)")
_SAMPLE = 200


@dataclass(frozen=True)
class Profile:
    """One column, by its distinct values.

    Attributes
    ----------
    name
        As in the source.
    values, counts
        Distinct known values (empty cells and certain markers taken out), and rows of each.
    missing
        Markers found, as written.
    doubtful
        Words found that may be markers, with their rows.
    rows
        Rows of the source.
    typed
        The column's type when it holds instants rather than text.
    """

    name: str
    values: pa.StringArray
    counts: Ints
    missing: tuple[str, ...]
    doubtful: tuple[tuple[str, int], ...]
    rows: int
    typed: pa.DataType | None = None

    @property
    def known(self) -> int:
        """Rows with a value."""
        return int(self.counts.sum())

    def fitting(self, content: Content) -> int:
        """Rows whose value is of this content."""
        if content == "instant":
            return self.known if self.typed is not None else self.decision.parsed
        if self.typed is not None:
            return 0
        if content == "number":
            return self._rows(numbers.parse(self.values).is_valid())
        if content == "flag":
            return self._rows(flags.parse(self.values).is_valid())
        return self.known

    @cached_property
    def decision(self) -> dates.DateDecision:
        """The format of its dates by its own values alone; cheap for a column without dates."""
        sample = self.values.slice(0, _SAMPLE)
        tried = dates.decide(sample)
        if tried.parsed == 0 and len(self.values) > _SAMPLE:
            sample = self.values.slice(len(self.values) - _SAMPLE)
            tried = dates.decide(sample)
        if tried.parsed == 0:
            return dates.decide(self.values.slice(0, 0))
        return self.dates(None)

    def dates(self, order: dates.Order | None) -> dates.DateDecision:
        """The format of its dates, in ``order`` where its values do not prove one."""
        return dates.decide(self.values, self.counts, order=order)

    @cached_property
    def looks_dated(self) -> bool:
        """Nine in ten values are dates, and not merely bare numbers."""
        if self.typed is not None:
            return True
        if not self.known or self.decision.format in ("epoch-s", "epoch-ms", "excel", "compact"):
            return False
        return self.decision.parsed >= 0.9 * self.known

    @cached_property
    def kinds(self) -> pa.StringArray:
        """Kind of record that each distinct value names, or null."""
        return kinds.parse(self.values)

    def without(self, words: tuple[str, ...]) -> Profile:
        """The same with the doubtful ``words`` read as missing too."""
        found = tuple(word for word, _ in self.doubtful if word.strip().lower() in words)
        if not found:
            return self
        keep = pc.invert(pc.is_in(self.values, value_set=pa.array(found)))
        rest = tuple(pair for pair in self.doubtful if pair[0] not in found)
        return Profile(
            self.name,
            self.values.filter(keep),
            self.counts[np.asarray(keep)],
            (*self.missing, *found),
            rest,
            self.rows,
        )

    def _rows(self, marks: pa.BooleanArray) -> int:
        return int(self.counts[np.asarray(marks)].sum())


def profile(name: str, column: pa.ChunkedArray) -> Profile:
    """Look at one column of a ``RawTable``."""
    array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if not pa.types.is_dictionary(array.type):
        known = np.array([len(array) - array.null_count], np.int64)
        texts = pc.cast(array.drop_null().slice(0, 3), pa.string())
        counts = np.append(known, np.zeros(len(texts), np.int64))[: len(texts)]
        return Profile(name, texts, counts, (), (), len(array), array.type)
    codes = np.asarray(pc.fill_null(array.indices, len(array.dictionary)))
    counts = np.bincount(codes, minlength=len(array.dictionary) + 1)[: len(array.dictionary)]
    texts = array.dictionary.cast(pa.string())
    plain = pc.utf8_lower(pc.utf8_trim_whitespace(texts))
    used = counts > 0
    marks = np.asarray(pc.fill_null(pc.is_in(plain, value_set=_MARKERS), True)) & used
    doubts = np.flatnonzero(np.asarray(pc.is_in(plain, value_set=_DOUBTFUL)) & used)
    empty = np.asarray(pc.fill_null(pc.equal(plain, ""), True))
    keep = used & ~marks & ~empty
    return Profile(
        name,
        texts.filter(pa.array(keep)),
        counts[keep].astype(np.int64),
        tuple(word for word in texts.filter(pa.array(marks & ~empty)).to_pylist() if word),
        tuple((str(texts[int(i)]), int(counts[i])) for i in doubts),
        len(array),
    )


_MARKERS = pa.array(MARKERS, pa.string())
_DOUBTFUL = pa.array(DOUBTFUL, pa.string())
