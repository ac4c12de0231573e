"""The file of rows that could not be used."""

from __future__ import annotations

import csv
import io

from headway.records import Records
from headway.spreadsheets import neutral

HEADER = ("source", "line", "reason", "column", "value")


def rejects_csv(records: Records) -> str:
    """Source, line, reason, column and value of each rejected row as CSV.

    A cell that a spreadsheet would run as a formula gets a leading apostrophe.

    Examples
    --------
    >>> from headway.records import SCHEMAS, empty
    >>> rejects_csv(Records(*map(empty, SCHEMAS), rows_read=0, rows_rejected=0)).split()
    ['source,line,reason,column,value']
    """
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([neutral(cell) for cell in row] for row in records.rejects)
    return page.getvalue()
