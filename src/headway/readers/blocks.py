"""Blocks of whole rows from a stream of text: the cut never falls inside a quoted value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.readers.container import Readable

BLOCK = 4 << 20
LONGEST_ROW = 16 << 20
QUOTE = 0x22
BREAKS = b"\r\n"
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class OpenQuoteError(Exception):
    """A quote is never closed; ``tail`` is the text from the start of its row on."""

    tail: bytes


class LongRowError(Exception):
    """A row does not end within ``LONGEST_ROW`` bytes."""


@dataclass(frozen=True)
class _Spans:
    """Where a block is outside of quoted values, in order."""

    starts: Places
    ends: Places


def whole_rows(stream: Readable, *, delimiter: bytes) -> Iterator[bytes]:
    """Blocks that end where a row ends.

    A quote opens a value only at the beginning of a field, as the parser has it; anywhere
    else it is a character like any other.
    """
    held = b""
    while data := stream.read(BLOCK):
        block = held + data
        end = _end_of_rows(block, delimiter)
        if end == 0 and len(block) > LONGEST_ROW:
            raise LongRowError
        held = block[end:]
        if end:
            yield block[:end]
    if held:
        spans = _outside_quotes(held, delimiter)
        if spans.ends[-1] < len(held):
            end = _last_break(held, spans)
            if end:
                yield held[:end]
            raise OpenQuoteError(held[end:])
        yield held


def _end_of_rows(block: bytes, delimiter: bytes) -> int:
    return _last_break(block, _outside_quotes(block, delimiter))


def _last_break(block: bytes, spans: _Spans) -> int:
    for place in range(len(spans.starts) - 1, -1, -1):
        start, end = int(spans.starts[place]), int(spans.ends[place])
        # A carriage return at the very end may be one half of a pair.
        cut = max(
            block.rfind(b"\n", start, end), block.rfind(b"\r", start, min(end, len(block) - 1))
        )
        if cut >= 0:
            return cut + 1
    return 0


def _outside_quotes(block: bytes, delimiter: bytes) -> _Spans:
    if b'"' not in block:
        return _Spans(np.array([0]), np.array([len(block)]))
    text = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(text == QUOTE)
    if _alternate(text, quotes, delimiter):
        opened, closed = quotes[0::2], quotes[1::2]
    else:
        opened, closed = _walked(block, quotes, delimiter)
    starts = np.concatenate([[0], closed])
    ends = np.concatenate([opened, [len(block)]])
    return _Spans(starts, ends[: len(starts)])


def _alternate(text: npt.NDArray[np.uint8], quotes: Places, delimiter: bytes) -> bool:
    """True when every other quote stands where one may open, so that parity tells all."""
    opening = quotes[0::2]
    before = text[np.maximum(opening - 1, 0)]
    may_open = np.isin(before, np.frombuffer(delimiter + BREAKS + b'"', np.uint8))
    may_open |= opening == 0
    # Right after a quote it is the second of a doubled pair inside a value.
    return bool(may_open.all())


def _walked(block: bytes, quotes: Places, delimiter: bytes) -> tuple[Places, Places]:
    """Where quoted values open and close in a text that also has quotes of no meaning."""
    beginnings = delimiter + BREAKS
    opened: list[int] = []
    closed: list[int] = []
    is_open = False
    doubled = -1
    for place in quotes.tolist():
        if is_open:
            if place == doubled:
                continue
            if block[place + 1 : place + 2] == b'"':
                doubled = place + 1
            else:
                closed.append(place)
                is_open = False
        elif place == 0 or block[place - 1] in beginnings:
            opened.append(place)
            is_open = True
    return np.array(opened, np.intp), np.array(closed, np.intp)
