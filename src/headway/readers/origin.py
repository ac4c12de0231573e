"""Where the bytes come from: a path, standard input or a file object, opened, counted, hashed."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from headway.errors import InputError

Progress = Callable[[int, int | None], None]
SPOOLED_IN_MEMORY = 64 << 20  # more than this of standard input goes to a nameless file
CHUNK = 1 << 20


class Origin:
    """Bytes that can be read more than once, with their count and hash.

    It has the ``read`` and ``closed`` that Arrow asks of a Python file.
    """

    closed = False

    def __init__(
        self, handle: IO[bytes], *, name: str, label: str, on_progress: Progress | None = None
    ) -> None:
        self.handle = handle
        self.name = name
        self.label = label
        self._on_progress = on_progress
        self._start = handle.tell()
        self.size = handle.seek(0, os.SEEK_END) - self._start
        self._digest = hashlib.sha256()
        self._hashed = 0
        self.rewind()

    def rewind(self) -> None:
        self.handle.seek(self._start)
        self.position = 0

    def read(self, size: int = -1) -> bytes:
        data = self.handle.read(size)
        if self.position == self._hashed:
            self._digest.update(data)
            self._hashed += len(data)
        self.position += len(data)
        return data

    def close(self) -> None:
        """Nothing: who opened the file closes it."""

    def head(self, size: int) -> bytes:
        self.rewind()
        data = self.read(size)
        self.rewind()
        return data

    def report(self) -> None:
        if self._on_progress is not None:
            self._on_progress(self.position, self.size)

    def advance(self, share: float) -> None:
        """Report a share of the whole, for formats that are not read from front to end."""
        if self._on_progress is not None:
            self._on_progress(round(share * self.size), self.size)

    def sha256(self) -> str:
        """Hash of all bytes; reads what no pass has read yet."""
        if self._hashed < self.size:
            self.handle.seek(self._start + self._hashed)
            self.position = self._hashed
            while self.read(CHUNK):
                pass
        self.report()
        return self._digest.hexdigest()


@contextmanager
def opened(
    source: str | os.PathLike[str] | BinaryIO, *, name: str | None, on_progress: Progress | None
) -> Iterator[Origin]:
    """The source as an ``Origin``; what was opened here is closed here."""
    if isinstance(source, str | os.PathLike) and os.fspath(source) != "-":
        path = Path(source)
        label = str(path)
        try:
            with path.open("rb") as handle, _seekable(handle, on_progress) as ready:
                shown = name or path.name
                yield Origin(ready, name=shown, label=label, on_progress=on_progress)
        except (OSError, ValueError) as error:
            raise InputError(_refusal(label, error)) from error
        return
    is_standard = isinstance(source, str | os.PathLike)
    if is_standard and sys.stdin is None:
        raise InputError("Standard input is closed; give a file, or pipe the records in.")
    stream: BinaryIO = sys.stdin.buffer if is_standard else source  # type: ignore[assignment]
    shown = name or ("standard input" if is_standard else _stream_name(stream))
    if isinstance(stream.read(0), str):
        raise InputError(f"{shown} is open as text; open it in binary mode, 'rb'.")
    with _seekable(stream, on_progress) as ready:
        yield Origin(ready, name=shown, label=shown, on_progress=on_progress)


def _stream_name(stream: BinaryIO) -> str:
    given = getattr(stream, "name", None)
    return Path(given).name if isinstance(given, str) and given else "input"


def _refusal(label: str, error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return f"{label} does not exist; check the path."
        case IsADirectoryError():
            return f"{label} is a folder; give the file inside it."
        case PermissionError():
            return f"{label} may not be read; ask for the right to read it."
        case OSError():
            return (
                f"{label} cannot be read ({error.strerror or error}); check the disk and the path."
            )
        case _:
            return f"{label!r} is not a usable path ({error}); check it."


@contextmanager
def _seekable(handle: IO[bytes], on_progress: Progress | None) -> Iterator[IO[bytes]]:
    if handle.seekable():
        yield handle
        return
    # The temporary file has no name in any folder, so that an interrupt leaves nothing behind.
    with tempfile.SpooledTemporaryFile(max_size=SPOOLED_IN_MEMORY) as spool:
        while data := handle.read(CHUNK):
            spool.write(data)
            if on_progress is not None:
                on_progress(spool.tell(), None)
        spool.seek(0)
        yield spool
