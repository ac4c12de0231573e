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


@dataclass(frozen=True)
class OpenQuoteError(Exception):
    """A quote is never closed; ``tail`` is the text from the start of its row on."""

    tail: bytes


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
            raise OpenQuoteError(block)
        held = block[end:]
        if end:
            yield block[:end]
    if held:
        spans = _outside_quotes(held, delimiter)
        if spans[-1][1] < len(held):
            end = _last_break(held, spans)
            if end:
                yield held[:end]
            raise OpenQuoteError(held[end:])
        yield held


def _end_of_rows(block: bytes, delimiter: bytes) -> int:
    return _last_break(block, _outside_quotes(block, delimiter))


def _last_break(block: bytes, spans: list[tuple[int, int]]) -> int:
    for start, end in reversed(spans):
        # A carriage return at the very end may be one half of a pair.
        cut = max(
            block.rfind(b"\n", start, end), block.rfind(b"\r", start, min(end, len(block) - 1))
        )
        if cut >= 0:
            return cut + 1
    return 0


def _outside_quotes(block: bytes, delimiter: bytes) -> list[tuple[int, int]]:
    """Spans of the block that are not inside a quoted value, in order."""
    if b'"' not in block:
        return [(0, len(block))]
    text = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(text == QUOTE)
    if _alternate(text, quotes, delimiter):
        opened, closed = quotes[0::2].tolist(), quotes[1::2].tolist()
    else:
        opened, closed = _walked(block, quotes, delimiter)
    starts = [0, *closed]
    ends = [*opened, len(block)]
    return list(zip(starts, ends, strict=False))


def _alternate(text: npt.NDArray[np.uint8], quotes: npt.NDArray[np.intp], delimiter: bytes) -> bool:
    """True when every other quote stands where one may open, so that parity tells all."""
    opening = quotes[0::2]
    before = text[np.maximum(opening - 1, 0)]
    may_open = np.isin(before, np.frombuffer(delimiter + BREAKS + b'"', np.uint8))
    may_open |= opening == 0
    # Right after a quote it is the second of a doubled pair inside a value.
    return bool(may_open.all())


def _walked(
    block: bytes, quotes: npt.NDArray[np.intp], delimiter: bytes
) -> tuple[list[int], list[int]]:
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
    return opened, closed
