"""Columns of a source as codes and distinct values, so that each text is interpreted once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from headway.calendars import Clock, utc_seconds
from headway.mapping import dates, flags, numbers
from headway.mapping.model import ColumnRole

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Instants = npt.NDArray[np.datetime64]  # seconds in UTC, NaT where not known
Numbers = npt.NDArray[np.float64]  # NaN where not known
Flags = npt.NDArray[np.int8]  # 1, 0, and -1 where not known
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Words:
    """A column of text: distinct texts, and for each row the place of its text or -1."""

    texts: pa.StringArray
    codes: Codes

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def known(self) -> Bools:
        return self.codes >= 0

    def take(self, rows: Ints) -> Words:
        """The texts of ``rows``; a row of -1 is not known."""
        return Words(self.texts, np.where(rows < 0, np.int32(-1), self.codes[rows]))

    def ranks(self) -> Ints:
        """Place of each row's text in alphabetical order, -1 where not known."""
        place = np.empty(len(self.texts) + 1, np.int64)
        place[np.asarray(pc.sort_indices(self.texts))] = np.arange(len(self.texts))
        place[-1] = -1
        return place[self.codes]

    def spread(self, per_text: npt.NDArray[np.generic], unknown: object) -> npt.NDArray[np.generic]:
        """One value per row from one value per text."""
        return np.append(per_text, np.array([unknown], per_text.dtype))[self.codes]

    def counts(self) -> Ints:
        """Rows that hold each text."""
        return np.bincount(self.codes[self.known], minlength=len(self.texts))

    def strings(self) -> pa.StringArray:
        """The text of each row, written out."""
        return self.arrow().cast(pa.string())

    def arrow(self) -> pa.DictionaryArray:
        """The column as a canonical table holds it."""
        indices = pa.array(self.codes, pa.int32(), mask=~self.known)
        return pa.DictionaryArray.from_arrays(indices, self.texts)


def words(column: pa.Array, missing: tuple[str, ...] = ()) -> Words:
    """The texts of a raw column without outer blanks; markers and empty cells are not known."""
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    texts = pc.utf8_trim_whitespace(column.dictionary.cast(pa.string()))
    nothing = pa.array(["", *(marker.strip() for marker in missing)], pa.string())
    texts = pc.if_else(pc.is_in(texts, value_set=nothing), pa.scalar(None, pa.string()), texts)
    distinct = texts.dictionary_encode()  # trimming may have made two texts one
    places = np.append(_filled(distinct.indices, -1), -1).astype(np.int32)
    return Words(distinct.dictionary, places[_filled(column.indices, -1)])


def nothing(rows: int) -> Words:
    """A column of text in which nothing is known."""
    return Words(pa.array([], pa.string()), np.full(rows, -1, np.int32))


def same(text: str, rows: int) -> Words:
    """A column that holds one text."""
    return Words(pa.array([text]), np.zeros(rows, np.int32))


def instants(column: pa.Array, role: ColumnRole, clock: Clock) -> tuple[Instants, Bools]:
    """Instants of a raw column in UTC, and the rows whose text is no instant."""
    if pa.types.is_timestamp(column.type):
        return _typed(column, clock), np.zeros(len(column), bool)
    text = words(column, role.missing)
    parsed = dates.parse(text.texts, role.date_format)
    seconds, known = _filled(parsed.cast(pa.int64()), 0), np.asarray(parsed.is_valid())
    if not dates.is_utc(role.date_format):
        seconds[known] = utc_seconds(clock, seconds[known])
    return _spread_seconds(text, seconds, known)


def _spread_seconds(text: Words, seconds: Ints, known: Bools) -> tuple[Instants, Bools]:
    per_text = np.where(known, seconds.astype("M8[s]"), np.datetime64("NaT", "s"))
    rows = text.spread(per_text, "NaT")
    return rows.astype("M8[s]"), text.known & np.isnat(rows.astype("M8[s]"))


def _typed(column: pa.Array, clock: Clock) -> Instants:
    known = np.asarray(column.is_valid())
    seconds = _filled(column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64()), 0)
    seconds = seconds // 1_000_000
    if column.type.tz is None:
        seconds[known] = utc_seconds(clock, seconds[known])
    return np.where(known, seconds.astype("M8[s]"), np.datetime64("NaT", "s"))


def figures(text: Words) -> tuple[Numbers, Bools]:
    """Numbers of a column, and the rows whose text is none."""
    parsed = numbers.parse(text.texts)
    values = np.asarray(pc.fill_null(parsed, float("nan")), np.float64)
    rows = text.spread(values, np.nan).astype(np.float64)
    return rows, text.known & np.isnan(rows)


def truths(text: Words) -> tuple[Flags, Bools]:
    """Yes and no of a column, and the rows whose text is neither."""
    parsed = flags.parse(text.texts)
    values = _filled(parsed.cast(pa.int8()), -1).astype(np.int8)
    rows = text.spread(values, -1).astype(np.int8)
    return rows, text.known & (rows < 0)


def _filled(values: pa.Array, null: int) -> Ints:
    return np.array(pc.fill_null(values, null), np.int64)
