"""Kinds of record: incident, request, problem, change or other."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from headway.mapping.flags import plain
from headway.mapping.presets import presets

_WORDS = {
    "incident": ("incident", "störung", "fault", "outage", "system incident", "vorfall",
                 "user service restoration", "infrastructure restoration", "infrastructure event"),
    "request": (
        "request", "service request", "requested item", "catalog task", "catalogue task",
        "system service request", "service request with approvals", "sc request", "sc req item",
        "sc task", "serviceanfrage", "anfrage", "service-request", "work order",
        "user service request", "system service request with approvals", "anforderung",
    ),
    "problem": ("problem", "system problem"),
    "change": ("change", "change request", "system change", "rfc", "änderung", "normal change",
               "standard change", "emergency change"),
    "other": ("task", "sub-task", "subtask", "bug", "story", "epic", "question", "other", "event",
              "alert", "sonstiges", "aufgabe", "improvement", "new feature"),
}  # fmt: skip
_KIND = {word: kind for kind, words in _WORDS.items() for word in words}
CHANGE_TYPES = (
    "standard",
    "normal",
    "emergency",
    "expedited",
    "minor",
    "major",
    "notfall",
    "latent",
)


def parse(values: pa.StringArray) -> pa.StringArray:
    """The kind that each word, or each number with a known prefix, stands for; null for none.

    >>> parse(pa.array(["Service Request", "CHG0000404", "lamp"])).to_pylist()
    ['request', 'change', None]
    """
    words = plain(values)
    words = pc.utf8_trim(pc.replace_substring_regex(words, r"[\[\]]", ""), " ")
    by_word = _look_up(words, _KIND)
    letters = pc.extract_regex(words, r"^(?P<letters>[a-z]{2,8})[-_ ]?[0-9]+$").field("letters")
    return pc.coalesce(by_word, _look_up(letters, _prefixes()))


def _prefixes() -> dict[str, str]:
    pairs = [pair for preset in presets() for pair in preset.prefixes.items()]
    return {prefix.lower(): kind for prefix, kind in reversed(pairs)}


def _look_up(words: pa.StringArray, table: dict[str, str]) -> pa.StringArray:
    at = pc.index_in(words, value_set=pa.array(list(table), pa.string()))
    return pa.array(list(table.values()), pa.string()).take(at)
