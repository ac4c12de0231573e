"""Values that are readable but hardly meant: negative figures, codes among words."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.intake.cells import Bools
from headway.intake.doubts import doubt, quoted
from headway.intake.layout import Layout

NAMED = ("state", "kind", "category", "service", "group", "channel", "outcome")
COUNTS = ("reassignments", "reopens")
_CODE = re.compile(r"[-+]?\d+(\.\d+)?")
_FEW = 0.5  # where most values are numbers, numbers are what is meant


def peculiar(layout: Layout) -> None:
    """Add what is odd about single values to the doubts of a layout of tickets."""
    if layout.has("duration"):
        _negative(
            layout,
            "duration",
            "negative_duration",
            done="times are taken from instants, never from this column",
        )
    for role in COUNTS:
        if layout.has(role):
            _negative(layout, role, "negative_number", done="read as not known")
    for role in NAMED:
        _codes(layout, role)


def _negative(layout: Layout, role: str, code: str, *, done: str) -> None:
    rows = layout.numbers(role) < 0
    names = _tickets(layout, rows)
    if len(names):
        name, column = layout.named(role)
        seen = f"Tickets with a negative value in column '{column}'"
        layout.doubts.append(doubt(code, name, names, seen=seen, done=done))


def _codes(layout: Layout, role: str) -> None:
    text = layout.words(role)
    codes = np.array([bool(_CODE.fullmatch(word)) for word in text.texts.to_pylist()], bool)
    rows = text.spread(codes, False).astype(bool)
    if not rows.any() or rows.sum() > _FEW * text.known.sum():
        return
    name, column = layout.named(role)
    values = sorted(word for word, odd in zip(text.texts.to_pylist(), codes, strict=True) if odd)
    names = _tickets(layout, rows)
    seen = f"Tickets with a code of the tool instead of a word ({quoted(values)}) in '{column}'"
    layout.doubts.append(doubt("code_as_value", name, names, seen=seen, done="it is kept"))


def _tickets(layout: Layout, rows: Bools) -> pa.StringArray:
    return pc.unique(layout.ids().take(np.flatnonzero(rows)).strings())
