"""What kind of file it is, told by its first bytes and never by its name."""

from __future__ import annotations

import io
import re
from typing import IO, Literal, Protocol

import pyarrow as pa

from headway.errors import InputError
from headway.readers.origin import Origin

Compression = Literal["", "gzip", "zstd"]
Content = Literal["csv", "zip", "parquet"]

# A real export shrinks 10 to 60 times. Beyond this ratio, once the floor is passed, it is a bomb.
RATIO_LIMIT = 150
RATIO_FLOOR = 256 << 20

FOREIGN = (
    (b"%PDF", "is a PDF; export the table itself as CSV, XLSX or Parquet"),
    (b"\x89PNG", "is an image; export the table itself as CSV, XLSX or Parquet"),
    (b"\xff\xd8\xff", "is an image; export the table itself as CSV, XLSX or Parquet"),
    (b"GIF8", "is an image; export the table itself as CSV, XLSX or Parquet"),
    (b"\xfd7zXZ", "is compressed with xz; unpack it, or compress it with gzip or zstd"),
    (b"BZh", "is compressed with bzip2; unpack it, or compress it with gzip or zstd"),
    (b"7z\xbc\xaf", "is a 7z archive; unpack it and give the file inside"),
    (b"Rar!", "is a RAR archive; unpack it and give the file inside"),
    (b"ARROW1", "is an Arrow file; save it as Parquet or CSV"),
    (b"PARE", "is an encrypted Parquet file; save it without encryption"),
    (b"SQLite format 3", "is an SQLite database; export the table as CSV"),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|table|svg)", re.IGNORECASE)
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
        self._stream: Readable = (
            pa.CompressedInputStream(pa.PythonFile(origin, mode="r"), compression)
            if compression
            else origin
        )

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._stream.read(size)
        except OSError as error:
            if not self._compression:
                raise
            raise InputError(
                f"{self._origin.label} is cut short or damaged: its {self._compression} data "
                "cannot be unpacked to the end; fetch or export it again."
            ) from error
        self._total += len(data)
        if self._total > max(RATIO_FLOOR, RATIO_LIMIT * self._origin.position):
            raise InputError(
                f"{self._origin.label} unpacks to more than {RATIO_LIMIT} times its size, which "
                "no export does; unpack it yourself if you trust it and give the unpacked file."
            )
        return data


def compression_of(origin: Origin) -> Compression:
    """How the bytes are compressed, by their first four."""
    head = origin.head(4)
    if head[:2] == b"\x1f\x8b":
        return "gzip"
    return "zstd" if head == b"\x28\xb5\x2f\xfd" else ""


def content_of(origin: Origin, compression: Compression) -> Content:
    """What the unpacked bytes hold; an ``InputError`` for what Headway does not read."""
    head = Unpacked(origin, compression).read(1 << 14)
    if not head:
        raise InputError(f"{origin.label} is empty; export the records again.")
    if head[:4] == b"PK\x03\x04" or head[:4] == b"PK\x05\x06":
        return "zip"
    if head[:4] == b"PAR1":
        return "parquet"
    problem = _foreign(origin, compression, head)
    if problem:
        raise InputError(f"{origin.label} {problem}.")
    return "csv"


def _foreign(origin: Origin, compression: Compression, head: bytes) -> str:
    if head[:8] == OLD_OFFICE:
        whole = Unpacked(origin, compression).read(1 << 24)
        if ENCRYPTED in whole:
            return "is protected by a password; save it without one"
        return "is an old .xls workbook; save it as .xlsx or CSV"
    if head[:2] == b"\x1f\x8b" or head[:4] == b"\x28\xb5\x2f\xfd":
        return "is compressed twice; unpack it once"
    if MARKUP.match(head):
        return "is a web page or XML, not a table; export it as CSV or XLSX"
    if JSON.match(head):
        return "is JSON, not a table; export it as CSV or XLSX"
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
