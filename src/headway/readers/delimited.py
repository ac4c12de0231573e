"""Delimited text (CSV and its relatives) of any encoding, parsed by Arrow block by block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from headway.errors import InputError
from headway.readers import dialect as dialects
from headway.readers import encoding as encodings
from headway.readers.blocks import LONGEST_ROW, LongRowError, OpenQuoteError, whole_rows
from headway.readers.columns import TEXT, one_chunk, own_names
from headway.readers.container import Compression, Unpacked
from headway.readers.lines import Ints, line_breaks, numbered
from headway.readers.origin import Origin
from headway.sources import RawTable, RejectedRow

SHORT_TAIL = 100  # lines that an open quote at the end may take with it as one rejected row
SAMPLE = 1 << 18


_Rejected = tuple[int, int, int]  # place among all rows, line breaks inside, fields
OPEN = -1  # fields of a row whose quote is never closed


@dataclass(frozen=True)
class _Parsed:
    table: pa.Table
    rejected: list[_Rejected]


def read_delimited(origin: Origin, compression: Compression) -> RawTable:
    """The rows of a delimited text."""
    head = Unpacked(origin, compression).read(SAMPLE)
    encoding = encodings.detect(head, label=origin.label)
    try:
        return _read_as(origin, compression, encoding)
    except encodings.NotUtf8Error:
        # The first odd byte may come late; then everything is read again.
        encoding = encodings.fallback(Unpacked(origin, compression))
        return _read_as(origin, compression, encoding)


def _read_as(origin: Origin, compression: Compression, encoding: encodings.Encoding) -> RawTable:
    stream = encodings.Utf8Stream(Unpacked(origin, compression), encoding, label=origin.label)
    sample = stream.sample(SAMPLE)
    text = sample.decode("utf-8", "ignore")
    dialect = dialects.detect(text, is_whole=len(sample) < SAMPLE, label=origin.label)
    names = own_names(dialect.names)
    stream.skip(dialect.header_bytes)
    if not stream.sample(SAMPLE).strip(b"\r\n"):
        raise InputError(
            f"{origin.label} has a header but no rows; widen the filter of the export."
        )
    parsed = _parse(origin, stream, dialect, [*names, ""] if dialect.extra else names)
    lines, rejects = _numbered(parsed, dialect, width=len(names))
    is_blank = _blank_rows(parsed.table)
    table = parsed.table
    if is_blank is not None:
        kept = ~is_blank
        table, lines = table.filter(pa.array(kept)), lines[kept]
    if not table.num_rows:
        raise InputError(_no_rows(origin.label, rejects, len(names)))
    table = _without_unnamed(table, dialect)
    return RawTable(
        name=origin.name,
        table=table,
        format="csv",
        sha256=origin.sha256(),
        lines=pa.array(lines, pa.int64()),
        encoding=encoding.label,
        delimiter="" if dialect.delimiter == dialects.NONE else dialect.delimiter,
        compression=compression,
        rejects=rejects,
        warnings=tuple(said for said in (encoding.warning, dialect.warning) if said),
    )


def _parse(
    origin: Origin, stream: encodings.Utf8Stream, dialect: dialects.Dialect, names: list[str]
) -> _Parsed:
    tables: list[pa.Table] = []
    rejected: list[_Rejected] = []
    done = 0
    breaks = dialect.header_lines
    try:
        for block in whole_rows(stream, delimiter=dialect.delimiter.encode()):
            table, refused = _parse_block(block, dialect.delimiter, len(names))
            rejected += [(done + place, inside, fields) for place, inside, fields in refused]
            tables.append(table)
            done += table.num_rows + len(refused)
            breaks += block.count(b"\n") or block.count(b"\r")
            origin.report()
    except LongRowError as error:
        raise InputError(
            f"{origin.label} has a row on line {breaks + 1:,} longer than {LONGEST_ROW >> 20} MB, "
            "or a quote there that is never closed; leave out attachments and long texts."
        ) from error
    except OpenQuoteError as error:
        lost = len(error.tail.splitlines())
        if lost > SHORT_TAIL or not tables:
            raise InputError(
                f"{origin.label} has a quote on line {breaks + 1:,} that is never closed, so the "
                f"{lost:,} lines from there on cannot be split; close it or export again."
            ) from error
        tail = error.tail.decode("utf-8", "replace").rstrip("\r\n")
        rejected.append((done + 1, _breaks(tail), OPEN))
    return _Parsed(one_chunk(pa.concat_tables(tables)).rename_columns(names), rejected)


def _parse_block(block: bytes, delimiter: str, width: int) -> tuple[pa.Table, list[_Rejected]]:
    rejected: list[_Rejected] = []

    def reject(row: csv.InvalidRow) -> str:
        # Its text is not kept: there may be a million of them.
        rejected.append((row.number, _breaks(row.text), row.actual_columns))
        return "skip"

    places = [str(place) for place in range(width)]
    table = csv.read_csv(
        pa.BufferReader(block),
        # One thread: with more, Arrow does not tell the place of a rejected row.
        read_options=csv.ReadOptions(
            block_size=len(block) + 1, use_threads=False, column_names=places
        ),
        parse_options=csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=True,
            # A blank line comes as a row of empty cells, so that later lines stay right.
            ignore_empty_lines=False,
            invalid_row_handler=reject,
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(places, TEXT), check_utf8=False, strings_can_be_null=False
        ),
    )
    return table, rejected


def _numbered(
    parsed: _Parsed, dialect: dialects.Dialect, *, width: int
) -> tuple[Ints, tuple[RejectedRow, ...]]:
    lines, rejected_lines = numbered(
        parsed.table.num_rows,
        first=dialect.header_lines + 1,
        breaks=line_breaks(parsed.table),
        rejected=[(place, inside) for place, inside, _ in parsed.rejected],
    )
    reasons = {
        (inside * (fields == OPEN), fields): _reason(inside, fields, width)
        for _, inside, fields in parsed.rejected
    }
    rejects = tuple(
        RejectedRow(line=line, reason=reasons[inside * (fields == OPEN), fields])
        for line, (_, inside, fields) in zip(rejected_lines, parsed.rejected, strict=True)
    )
    return lines, rejects


def _breaks(text: str) -> int:
    """Line breaks inside the text of a row."""
    return len(dialects.BREAK.findall(text)) if "\n" in text or "\r" in text else 0


def _reason(inside: int, fields: int, width: int) -> str:
    if fields == OPEN:
        return f"a quote opened here is never closed and takes in the last {inside + 1} lines"
    size = "too few" if fields < width else "too many"
    return f"{size} fields: {fields} where the header has {width}"


def _blank_rows(table: pa.Table) -> npt.NDArray[np.bool_] | None:
    is_blank: npt.NDArray[np.bool_] | None = None
    for column in table.columns:
        chunk = column.chunk(0) if column.num_chunks else pa.array([], TEXT)
        place = pc.index(chunk.dictionary, "").as_py()
        if place < 0:
            return None
        is_empty = chunk.indices.to_numpy() == place
        is_blank = is_empty if is_blank is None else is_blank & is_empty
        if not is_blank.any():
            return None
    return is_blank


def _without_unnamed(table: pa.Table, dialect: dialects.Dialect) -> pa.Table:
    """Without the columns that have neither a name nor a value: trailing delimiters."""
    unnamed = [place for place, name in enumerate(dialect.names) if not name]
    if dialect.extra:
        unnamed.append(len(dialect.names))
    for place in reversed(unnamed):
        if pc.all(pc.equal(table.column(place).chunk(0).dictionary, "")).as_py():
            table = table.remove_column(place)
    return table


def _no_rows(label: str, rejects: tuple[RejectedRow, ...], width: int) -> str:
    if rejects:
        return (
            f"{label} has {len(rejects):,} rows but none with the {width} fields of its header; "
            "check the delimiter and the header."
        )
    return f"{label} has a header but no rows; widen the filter of the export."
