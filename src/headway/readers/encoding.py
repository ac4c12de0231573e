"""Which encoding a text has, and the text as UTF-8 bytes for the parser."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from headway.errors import InputError
from headway.readers.container import Readable, Unpacked

BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROL_SHARE = 0.01


class NotUtf8Error(Exception):
    """The bytes taken for UTF-8 are something else."""


@dataclass(frozen=True)
class Encoding:
    """A codec, the bytes of the mark before the text, and what to do with broken characters."""

    codec: str
    mark: int = 0
    errors: str = "strict"
    warning: str = ""

    @property
    def label(self) -> str:
        return {"cp1252": "windows-1252"}.get(self.codec, self.codec)


def detect(head: bytes, *, label: str) -> Encoding:
    """The encoding that the first bytes speak for; UTF-8 unless they say otherwise."""
    encoding = _marked(head) or _sixteen_bit(head) or Encoding("utf-8")
    text = head[encoding.mark :].decode(encoding.codec, "replace").encode("utf-8", "replace")
    if b"\0" in text or len(CONTROL.findall(text)) > CONTROL_SHARE * len(text):
        raise InputError(binary_sentence(label))
    return encoding


def _marked(head: bytes) -> Encoding | None:
    for mark, codec in BOMS:
        if head.startswith(mark):
            errors = "strict" if codec == "utf-8" else "replace"
            return Encoding(codec, mark=len(mark), errors=errors)
    return None


def _sixteen_bit(head: bytes) -> Encoding | None:
    """UTF-16 without a mark: mostly Latin letters, so every other byte is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    many, few = 0.2 * len(head), 0.025 * len(head)
    if odd > many and even <= few:
        return Encoding("utf-16-le", errors="replace")
    if even > many and odd <= few:
        return Encoding("utf-16-be", errors="replace")
    return None


def binary_sentence(label: str) -> str:
    """What is said of a source that is no text at all."""
    return (
        f"{label} is not text, XLSX or Parquet: it holds bytes that no table has; "
        "export the records as CSV, XLSX or Parquet."
    )


def fallback(stream: Readable) -> Encoding:
    """Windows-1252, or UTF-8 with damaged characters when most of the others are sound."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    damaged = beyond_ascii = 0
    while data := stream.read(1 << 20):
        text = decoder.decode(data)
        damaged += text.count("\ufffd")
        beyond_ascii += len(text) - len(text.encode("ascii", "ignore"))
    if beyond_ascii - damaged > damaged:
        warning = f"{damaged:,} characters are not valid UTF-8 and stand as \ufffd."
        return Encoding("utf-8", errors="replace", warning=warning)
    warning = (
        "The text is not UTF-8 and was read as Windows-1252; export as UTF-8 if names look odd."
    )
    return Encoding("cp1252", errors="replace", warning=warning)


class Utf8Stream:
    """The text of a stream as checked UTF-8 bytes, read once, with a way to put bytes back."""

    closed = False

    def __init__(self, stream: Unpacked, encoding: Encoding, *, label: str) -> None:
        self._stream = stream
        self._label = label
        self._encoding = encoding
        self._is_plain = encoding.codec == "utf-8" and encoding.errors == "strict"
        self._decoder = codecs.getincrementaldecoder(encoding.codec)(encoding.errors)
        self._is_mid_character = False
        self._held = b""
        self._is_done = False
        stream.read(encoding.mark)

    def read(self, size: int = -1, /) -> bytes:
        while not self._held and not self._is_done:
            raw = self._stream.read(1 << 20 if size < 0 else size)
            self._is_done = not raw
            self._held = self._checked(raw)
        # Never more than asked for: Arrow copies into a buffer of that size.
        if size < 0 or len(self._held) <= size:
            data, self._held = self._held, b""
        else:
            data, self._held = self._held[:size], self._held[size:]
        return data

    def sample(self, size: int) -> bytes:
        """The next bytes, at least ``size`` where there are as many, without consuming them."""
        parts = []
        total = 0
        while total < size and (part := self.read(size - total)):
            parts.append(part)
            total += len(part)
        self._held = b"".join(parts) + self._held
        return self._held

    def skip(self, size: int) -> None:
        """Drop ``size`` bytes of a sample."""
        self._held = self._held[size:]

    def _checked(self, raw: bytes) -> bytes:
        if self._is_plain:
            text = self._valid(raw)
        else:
            text = self._decoder.decode(raw, final=not raw).encode("utf-8", "replace")
        if b"\0" in text:
            raise InputError(binary_sentence(self._label))
        return text

    def _valid(self, raw: bytes) -> bytes:
        if raw.isascii() and raw and not self._is_mid_character:
            return raw
        try:
            self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            raise NotUtf8Error from error
        self._is_mid_character = bool(self._decoder.getstate()[0])
        return raw
