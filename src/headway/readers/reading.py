"""The way in: any file to a ``RawTable``."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

from headway.readers.columns import refuse_data_as_header, renamed
from headway.readers.container import compression_of, content_of
from headway.readers.delimited import read_delimited
from headway.readers.eventlog import read_event_log
from headway.readers.jsonrecords import read_json
from headway.readers.origin import opened
from headway.readers.parquet import read_parquet
from headway.readers.workbook import read_workbook
from headway.sources import RawTable

READERS = {
    "csv": read_delimited,
    "zip": read_workbook,
    "parquet": read_parquet,
    "json": read_json,
    "xes": read_event_log,
}


def read(
    source: str | os.PathLike[str] | BinaryIO,
    *,
    name: str | None = None,
    on_progress: Callable[[int, int | None], None] | None = None,
) -> RawTable:
    r"""Read a table of records from a file.

    Delimited text in any common encoding and dialect, XLSX, Parquet, JSON, JSON Lines and XES;
    plain or packed with gzip, zstd, xz, bzip2 or as the one file of a zip archive. What it is, is
    told by the content and never by the name.

    Parameters
    ----------
    source
        A path, ``"-"`` for standard input, or a file object open in binary mode. What cannot
        be read twice is kept in memory or in a nameless temporary file meanwhile.
    name
        Name of the source in messages and results; the file's own name when not given.
    on_progress
        Called now and then with the bytes of the file done and their total, which is None
        while standard input is still coming in.

    Returns
    -------
    RawTable
        The rows as they stand, with rejected rows, encoding and hash.

    Raises
    ------
    InputError
        When there is no table in it: missing, empty, damaged, or of another kind.

    Examples
    --------
    >>> import io
    >>> raw = read(io.BytesIO(b"Number;Opened\n1;2026-01-05\n2;2026-01-06\n"))
    >>> raw.delimiter, raw.table.column_names, raw.lines.to_pylist()
    (';', ['Number', 'Opened'], [2, 3])
    """
    with opened(source, name=name, on_progress=on_progress) as origin:
        compression = compression_of(origin)
        raw = READERS[content_of(origin, compression)](origin, compression)
        refuse_data_as_header(raw.table, label=origin.label)
        return replace(raw, warnings=(*raw.warnings, *renamed(raw.table.column_names)))
