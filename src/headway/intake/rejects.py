"""The file of rows that could not be used."""

from __future__ import annotations

import csv
from pathlib import Path

from headway.errors import OutputError
from headway.records import Records

HEADER = ("source", "line", "reason", "column", "value")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rejects(records: Records, path: str | Path) -> None:
    """Write source, line, reason, column and value of each rejected row as CSV in UTF-8.

    A cell that a spreadsheet would run as a formula gets a leading apostrophe.

    Raises
    ------
    OutputError
        When the file cannot be written.

    Examples
    --------
    >>> import os
    >>> from headway.records import SCHEMAS, empty
    >>> nothing = Records(*map(empty, SCHEMAS), rows_read=0, rows_rejected=0)
    >>> write_rejects(nothing, os.devnull)
    """
    try:
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for source, line, reason, column, value in records.rejects:
                texts = [harmless(text) for text in (source, reason, column, value)]
                writer.writerow([texts[0], line, *texts[1:]])
    except OSError as error:
        raise OutputError(
            f"The rejected rows could not be written to '{path}': {error.strerror}."
        ) from error


def harmless(text: str) -> str:
    """The text as a spreadsheet cell that is never run.

    >>> harmless("=1+1"), harmless("plain")
    ("'=1+1", 'plain')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
