"""Zip archives: a workbook, one packed file, or a sentence that says why neither."""

from __future__ import annotations

import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from headway.errors import InputError
from headway.readers.limits import RATIO_LIMIT, roomy
from headway.readers.origin import Origin

CHUNK = 1 << 20
DEFLATE_MOST = 1032  # bytes that one byte of deflate can stand for
MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
BOOK = "xl/workbook.xml"
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
LOCKED = 1
# What an archiver adds of its own.
BESIDE = re.compile(r"(__MACOSX/.*|(.*/)?(\.DS_Store|Thumbs\.db|desktop\.ini))")
# All that the standard library raises for an archive it cannot unpack.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)


@contextmanager
def damage(label: str) -> Iterator[None]:
    """One sentence for all that goes wrong in an archive."""
    try:
        yield
    except NotImplementedError as error:
        raise InputError(
            f"{label} is packed with a method that cannot be read; pack it as plain zip or gzip."
        ) from error
    except DAMAGE as error:
        raise InputError(f"{label} is a damaged zip or XLSX file; save it again.") from error


def is_packed_file(origin: Origin) -> bool:
    """True for a zip that is no workbook; refused unless it holds exactly one file."""
    if origin.head(4) not in MAGICS:
        return False
    with damage(origin.label), zipfile.ZipFile(origin.handle) as archive:
        if any(entry.filename == BOOK for entry in archive.infolist()):
            return False
        _only(archive, origin.label)
        return True


class Member:
    """The one file of a zip archive, unpacked as it is read."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        with damage(origin.label):
            self._archive = zipfile.ZipFile(origin.handle)
            self._stream = self._archive.open(_only(self._archive, origin.label))

    def read(self, size: int = -1, /) -> bytes:
        with damage(self._origin.label):
            data = self._stream.read(size)
        self._origin.position = min(self._origin.handle.tell(), self._origin.size)
        return data


def _only(archive: zipfile.ZipFile, label: str) -> zipfile.ZipInfo:
    files = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    found = [entry for entry in files if not BESIDE.fullmatch(entry.filename)]
    if not found:
        raise InputError(f"{label} is an empty zip archive; pack the export again.")
    if len(found) > 1:
        listed = ", ".join(repr(entry.filename[:80]) for entry in found[:5])
        more = f" and {len(found) - 5:,} more" if len(found) > 5 else ""
        raise InputError(
            f"{label} is a zip archive of {len(found):,} files ({listed}{more}); "
            "unpack it and give the one to read."
        )
    _check_lock(found, label)
    return found[0]


def _check_lock(entries: list[zipfile.ZipInfo], label: str) -> None:
    if any(entry.flag_bits & LOCKED for entry in entries):
        raise InputError(f"{label} is protected by a password; save it without one.")


def check_workbook(handle: IO[bytes], label: str) -> list[tuple[str, int]]:
    """Sizes of the sheets as they truly unpack; an ``InputError`` for what would fill memory."""
    with damage(label), zipfile.ZipFile(handle) as archive:
        entries = archive.infolist()
        if not any(entry.filename == BOOK for entry in entries):
            raise InputError(f"{label} is a zip archive in another one; unpack it once.")
        _check_lock(entries, label)
        packed = handle.seek(0, 2)
        if sum(entry.compress_size for entry in entries) > packed:
            raise InputError(f"{label} is a zip file whose parts overlap; save it again.")
        unpacked = sum(entry.file_size for entry in entries)
        could = sum(entry.compress_size for entry in entries) * DEFLATE_MOST
        if unpacked > roomy(packed) or could > roomy(packed):
            unpacked = max(unpacked, _unpacked(archive, entries, roomy(packed)))
        if unpacked > roomy(packed):
            raise InputError(
                f"{label} unpacks to more than {RATIO_LIMIT} times its size, which no workbook "
                "does; save it as CSV."
            )
        return [(e.filename, e.file_size) for e in entries if SHEET.fullmatch(e.filename)]


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], most: int) -> int:
    """Bytes that come out in truth: what an archive says of itself may be a lie."""
    total = 0
    for entry in entries:
        # Not more than is said comes out of ``open``, so the promise is lifted.
        entry.file_size = sys.maxsize
        with archive.open(entry) as part:
            while total <= most and (data := _piece(part)):
                total += len(data)
    return total


def _piece(part: IO[bytes]) -> bytes:
    try:
        return part.read(CHUNK)
    except (zipfile.BadZipFile, EOFError):  # the promise that was lifted
        return b""
