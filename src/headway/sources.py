"""What a reader hands on: the rows as they stood in the source, before any meaning is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

Format = Literal["csv", "xlsx", "parquet", "json", "jsonl", "xes", "frame"]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not be used, and why.

    Attributes
    ----------
    line
        Line in the source at which the row begins, counted from 1, the header included;
        for Parquet and frames the row number counted from 1.
    reason
        One clause in plain words, without the row's other values.
    column
        The column at fault, or an empty string when the whole row is.
    value
        The offending value, shortened to 80 characters, or an empty string.
    """

    line: int
    reason: str
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class RawTable:
    """One source as read: text and instants in columns, nothing interpreted.

    Attributes
    ----------
    name
        File name without folders, "standard input", or "frame".
    table
        One chunk per column. Every column is either ``dictionary<int32, string>`` (text,
        numbers and booleans as written; an empty cell is ``""`` in CSV, null elsewhere) or
        ``timestamp[us]`` with or without a zone (typed instants of XLSX, Parquet, frames).
        Column names are as in the source, stripped; a repeated name is numbered: "Labels (2)".
    format
        Kind of container it came from.
    encoding, delimiter, compression
        As detected; empty strings where they do not apply.
    sha256
        Of the bytes read (of the Arrow IPC form for a frame), hexadecimal.
    lines
        Line of each row of ``table`` in the source, int64, same length as the table.
    rejects
        Rows that were read but could not be split into the header's columns.
    warnings
        Sentences about the container: an odd encoding, several sheets, and the like.
    """

    name: str
    table: pa.Table = field(repr=False)
    format: Format
    sha256: str
    lines: pa.Int64Array
    encoding: str = ""
    delimiter: str = ""
    compression: str = ""
    rejects: tuple[RejectedRow, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = field(default=())

    @property
    def rows_read(self) -> int:
        """Rows in the source below the header, used or not."""
        return int(self.table.num_rows) + len(self.rejects)
