"""Numbers in text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_POINT = r"^[+-]?((\d{1,3}(,\d{3})+|\d+)(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$"
_COMMA = r"^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?$"


def parse(values: pa.StringArray) -> pa.DoubleArray:
    """Numbers of ``values`` as float64; null where a text is no finite number.

    Blanks and apostrophes between thousands are dropped. Commas are decimal when a value of the
    column proves it (``1.234,5`` or ``0,25``) and none proves the contrary; else thousands.

    >>> parse(pa.array(["1,234", "12.5", "nan"])).to_pylist()
    [1234.0, 12.5, None]
    >>> parse(pa.array(["0,25", "1.234,5", "7"])).to_pylist()
    [0.25, 1234.5, 7.0]
    """
    text = pc.utf8_lower(pc.utf8_trim_whitespace(values.cast(pa.string())))
    text = pc.replace_substring_regex(text, r"(\d)['’\s\x{00A0}\x{202F}](\d{3})", r"\1\2")
    comma = pc.match_substring_regex(text, _COMMA)
    point = pc.match_substring_regex(text, _POINT)
    if _count(pc.and_not(comma, point)) > 0 and _count(pc.and_not(point, comma)) == 0:
        text = pc.replace_substring(pc.replace_substring(text, ".", ""), ",", ".")
        usable = comma
    else:
        text, usable = pc.replace_substring(text, ",", ""), point
    text = pc.replace_substring_regex(text, r"^\+", "")
    numbers = pc.cast(pc.if_else(usable, text, pa.scalar(None, pa.string())), pa.float64())
    return pc.if_else(pc.is_finite(numbers), numbers, pa.scalar(None, pa.float64()))


def _count(marks: pa.BooleanArray) -> int:
    return int(np.count_nonzero(pc.fill_null(marks, False).to_numpy(zero_copy_only=False)))
