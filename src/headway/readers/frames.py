"""Frames of other libraries, through the Arrow interchange."""

from __future__ import annotations

from headway.sources import RawTable


def from_frame(frame: object, *, name: str = "frame") -> RawTable:
    """A frame as a ``RawTable``."""
    raise NotImplementedError
