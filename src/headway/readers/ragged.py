"""Rows that need not have the same columns, gathered into one table block by block."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.errors import InputError
from headway.readers.columns import TEXT, one_chunk, own_names
from headway.sources import RejectedRow

BLOCK_ROWS = 1 << 14
COLUMN_LIMIT = 20_000
CELL_LIMIT = 200_000_000
SHOWN = 80

Fields = dict[str, str | None]


@dataclass
class Ragged:
    """A table that grows by rows of text; a column that a row lacks is null there."""

    label: str
    rejects: list[RejectedRow] = field(default_factory=list)
    _names: dict[str, None] = field(default_factory=dict)
    _blocks: list[pa.Table] = field(default_factory=list)
    _rows: list[Fields] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _done: list[pa.Int64Array] = field(default_factory=list)
    _count: int = 0

    def add(self, row: Fields, line: int) -> None:
        """Take one row that begins on ``line``."""
        if not row.keys() <= self._names.keys():
            if not all(map(_is_text, row)):
                self.reject(line, "a key holds half of a character")
                return
            self._names.update(dict.fromkeys(row))
            self._check()
        self._rows.append(row)
        self._lines.append(line)
        if len(self._rows) >= BLOCK_ROWS:
            self._flush()

    def reject(self, line: int, reason: str, value: str = "") -> None:
        """Count a row that cannot be used."""
        self.rejects.append(RejectedRow(line=line, reason=reason, value=value[:SHOWN]))

    def finished(self) -> tuple[pa.Table, pa.Int64Array]:
        """The whole table and the line of each row."""
        self._flush()
        if not self._count:
            problem = f"{len(self.rejects):,} records but none that can be read"
            raise InputError(
                f"{self.label} has {problem if self.rejects else 'no records'}; "
                "widen the filter of the export or export it again."
            )
        self._check()
        wanted = pa.schema([(name, TEXT) for name in self._names])
        table = pa.concat_tables([wanted.empty_table(), *self._blocks], promote_options="default")
        names = own_names([name.strip() for name in self._names])
        return one_chunk(table.rename_columns(names)), pa.concat_arrays(self._done)

    def _check(self) -> None:
        width, rows = len(self._names), self._count + len(self._rows)
        if width > COLUMN_LIMIT or width * rows > CELL_LIMIT:
            raise InputError(
                f"{self.label} has {width:,} different field names in its first {rows:,} records, "
                "which is no table; export fewer fields."
            )

    def _flush(self) -> None:
        if not self._rows:
            return
        self._count += len(self._rows)
        self._check()
        here = dict.fromkeys(name for row in self._rows for name in row)
        columns = {name: _coded([row.get(name) for row in self._rows]) for name in here}
        # A row without any field keeps its place.
        columns = columns or {"": pa.array([None] * len(self._rows), TEXT)}
        if not here:
            self._names.setdefault("")
        self._blocks.append(pa.table(columns))
        self._done.append(pa.array(np.array(self._lines, np.int64)))
        self._rows, self._lines = [], []


def _is_text(name: str) -> bool:
    """False for half of a surrogate pair, which JSON can write and no text holds."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def _coded(values: list[str | None]) -> pa.Array:
    try:
        array = pa.array(values, pa.string())
    except UnicodeEncodeError:  # as above
        sound = [value and value.encode("utf-8", "replace").decode() for value in values]
        array = pa.array(sound, pa.string())
    coded = array.dictionary_encode().cast(TEXT)
    words = coded.dictionary
    if pc.any(pc.match_substring(words, "\0")).as_py():  # as for any character that is none
        return pc.replace_substring(words, "\0", "\ufffd").take(coded.indices).dictionary_encode()
    return coded
