"""A mapping as a table for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from headway.mapping.model import ColumnRole, Mapping

_HEAD = ("Role", "Column", "Sure", "Examples", "Why")
_SHAPES = {
    "record": "one row per record",
    "event": "one row per event",
    "update": "one row per update, the whole record repeated",
}
_WIDEST = 38


def to_text(mapping: Mapping) -> str:
    """The mapping with examples, confidence and evidence, then what is left to decide."""
    kind = f" Kind: {mapping.kind} ({mapping.kind_evidence})." if mapping.table == "tickets" else ""
    preset = f", names as in the preset {mapping.preset}" if mapping.preset else ""
    lines = [f"{mapping.source}: {mapping.table}, {_SHAPES[mapping.shape]}{preset}.{kind}", ""]
    lines += _table([_HEAD, *(_row(entry) for entry in mapping.roles)])
    if mapping.unused:
        lines += ["", f"Not used: {', '.join(mapping.unused)}."]
    lines += ["", *mapping.warnings] if mapping.warnings else []
    for question in mapping.questions:
        lines += ["", question.sentence, f"  {question.option}"]
    return "\n".join(lines) + "\n"


def _row(entry: ColumnRole) -> tuple[str, ...]:
    examples = ", ".join(entry.examples) if entry.examples else "(not shown)"
    why = "; ".join(part for part in (entry.evidence, entry.date_evidence) if part)
    if entry.missing:
        why += f"; missing: {', '.join(entry.missing)}"
    return entry.role, entry.column, f"{entry.confidence:.0%}", examples, why


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    cut = [tuple(_short(cell) for cell in row[:-1]) + row[-1:] for row in rows]
    widths = [max(len(row[i]) for row in cut) for i in range(len(_HEAD) - 1)]
    return [
        "  ".join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in cut
    ]


def _short(cell: str) -> str:
    flat = " ".join(cell.split())
    return flat if len(flat) <= _WIDEST else flat[: _WIDEST - 1] + "…"
