"""What a spreadsheet would run is made harmless before it is written."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: object) -> str:
    """The cell as text, empty for None; text that a spreadsheet would run gets an apostrophe.

    Numbers stay numbers, also negative ones.

    >>> neutral("=1+1"), neutral("-Email"), neutral(-3), neutral(None)
    ("'=1+1", "'-Email", '-3', '')
    """
    if cell is None:
        return ""
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text
