"""JSON text read value by value: one record in memory, never the whole document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from headway.errors import InputError
from headway.readers.container import Readable

LONGEST_RECORD = 64 << 20
STEP = 1 << 18
BLANKS = re.compile(r"[ \t\r\n]*")
Value = Any  # dict, list, str, bool or None


class Repeated(dict[str, Any]):
    """An object in which a key stands twice; ``key`` is the first such."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        seen: set[str] = set()
        self.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Repeated(pairs)


def _constant(word: str) -> str | None:
    return None if word == "NaN" else word


# Numbers stay as written: nothing is rounded, and no number is too long.
DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_constant
)


class Damage(ValueError):  # noqa: N818 - it is told to the user in the reader's words
    """A text that is no JSON, and why."""


def decoded(text: str) -> Value:
    """The one value of ``text``; ``Damage`` when it is not one."""
    try:
        return DECODER.decode(text)
    except RecursionError as error:
        raise Damage("it nests too deep") from error
    except ValueError as error:
        raise Damage("it is no JSON") from error


class JsonText:
    """A window that moves over a JSON text, with the line that it has reached."""

    def __init__(self, stream: Readable, *, label: str) -> None:
        self._stream = stream
        self._label = label
        self._text = ""
        self._place = 0
        self._rest = b""
        self._is_done = False
        self.line = 1

    def peek(self) -> str:
        """The next character that is no blank, or an empty string at the end."""
        while True:
            found = self._text[self._place : self._place + 1]
            if found and found not in " \t\r\n":
                return found
            end = BLANKS.match(self._text, self._place).end()  # type: ignore[union-attr]
            self._move(end)
            if end < len(self._text):
                return self._text[end]
            if not self._more():
                return ""

    def take(self, wanted: str) -> None:
        """Pass over one character, which must be ``wanted``."""
        found = self.peek()
        if found != wanted:
            raise self._damaged(f"{found!r} stands where {wanted!r} should" if found else "")
        self._move(self._place + 1)

    def value(self) -> Value:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._place)
            except RecursionError:
                raise InputError(
                    f"{self._label} nests too deep on line {self.line:,} to be a record; "
                    "export flat records."
                ) from None
            except ValueError as error:
                self._grow(str(getattr(error, "msg", "")))
                continue
            # A number may go on after the end of the window.
            if end < len(self._text) or not self._more():
                self._move(end)
                return value

    def items(self) -> Iterator[None]:
        """Stop at each item of an array; the caller takes it."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield
            if self.peek() != ",":
                break
            self.take(",")
        self.take("]")

    def members(self) -> Iterator[str]:
        """The keys of an object; the caller takes the value of each."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise self._damaged("a key is no text")
            self.take(":")
            yield key
            if self.peek() != ",":
                break
            self.take(",")
        self.take("}")

    def opens_records(self) -> bool:
        """True when an array of objects comes next."""
        if self.peek() != "[":
            return False
        size = 64
        while True:
            after = BLANKS.match(self._text, self._place + 1).end()  # type: ignore[union-attr]
            if after < len(self._text):
                return self._text[after] == "{"
            if len(self._text) - self._place > size << 14 or not self._more():
                return False

    def _move(self, place: int) -> None:
        self.line += self._text.count("\n", self._place, place)
        self._place = place

    def _more(self) -> bool:
        return self._read(STEP)

    def _read(self, size: int) -> bool:
        if self._is_done:
            return False
        data = self._stream.read(size)
        self._is_done = not data
        data = self._rest + data
        cut = len(data) if self._is_done else _whole_characters(data)
        self._rest = data[cut:]
        self._text = self._text[self._place :] + data[:cut].decode("utf-8", "replace")
        self._place = 0
        return bool(data)

    def _grow(self, problem: str) -> None:
        """Read as much again as is held, so that a long record costs no more than twice."""
        held = len(self._text) - self._place
        if held > LONGEST_RECORD:
            raise InputError(
                f"{self._label} has a record on line {self.line:,} longer than "
                f"{LONGEST_RECORD >> 20} MB; leave out attachments and long texts."
            )
        if not self._read(max(STEP, held)):
            raise self._damaged(problem)

    def _damaged(self, problem: str) -> InputError:
        told = f" ({problem})" if problem else " (it ends too early)"
        return InputError(
            f"{self._label} is damaged JSON on line {self.line:,}{told}; export it again."
        )


def _whole_characters(data: bytes) -> int:
    """Bytes up to the last whole character of a UTF-8 text."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if length > back else len(data)
        if byte < 0x80:
            break
    return len(data)
