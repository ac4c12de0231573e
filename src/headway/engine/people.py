"""Recognising known people in words: in names of slices, in examples and in titles."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from headway.engine.columns import codes
from headway.records import PEOPLE, Records

HIDDEN = "…"
SHORTEST_PART = 3  # letters of a part of a name that is looked for alone: "Al" and "de" are not
SHORTEST_NAME = 5  # letters of a name of one word that is looked for inside a text
_WORD = re.compile(r"[^\W_]+")
_HOST = re.compile(r"@[\w.-]+")
_RUN = re.compile(rf"{HIDDEN}(?:[^\w{HIDDEN}]*{HIDDEN})+")


class People:
    """Known names by their rarest word, so that a text meets only names that it could hold.

    A name needs a letter: a number would hide priorities and categories that are numbers too.
    Case, accents, order and the host of an address do not matter. Initials, numbers and user ids
    are not needed where two other words tell a person, as in ``Byron, Ada K. (u1842)``.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._parts: set[str] = set()
        by_key: dict[frozenset[str], set[str]] = defaultdict(set)
        for name in names:
            words = _folded_words(_HOST.sub(" ", name))
            if not any(map(_has_letter, words)):
                continue
            self._whole.add(_folded(name))
            telling = {word for word in words if word.isalpha() and len(word) > 1}
            if len(telling) > 1 or len(words) == 1 or all(word.isalpha() for word in words):
                self._parts.update(filter(_is_part, words))
            key = frozenset(telling if len(telling) > 1 else words)
            if len(key) > 1:
                by_key[key].update(words)
        often = Counter(word for key in by_key for word in key)
        self._by_word: dict[str, list[tuple[frozenset[str], set[str]]]] = defaultdict(list)
        for key, every in by_key.items():
            self._by_word[min(key, key=lambda word: (often[word], word))].append((key, every))

    def named_by(self, text: str) -> bool:
        """Whether ``text`` is a name, or holds every word of one of two or more words.

        >>> people = People(["Ada Byron", "Caller 2403"])
        >>> [people.named_by(text) for text in ("BYRON, ADA", "Team of Ada", "Caller 17")]
        [True, False, False]
        """
        if _folded(text) in self._whole:
            return True
        words = set(_folded_words(text))
        return any(key <= words for word in words for key, _ in self._by_word.get(word, ()))

    def mentioned_in(self, text: str) -> bool:
        """Whether ``text`` names a person, also by a name of one word among other words.

        >>> People(["abyron"]).mentioned_in("Reset of abyron")
        True
        """
        if self.named_by(text):
            return True
        words = _folded_words(text)
        return any(len(word) >= SHORTEST_NAME and word in self._whole for word in words)

    def hidden_in(self, text: str) -> str:
        """``text`` with each word that is part of a known name replaced by ``…``.

        >>> People(["Ada Byron"]).hidden_in("Laptop for Byron, Ada")
        'Laptop for …'
        """
        if _folded(text) in self._whole:
            return HIDDEN
        text = unicodedata.normalize("NFC", text)
        words = set(_folded_words(text))
        hidden = words & self._parts
        for word in words:
            for key, every in self._by_word.get(word, ()):
                if key <= words:
                    hidden |= every
        shown = _WORD.sub(lambda m: HIDDEN if _folded(m.group()) in hidden else m.group(), text)
        return _RUN.sub(HIDDEN, shown)


def people_of(records: Records) -> People:
    """Every assignee and requester of the tickets. Never to be printed."""
    return People(word for role in PEOPLE for word in codes(records.tickets, role)[1] if word)


def _folded_words(text: str) -> list[str]:
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    """Without case, accents and surplus blanks."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def _has_letter(word: str) -> bool:
    return any(letter.isalpha() for letter in word)


def _is_part(word: str) -> bool:
    return len(word) >= SHORTEST_PART and _has_letter(word)
