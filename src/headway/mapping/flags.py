"""Yes and no in text."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

YES = (
    "true", "yes", "y", "t", "1", "1.0", "on", "x", "ja", "j", "wahr", "met", "achieved",
    "ok", "passed", "within sla", "in sla", "eingehalten", "erfüllt", "✓", "approved",
    "authorised", "authorized",
)  # fmt: skip
NO = (
    "false", "no", "n", "f", "0", "0.0", "off", "nein", "falsch", "missed", "not met", "breached",
    "failed", "violated", "overdue", "outside sla", "verletzt", "nicht eingehalten",
    "überschritten",
    "nicht erfüllt", "✗", "rejected", "unauthorised", "unauthorized", "not authorised",
    "not authorized", "not approved",
)  # fmt: skip
WORDS = pa.array([*YES, *NO], pa.string())
_MEANING = pa.array([True] * len(YES) + [False] * len(NO))


def parse(values: pa.StringArray) -> pa.BooleanArray:
    """True, false, or null where a text is neither; case and outer blanks do not matter.

    >>> parse(pa.array(["Yes", "nein", "breached", "?"])).to_pylist()
    [True, False, False, None]
    """
    return _MEANING.take(pc.index_in(plain(values), value_set=WORDS))


def plain(values: pa.StringArray) -> pa.StringArray:
    """Lower case, without outer blanks, underscores as blanks."""
    trimmed = pc.utf8_trim_whitespace(pc.utf8_lower(values.cast(pa.string())))
    return pc.replace_substring(trimmed, "_", " ")
