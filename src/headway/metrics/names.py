"""Names of people, taken out of every text before it is shown."""

from __future__ import annotations

import re
from collections import defaultdict

HIDDEN = "…"
_WORD = re.compile(r"\w+")


class Names:
    """Known names by their words, so that a text is compared only with names it could hold."""

    def __init__(self, names: frozenset[str]) -> None:
        self._by_word: dict[str, list[list[str]]] = defaultdict(list)
        for name in sorted(names):
            words = _WORD.findall(name.casefold())
            if words:
                self._by_word[words[0]].append(words)

    def hidden_in(self, text: str) -> str:
        """``text`` with every known name replaced by ``…``, also with the last name first.

        >>> Names(frozenset({"ada byron"})).hidden_in("Laptop for Byron, Ada")
        'Laptop for …'
        """
        present = dict.fromkeys(_WORD.findall(text.casefold()))
        candidates = [words for word in present for words in self._by_word.get(word, ())]
        for words in sorted(candidates, key=len, reverse=True):
            if all(word in present for word in words):
                orders = {
                    tuple(words),
                    tuple(words[-1:] + words[:-1]),
                    tuple(words[1:] + words[:1]),
                }
                forms = "|".join(r"\W+".join(map(re.escape, form)) for form in sorted(orders))
                text = re.sub(rf"(?<!\w)(?:{forms})(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
        return text
