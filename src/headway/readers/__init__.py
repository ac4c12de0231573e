"""Readers: a file, standard input or a frame becomes a ``RawTable``; nothing is interpreted."""

from headway.readers.frames import from_frame
from headway.readers.reading import read

__all__ = ["from_frame", "read"]
