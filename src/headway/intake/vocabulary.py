"""Words that tools use for kinds, states, change types and outcomes, in English and German."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.intake.cells import Bools, Words
from headway.mapping import kinds

# First match wins: "Change request" is a change, "Problem incident" a problem.
KINDS = (
    ("problem", r"\bproblem\w*|\bknown error"),
    ("change", r"\bchanges?\b|\brfc\b|\bchg\b|\bänderung\w*|\brelease\b"),
    (
        "request",
        r"\brequest\w*|\bservice[ -]?catalog\w*|\britm\b|\bsr\b|anfrage\w*|\banforderung\w*"
        r"|\bauftrag\w*|\bbestellung\w*",
    ),
    ("incident", r"\bincidents?\b|\binc\b|störung\w*|\boutage|\bfault|\bvorfall\w*|\bit help\b"),
)
CHANGE_TYPES = (
    ("emergency", r"\bemergency|\bexpedited|\burgent|\bnotfall\w*|\bdringlich\w*|\beilig\w*"),
    ("standard", r"\bstandard\w*|\bpre-?approved"),
    ("normal", r"\bnormal\w*"),
)
OUTCOMES = (
    (
        "failed",
        r"\bunsuccessful\w*|\bnot successful\w*|\bfail\w*|\bback(ed)?[ -_]?out|\brolled[ -_]?back"
        r"|\brollback|\breverted|\bnicht erfolgreich|\berfolglos|\bfehlgeschlagen|\bzurückgerollt",
    ),
    ("successful", r"\bsuccess\w*|\berfolgreich\w*"),
)
MAJOR = ((True, r"\bmajor|\baccepted|\bpromoted"), (False, r"\bproposed|\bcandidate|\brejected"))
DONE = (
    r"\b(resolved|closed|done|complete|completed|fixed|solved|cancell?ed|fulfilled|finished"
    r"|implemented|gelöst|behoben|geschlossen|erledigt|abgeschlossen|beendet|storniert)\b"
)
CLOSED = r"\b(closed|geschlossen|abgeschlossen)\b"
NOT_DONE = r"\b(not|nicht|partially|partly|teilweise|to be|wait\w*|await\w*|pending|wart\w*)\b"
PENDING = (
    r"\b(pending|awaiting|waiting|on[ -_]?hold|hold|suspended|paused|stalled"
    r"|warten|wartet|wartend|wartestatus|angehalten|zurückgestellt|ausgesetzt|rückfrage)\b"
)
# There the desk itself is the one that is waited for.
NOT_PENDING = r"\b(for|auf) (support|agent|service desk|bearbeitung)\b"


def matches(text: Words, pattern: str, but: str = r"(?!)") -> Bools:
    """Rows whose text holds ``pattern`` and does not hold ``but``."""
    yes, no = re.compile(pattern, re.IGNORECASE), re.compile(but, re.IGNORECASE)
    found = [bool(yes.search(word)) and not no.search(word) for word in _plain(text)]
    return text.spread(np.array(found, bool), False).astype(bool)


def done(state: Words) -> Bools:
    """Rows whose state says that the work is over."""
    return matches(state, DONE, NOT_DONE)


def pending(state: Words) -> Bools:
    """Rows whose state says that somebody outside the desk is waited for."""
    return matches(state, PENDING, NOT_PENDING)


def recognised(text: Words, known: tuple[tuple[str, str], ...], other: str | None) -> Words:
    """The texts under our own names; one without a name becomes ``other`` or keeps its words."""
    compiled = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in known]
    named = [
        next((name for name, pattern in compiled if pattern.search(plain)), other or word)
        for word, plain in zip(text.texts.to_pylist(), _plain(text), strict=True)
    ]
    merged = pa.array(named, pa.string()).dictionary_encode()
    places = np.append(np.asarray(merged.indices), -1).astype(np.int32)
    return Words(merged.dictionary, places[text.codes])


def kind_of(text: Words) -> Words:
    """The kind of each row, from its word or from the prefix of its number."""
    named = kinds.parse(text.texts)
    by_word = recognised(
        Words(text.texts, np.arange(len(text.texts), dtype=np.int32)), KINDS, "other"
    )
    told = pc.coalesce(named, by_word.strings())
    merged = told.dictionary_encode()
    places = np.append(np.asarray(merged.indices), -1).astype(np.int32)
    return Words(merged.dictionary, places[text.codes])


def _plain(text: Words) -> list[str]:
    return [word.replace("_", " ") for word in text.texts.to_pylist()]
