"""How a delimited text is written: its delimiter, its header, where the rows begin."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import islice
from statistics import median

from headway.errors import InputError

DELIMITERS = (",", ";", "\t", "|")
NONE = "\x1f"  # what the parser is given for a table of one column: no export contains it
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
BREAK = re.compile(r"\r\n|\r|\n")
SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n])"?\s*', re.IGNORECASE)
SAMPLED_ROWS = 200
HEADER_SEARCH = 20
STRIPPED = " \t\r\n\v\f\u00a0\u200b\ufeff"


@dataclass(frozen=True)
class Dialect:
    """What the first lines say about the whole.

    Attributes
    ----------
    delimiter
        One character.
    names
        Header names, stripped.
    extra
        True when every row ends with a delimiter that the header lacks.
    header_bytes
        UTF-8 bytes up to the first row.
    header_lines
        Lines up to the first row.
    warning
        What was passed over above the header, or an empty string.
    """

    delimiter: str
    names: tuple[str, ...]
    extra: bool
    header_bytes: int
    header_lines: int
    warning: str = ""


def detect(sample: str, *, is_whole: bool, label: str) -> Dialect:
    """The dialect of a text from its first lines."""
    lines = LINE.findall(sample)
    if not is_whole:
        lines.pop()  # its end may be missing
        if not lines:
            raise InputError(f"{label} has a first line too long for a header; export it again.")
    given = SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    before = 1 if given else 0
    while before < len(lines) and not lines[before].strip(STRIPPED):
        before += 1
    titles = _title_lines(lines[before:], (given.group(1),) if given else DELIMITERS)
    before += titles
    body = lines[before:]
    if not body:
        raise InputError(f"{label} is empty; export the records again.")
    delimiter = given.group(1) if given else _delimiter(body)
    if not delimiter.isascii():
        raise InputError(
            f"{label} declares the delimiter {delimiter!r}; use a comma or a semicolon."
        )
    rows, header_lines = _rows(body, delimiter)
    if not rows:
        raise InputError(f"{label} has a header that does not end; check its quotes.")
    header, *rest = rows
    width = len(header)
    full = [row for row in rest if any(row)]
    header_end = before + header_lines
    return Dialect(
        delimiter=delimiter,
        names=tuple(name.strip(STRIPPED) for name in header),
        extra=bool(full) and all(len(row) == width + 1 and not row[-1] for row in full),
        header_bytes=len("".join(lines[:header_end]).encode()),
        header_lines=header_end,
        warning=f"{titles} lines above the header were passed over." if titles else "",
    )


def _title_lines(lines: list[str], delimiters: tuple[str, ...]) -> int:
    """Lines above the header: titles fill far fewer fields than most rows below them."""
    most, above = 2.0, 0
    for delimiter in delimiters:
        rows, _ = _rows(lines, delimiter)
        fill = [sum(1 for cell in row if cell.strip()) for row in rows if any(row)]
        usual = median(fill) if len(fill) > 1 else 0
        if usual > most:
            most, above = usual, _lines_to(lines, delimiter, usual)
    return above


def _lines_to(lines: list[str], delimiter: str, usual: float) -> int:
    """Lines before the first row with half as many values as ``usual``, if it comes early."""
    reader = csv.reader(lines, delimiter=delimiter)
    done = 0
    for row in islice(reader, HEADER_SEARCH):
        if 2 * sum(1 for cell in row if cell.strip()) > usual:
            return done
        done = reader.line_num
    return 0


def _rows(lines: list[str], delimiter: str) -> tuple[list[list[str]], int]:
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[list[str]] = []
    header_lines = 0
    try:
        for row in reader:
            header_lines = header_lines or reader.line_num
            rows.append(row)
            if len(rows) > SAMPLED_ROWS:
                break
    except csv.Error:  # a value longer than the module allows: an open quote
        pass
    return rows, header_lines


def _delimiter(lines: list[str]) -> str:
    best, best_score = NONE, (0.0, 0)
    for delimiter in DELIMITERS:
        rows, _ = _rows(lines, delimiter)
        width = len(rows[0]) if rows else 0
        if width < 2:
            continue
        rest = [row for row in rows[1:] if any(row)]
        fitting = sum(len(row) in (width, width + 1) for row in rest)
        share = round(fitting / len(rest), 1) if rest else 1.0
        best, best_score = max((best, best_score), (delimiter, (share, width)), key=lambda x: x[1])
    return best
