"""Writing a result whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from headway.errors import OutputError, UsageError


def guard(sources: Sequence[str], *targets: Path | None) -> None:
    """Refuse to write over a source, or two results to one place, before anything is read.

    Raises
    ------
    UsageError
        When a target is a source or another target.
    """
    taken = {os.path.realpath(source) for source in sources if source != "-"}
    for target in targets:
        if target is None:
            continue
        if not target.name:
            raise UsageError(f"'{target}' is no name for a file; write -o report.html.")
        place = os.path.realpath(target)
        device = target.exists() and not target.is_file()
        if place in taken and not device:
            raise UsageError(f"{target} is already in use by this command; choose another name.")
        taken.add(place)


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, so that a break leaves no half of it.

    Raises
    ------
    OutputError
        When the folder is missing, may not be written or is full.
    """
    try:
        target = path.resolve() if path.is_symlink() else path
        if target.exists() and not target.is_file():
            _write_into(target, content)
            return
        handle, name = tempfile.mkstemp(prefix=".headway-", dir=target.parent)
    except OSError as error:
        raise OutputError(_sentence(path, error)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except OSError as error:
        raise OutputError(_sentence(path, error)) from None
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _write_into(device: Path, content: bytes) -> None:
    try:
        with device.open("wb") as file:
            file.write(content)
    except OSError as error:
        raise OutputError(_sentence(device, error)) from None


def say(text: str) -> None:
    """Write ``text`` to standard output as UTF-8, whatever the terminal's encoding.

    Raises
    ------
    OutputError
        When standard output cannot take it, for example because its disk is full.
    """
    if sys.stdout is None:  # closed by the caller
        raise OutputError("Standard output is closed; add -o FILE.")
    try:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        _silence()
    except OSError as error:
        _silence()
        raise OutputError(_sentence(Path("standard output"), error)) from None


def _silence() -> None:
    """Keep what is left in the buffer from failing once more when the process ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sentence(path: Path, error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"Could not write {path}: {reason}; nothing was left behind, choose another place."
