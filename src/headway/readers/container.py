"""What kind of file it is, told by its first bytes and never by its name."""

from __future__ import annotations

import bz2
import io
import lzma
import re
from typing import IO, TYPE_CHECKING, Literal, Protocol

import pyarrow as pa

from headway.errors import InputError
from headway.readers import archive
from headway.readers.limits import RATIO_LIMIT, roomy
from headway.readers.origin import Origin

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Compression = Literal["", "gzip", "zstd", "xz", "bz2", "zip"]
Content = Literal["csv", "zip", "parquet", "json", "xes"]

PACKED: tuple[tuple[bytes, Compression], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bz2"),
)

FOREIGN = (
    (b"%PDF", "is a PDF; export the table itself as CSV, XLSX or Parquet"),
    (b"\x89PNG", "is an image; export the table itself as CSV, XLSX or Parquet"),
    (b"\xff\xd8\xff", "is an image; export the table itself as CSV, XLSX or Parquet"),
    (b"GIF8", "is an image; export the table itself as CSV, XLSX or Parquet"),
    (b"7z\xbc\xaf", "is a 7z archive; unpack it and give the file inside"),
    (b"Rar!", "is a RAR archive; unpack it and give the file inside"),
    (b"ARROW1", "is an Arrow file; save it as Parquet or CSV"),
    (b"PARE", "is an encrypted Parquet file; save it without encryption"),
    (b"SQLite format 3", "is an SQLite database; export the table as CSV"),
)
CHUNK = 1 << 16
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|table|svg)", re.IGNORECASE)
# After a prolog, comments and a document type, whose harm the reader names.
EVENT_LOG = re.compile(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE\s.*?>\s*|<!ENTITY.*?>\s*|\]>\s*)*"
    rb"<(?:\w+:)?log[\s/>]",
    re.DOTALL,
)
JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*[\[{\]])')


class Readable(Protocol):
    """The part of a binary stream that the readers use."""

    def read(self, size: int, /) -> bytes: ...


class Unpacked:
    """Decompressed bytes, with a stop for archives made to exhaust memory."""

    closed = False

    def __init__(self, origin: Origin, compression: Compression) -> None:
        origin.rewind()
        self._origin = origin
        self._compression = compression
        self._total = 0
        self._stream = _stream(origin, compression)

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._stream.read(size)
        except (OSError, EOFError, lzma.LZMAError, ValueError) as error:
            if not self._compression:
                raise
            raise InputError(
                f"{self._origin.label} is cut short or damaged: its {self._compression} data "
                "cannot be unpacked to the end; fetch or export it again."
            ) from error
        self._total += len(data)
        if self._total > roomy(self._origin.position):
            raise InputError(
                f"{self._origin.label} unpacks to more than {RATIO_LIMIT} times its size, which "
                "no export does; unpack it yourself if you trust it and give the unpacked file."
            )
        return data


def _stream(origin: Origin, compression: Compression) -> Readable:
    match compression:
        case "":
            return origin
        case "xz":
            return lzma.LZMAFile(io.BufferedReader(_Raw(origin), CHUNK), format=lzma.FORMAT_XZ)
        case "bz2":
            return bz2.BZ2File(io.BufferedReader(_Raw(origin), CHUNK))
        case "zip":
            return archive.Member(origin)
        case _:
            return pa.CompressedInputStream(pa.PythonFile(origin, mode="r"), compression)


class _Raw(io.RawIOBase):
    """An origin as the standard library wants its files."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        data = self._origin.read(len(view))
        view[: len(data)] = data
        return len(data)


def compression_of(origin: Origin) -> Compression:
    """How the bytes are compressed, by their first ones."""
    head = origin.head(8)
    for magic, name in PACKED:
        if head.startswith(magic):
            return name
    return "zip" if archive.is_packed_file(origin) else ""


def content_of(origin: Origin, compression: Compression) -> Content:
    """What the unpacked bytes hold; an ``InputError`` for what Headway does not read."""
    head = Unpacked(origin, compression).read(1 << 14)
    if not head:
        raise InputError(f"{origin.label} is empty; export the records again.")
    if head.startswith(archive.MAGICS):
        return "zip"
    if head[:4] == b"PAR1":
        return "parquet"
    problem = _foreign(origin, compression, head)
    if problem:
        raise InputError(f"{origin.label} {problem}.")
    text = _ascii(head)
    if EVENT_LOG.match(text):
        return "xes"
    if MARKUP.match(text):
        raise InputError(
            f"{origin.label} is a web page or XML, not a table; export it as CSV or XLSX."
        )
    return "json" if JSON.match(text) else "csv"


def _ascii(head: bytes) -> bytes:
    """The text without its mark and the zeros of 16-bit letters: enough to tell a grammar."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"")


def _foreign(origin: Origin, compression: Compression, head: bytes) -> str:
    if head[:8] == OLD_OFFICE:
        whole = Unpacked(origin, compression).read(1 << 24)
        if ENCRYPTED in whole:
            return "is protected by a password; save it without one"
        return "is an old .xls workbook; save it as .xlsx or CSV"
    if any(head.startswith(magic) for magic, _ in PACKED):
        return "is compressed twice; unpack it once"
    return next((text for magic, text in FOREIGN if head.startswith(magic)), "")


def whole(origin: Origin, compression: Compression) -> IO[bytes]:
    """The unpacked bytes as a seekable file, for formats that cannot be streamed."""
    if not compression:
        origin.rewind()
        return origin.handle
    stream = Unpacked(origin, compression)
    buffer = io.BytesIO()
    while data := stream.read(1 << 20):
        buffer.write(data)
    buffer.seek(0)
    return buffer
