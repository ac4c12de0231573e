"""What could not be judged, grouped by reason, so that two thousand refusals stay readable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headway.results import NotJudged

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Refusals:
    """Series refused for the same reason; ``first`` holds a few of ``count``."""

    reason: str
    remedy: str
    count: int
    first: tuple[NotJudged, ...]


def by_reason(entries: Sequence[NotJudged], *, first: int = 4) -> tuple[Refusals, ...]:
    """Groups of refusals, largest first; reasons that differ in a figure only are one reason.

    >>> from headway.series import Slice
    >>> few = [NotJudged("backlog", Slice("group", g), f"{n} weeks of records; 8 are needed")
    ...        for g, n in [("A", 5), ("B", 7)]]
    >>> [(group.count, group.reason) for group in by_reason(few)]
    [(2, '5 to 7 weeks of records; 8 are needed')]
    """
    groups: dict[tuple[str, str], list[NotJudged]] = {}
    for entry in entries:
        key = (_FIGURE.sub("#", entry.reason), _FIGURE.sub("#", entry.remedy))
        groups.setdefault(key, []).append(entry)
    made = [
        Refusals(
            reason=_span([entry.reason for entry in group]),
            remedy=_span([entry.remedy for entry in group]),
            count=len(group),
            first=tuple(group[:first]),
        )
        for group in groups.values()
    ]
    return tuple(sorted(made, key=lambda group: (-group.count, group.reason)))


def _span(sentences: list[str]) -> str:
    """One sentence for all: each figure that differs becomes "least to most"."""
    rows = [_FIGURE.findall(sentence) for sentence in sentences]
    spans = []
    for figures in zip(*rows, strict=True):
        ordered = sorted(set(figures), key=lambda text: (float(text.replace(",", "")), text))
        spans.append(ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}")
    found = iter(spans)
    return _FIGURE.sub(lambda _: next(found), sentences[0])
