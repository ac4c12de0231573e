"""Lines and tables of a terminal, measured in columns."""

from __future__ import annotations

from collections.abc import Sequence

from headway.reports.words import NBSP, columns

Cells = Sequence[str]


def wrap(text: str, width: int, *, first: str = "", indent: str = "") -> list[str]:
    """Text in lines of at most ``width`` columns, ``first`` before the first, ``indent`` after.

    >>> wrap("one two three", 8, first="- ", indent="  ")
    ['- one', '  two', '  three']
    """
    lines: list[str] = []
    line, empty = first, True
    for word in _pieces(text, width - max(columns(first), columns(indent))):
        joined = line + ("" if empty else " ") + word
        if not empty and columns(joined) > width:
            lines.append(line)
            joined = indent + word
        line, empty = joined, False
    return [entry.replace(NBSP, " ").rstrip(" ") for entry in [*lines, line]]


def _pieces(text: str, width: int) -> list[str]:
    """Words, those longer than a line cut."""
    found: list[str] = []
    for word in text.split(" "):
        rest = word
        while columns(rest) > width:
            head = fit(rest, width, mark="")
            found.append(head)
            rest = rest[len(head) :]
        if rest:
            found.append(rest)
    return found


def fit(text: str, width: int, *, mark: str = "…") -> str:
    """Text cut to ``width`` columns, with ``mark`` at its end when something was cut."""
    if columns(text) <= width:
        return text
    room, taken = width - columns(mark), ""
    used = 0
    for letter in text:
        used += columns(letter)
        if used > room:
            break
        taken += letter
    return (taken or text[:1]) + mark


def table(rows: Sequence[Cells], *, right: Sequence[int] = (), width: int) -> list[str]:
    """Aligned columns, the first row their names; wide cells are cut, the widest column first.

    ``right`` names the columns of figures by their index.
    """
    if len(rows) < 2:
        return []
    cells = [[cell.replace(NBSP, " ") for cell in row] for row in rows]
    widths = [max(columns(row[i]) for row in cells) for i in range(len(cells[0]))]
    room = width - 2 * len(widths)
    while sum(widths) > room and max(widths) > 2:
        widths[widths.index(max(widths))] -= 1
    made = []
    for row in cells:
        parts = []
        for i, cell in enumerate(row):
            text = fit(cell, widths[i])
            space = " " * (widths[i] - columns(text))
            parts.append(space + text if i in right else text + space)
        made.append(("  " + "  ".join(parts)).rstrip())
    return made
