"""How far a sheet of a workbook reaches, told from its XML without laying it out."""

from __future__ import annotations

import re
from typing import IO

CHUNK = 1 << 20
OVERLAP = 64  # a cell's reference may be cut by the end of a chunk
ROW = re.compile(rb'\sr\s*=\s*["\']([0-9]{1,9})["\']')
# Letters by their number: most sheets have none of the longest, which is found out fast.
COLUMNS = tuple(re.compile(rb'\sr\s*=\s*["\']([A-Z]{%d})[0-9]' % letters) for letters in (3, 2, 1))
CELL_ROW = re.compile(rb'\sr\s*=\s*["\'][A-Z]{1,3}([0-9]{6,9})["\']')


def reach(part: IO[bytes]) -> tuple[str, int]:
    """The last column, in letters, and the last row of a sheet.

    >>> import io
    >>> reach(io.BytesIO(b'<row r="1"><c r="A1"/></row><row r="12"><c r="AB12"/></row>'))
    ('AB', 12)
    """
    column, row, held = b"A", 1, b""
    while data := part.read(CHUNK):
        text = held + data
        row = max([row, *map(int, set(ROW.findall(text))), *map(int, set(CELL_ROW.findall(text)))])
        for pattern in COLUMNS:
            if found := _last(pattern, text, column):
                column = found
                break
        held = text[-OVERLAP:]
    return column.decode(), row


def _last(pattern: re.Pattern[bytes], text: bytes, known: bytes) -> bytes:
    found = max(set(pattern.findall(text)), default=b"")
    return max(found, known, key=lambda letters: (len(letters), letters)) if found else b""


def width(letters: str) -> int:
    """The number of a column, from 1.

    >>> width("A"), width("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
