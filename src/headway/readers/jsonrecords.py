"""JSON: an array of records, an object that holds one, or JSON Lines; nested objects flattened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from headway.errors import InputError
from headway.readers import encoding as encodings
from headway.readers.container import Compression, Unpacked
from headway.readers.jsontext import Damage, JsonText, Repeated, Value, decoded
from headway.readers.origin import Origin
from headway.readers.ragged import Fields, Ragged
from headway.sources import RawTable

SAMPLE = 1 << 18
LONGEST_LINE = 64 << 20
DEEPEST = 16  # objects within a record
DEEPEST_TABLE = 4  # objects around the records
REPORTED = 1 << 12
MARKUP = "an array of objects, an object holding one, or one object per line"


class _TwiceError(Exception):
    """One name for two values of a record."""


def read_json(origin: Origin, compression: Compression) -> RawTable:
    """The records of a JSON text, as text, numbers as written.

    The JSON grammar is that of RFC 8259; JSON Lines is one object per line.
    """
    try:
        return _read(origin, compression)
    except encodings.NotUtf8Error as error:
        raise InputError(
            f"{origin.label} is JSON but not UTF-8; export it again as UTF-8."
        ) from error


def _read(origin: Origin, compression: Compression) -> RawTable:
    head = Unpacked(origin, compression).read(SAMPLE)
    encoding = encodings.detect(head, label=origin.label)
    stream = encodings.Utf8Stream(Unpacked(origin, compression), encoding, label=origin.label)
    form = _form(stream)
    left_out: set[str] = set()
    rows = Ragged(origin.label)
    found = _lines(stream, rows) if form == "jsonl" else _records(stream, origin.label)
    for place, (line, record) in enumerate(found):
        _add(rows, record, line, left_out)
        if place % REPORTED == 0:
            origin.report()
    table, lines = rows.finished()
    listed = ", ".join(repr(name) for name in sorted(left_out)[:5])
    return RawTable(
        name=origin.name,
        table=table,
        format=form,
        sha256=origin.sha256(),
        lines=lines,
        encoding=encoding.label,
        compression=compression,
        rejects=tuple(rows.rejects),
        warnings=(f"Lists of objects were not read: {listed}.",) if listed else (),
    )


def _form(stream: encodings.Utf8Stream) -> Literal["json", "jsonl"]:
    """JSON Lines when the first line is a whole object and something follows it."""
    sample = stream.sample(SAMPLE).lstrip()
    first, _, rest = sample.partition(b"\n")
    while not rest and len(sample) <= LONGEST_LINE:
        size = len(sample)
        sample = stream.sample(4 * size).lstrip()
        if len(sample) <= size:
            break
        first, _, rest = sample.partition(b"\n")
    if not rest.strip() or not first.startswith(b"{"):
        return "json"
    try:
        return "jsonl" if isinstance(decoded(first.decode("utf-8", "replace")), dict) else "json"
    except Damage:
        return "json"


def _records(stream: encodings.Utf8Stream, label: str) -> Iterator[tuple[int, Value]]:
    text = JsonText(stream, label=label)
    paths: list[str] = []
    yield from _walk(text, "", paths, label)
    if text.peek():
        raise InputError(
            f"{label} has more than one JSON document (the next on line {text.line:,}); "
            f"give {MARKUP}."
        )
    if not paths:
        raise InputError(f"{label} is JSON without records; give {MARKUP}.")


def _walk(text: JsonText, path: str, paths: list[str], label: str) -> Iterator[tuple[int, Value]]:
    """The records of the one array of objects at or below ``path``."""
    if text.opens_records() or (not path and text.peek() == "["):
        paths.append(path)
        if len(paths) > 1:
            raise InputError(
                f"{label} holds more than one array of records, '{paths[0]}' and '{paths[1]}'; "
                "give one of them alone."
            )
        for _ in text.items():
            text.peek()
            line = text.line
            yield line, text.value()
    elif text.peek() == "{" and path.count(".") < DEEPEST_TABLE:
        for key in text.members():
            yield from _walk(text, f"{path}.{key}".lstrip("."), paths, label)
    else:
        text.value()


def _lines(stream: encodings.Utf8Stream, rows: Ragged) -> Iterator[tuple[int, Value]]:
    number = 0
    for block in _whole_lines(stream, rows.label):
        for line in block.split(b"\n"):
            number += 1
            if not line.strip():
                continue
            try:
                yield number, decoded(line.decode("utf-8", "replace"))
            except Damage as error:
                rows.reject(number, f"the line is no record: {error}")


def _whole_lines(stream: encodings.Utf8Stream, label: str) -> Iterator[bytes]:
    parts: list[bytes] = []
    held = 0
    while data := stream.read(1 << 20):
        end = data.rfind(b"\n")
        if end < 0:
            parts.append(data)
            held += len(data)
            if held > LONGEST_LINE:
                raise InputError(
                    f"{label} has a line longer than {LONGEST_LINE >> 20} MB; "
                    "leave out attachments and long texts."
                )
            continue
        yield b"".join([*parts, data[:end]])
        parts, held = [data[end + 1 :]], len(data) - end - 1
    if held:
        yield b"".join(parts)


def _add(rows: Ragged, record: Value, line: int, left_out: set[str]) -> None:
    if not isinstance(record, dict):
        rows.reject(line, "the record is no object")
        return
    fields: Fields = {}
    try:
        _flatten(record, "", fields, left_out, 0)
    except _TwiceError as error:
        rows.reject(line, "a key stands twice in the record", str(error))
    except Damage as error:
        rows.reject(line, f"the record cannot be read: {error}")
    else:
        rows.add(fields, line)


def _flatten(
    record: dict[str, Value], path: str, fields: Fields, left_out: set[str], depth: int
) -> None:
    if isinstance(record, Repeated):
        raise _TwiceError(path + record.key)
    if depth > DEEPEST:
        raise Damage("it nests too deep")
    for key, value in record.items():
        name = path + key.strip()
        if isinstance(value, dict):
            _flatten(value, f"{name}.", fields, left_out, depth + 1)
            continue
        if name in fields:
            raise _TwiceError(name)
        if isinstance(value, list):
            if any(isinstance(item, dict | list) for item in value):
                left_out.add(name)
                continue
            fields[name] = ", ".join(_word(item) or "" for item in value) or None
        else:
            fields[name] = _word(value)


def _word(value: str | bool | None) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value or None
