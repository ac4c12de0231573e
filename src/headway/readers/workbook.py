"""XLSX workbooks: the first sheet that holds a table."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

import pyarrow as pa

from headway.errors import InputError
from headway.readers import archive
from headway.readers.columns import INSTANT, TEXT, own_names
from headway.readers.container import Compression, whole
from headway.readers.origin import Origin
from headway.readers.sheetarea import reach, width
from headway.sources import RawTable

# A cell takes more than a byte of XML: a sheet with more room than bytes is mostly empty.
AREA_FLOOR = 20_000_000
HEADER_SEARCH = 50  # rows in which the header is looked for
NOTHING = ("", None)
Row = list[object]


@dataclass(frozen=True)
class _Sheet:
    header: list[str]
    rows: list[Row]
    lines: list[int]
    skipped: int


def read_workbook(origin: Origin, compression: Compression) -> RawTable:
    """The rows of the first sheet with a header and at least one row below it."""
    from python_calamine import CalamineError, CalamineWorkbook

    handle = whole(origin, compression)
    _check_areas(handle, archive.check_workbook(handle, origin.label), origin.label)
    handle.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(handle)
        found = next(
            (
                (name, sheet)
                for name in book.sheet_names
                if (sheet := _table_of(_cells(book, name))) is not None
            ),
            None,
        )
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(
            f"{origin.label} is a damaged workbook or protected by a password; "
            "save it again as .xlsx or CSV."
        ) from error
    if found is None:
        raise InputError(f"{origin.label} has no sheet with a header and rows; export it again.")
    name, sheet = found
    table = _columns(sheet)
    return RawTable(
        name=origin.name,
        table=table,
        format="xlsx",
        sha256=origin.sha256(),
        lines=pa.array(sheet.lines, pa.int64()),
        compression=compression,
        warnings=_warnings(name, sheet, [other for other in book.sheet_names if other != name]),
    )


def _check_areas(handle: IO[bytes], sheets: list[tuple[str, int]], label: str) -> None:
    # The reader lays a sheet out in full, from its first cell to its last.
    with archive.damage(label), zipfile.ZipFile(handle) as book:
        for name, size in sheets:
            with book.open(name) as part:
                column, row = reach(part)
            if width(column) * row > max(AREA_FLOOR, size):
                raise InputError(
                    f"{label} has a sheet that reaches to cell {column}{row}; delete the empty "
                    "cells around the table or save it as CSV."
                )


def _cells(book: object, name: str) -> list[Row]:
    sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    rows: list[Row] = sheet.to_python(skip_empty_area=False)
    return rows


def _filled(row: Row) -> int:
    return sum(cell not in NOTHING for cell in row)


def _table_of(cells: list[Row]) -> _Sheet | None:
    """The table of a sheet: its header is the first row about as full as the fullest."""
    fill = [_filled(row) for row in cells[:HEADER_SEARCH]]
    widest = max(fill, default=0)
    if not widest:
        return None
    top = next(place for place, filled in enumerate(fill) if 2 * filled > widest)
    lines = [
        place
        for place in range(top + 1, len(cells))
        if any(cell not in NOTHING for cell in cells[place])
    ]
    if not lines:
        return None
    return _Sheet(
        header=[_word(cell) or "" for cell in cells[top]],
        rows=[cells[place] for place in lines],
        lines=[place + 1 for place in lines],
        skipped=sum(filled > 0 for filled in fill[:top]),
    )


def _columns(sheet: _Sheet) -> pa.Table:
    names = [name.strip() for name in sheet.header]
    columns = [_column(cells) for cells in zip(*sheet.rows, strict=True)]
    kept = [
        place
        for place, (name, column) in enumerate(zip(names, columns, strict=True))
        if name or column.null_count < len(column)
    ]
    shown = [names[place] or f"column {place + 1}" for place in kept]
    return pa.table([columns[place] for place in kept], names=own_names(shown))


def _column(cells: Iterable[object]) -> pa.Array:
    values = [None if cell == "" else cell for cell in cells]
    kinds = {type(value) for value in values} - {type(None)}
    if kinds and kinds <= {dt.datetime, dt.date}:
        return pa.array([_instant(value) for value in values], INSTANT)
    # True and 1 are equal as keys, so the type is part of the key.
    words: dict[tuple[type, object], str | None] = {}
    texts = []
    for value in values:
        key = (type(value), value)
        if key not in words:
            words[key] = _word(value)
        texts.append(words[key])
    return pa.array(texts, pa.string()).dictionary_encode().cast(TEXT)


def _instant(cell: object) -> object:
    """Midnight for a day, as Arrow takes no mixture of the two."""
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return dt.datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - sheets have no zone
    return cell


def _word(cell: object) -> str | None:
    match cell:
        case None | "":
            return None
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case dt.timedelta():
            seconds = round(cell.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case dt.datetime():
            return cell.isoformat(sep=" ")
        case dt.date() | dt.time():
            return cell.isoformat()
        case _:
            return str(cell)


def _warnings(name: str, sheet: _Sheet, others: list[str]) -> tuple[str, ...]:
    warnings = []
    if others:
        listed = ", ".join(repr(other) for other in others[:5])
        warnings.append(f"Sheet {name!r} was read; the others were not: {listed}.")
    if sheet.skipped:
        warnings.append(f"{sheet.skipped} rows above the header were passed over.")
    return tuple(warnings)
