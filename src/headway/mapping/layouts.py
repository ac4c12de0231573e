"""How a date is laid out, read from its signature: the text with every run of digits as ``0``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["numbers", "day-name", "name-day", "compact", "count"]

# English and German month names; the first three letters tell them apart.
_NAMES = (
    ("jan", "jän"), ("feb",), ("mar", "mär", "mrz"), ("apr",), ("may", "mai"), ("jun",),
    ("jul",), ("aug",), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez"),
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names}
_WEEKDAY = r"(?:[a-zäöü]{2,10}\.?,?\s+)?"
_MONTH = r"(?P<month>[a-zäöü]{3,9})\.?"
_TIME = (
    r"(?:(?P<join>[t,\s]|,\s|\sum\s|\sat\s)\s*0:0(?P<second>:0(?P<fraction>[.,]0)?)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?(?:\s?uhr)?"
    r"(?:\s?(?P<zone>z|utc|gmt|(?P<sign>[+-−])0(?P<minutes>:0)?))?)?"
)
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("numbers", re.compile(rf"0(?P<sep>[-/.])0(?P=sep)0{_TIME}")),
    ("day-name", re.compile(rf"{_WEEKDAY}0(?P<sep>[-/]|\.?\s?){_MONTH}[-/,\s]\s?0{_TIME}")),
    ("name-day", re.compile(rf"{_WEEKDAY}(?P<sep>){_MONTH}\s0(?:st|nd|rd|th)?,?\s0{_TIME}")),
    ("compact", re.compile(r"0t0(?P<zone>z)?")),
    ("count", re.compile(r"0(?:\.0)?")),
)


@dataclass(frozen=True)
class Layout:
    """Where the parts of a date stand, as numbers of digit runs; -1 where there is none."""

    kind: Kind
    separator: str = ""
    month: int = 0  # from its name
    hour: int = -1
    second: int = -1
    half: str = ""  # "a" or "p"
    zone: int = -1  # run of the offset's hours
    zone_minutes: int = -1
    sign: int = 0
    zoned: bool = False


@lru_cache(maxsize=4096)
def layout(signature: str) -> Layout | None:
    """The layout behind a lower-case ``signature``, or None when it is not a date's."""
    for kind, pattern in _PATTERNS:
        match = pattern.fullmatch(signature)
        if match:
            return _placed(kind, match.groupdict())
    return None


def _placed(kind: Kind, found: dict[str, str | None]) -> Layout | None:
    month = _MONTHS.get((found.get("month") or "")[:3], 0)
    if "month" in found and not month:
        return None
    if kind == "compact":
        return Layout(kind, zoned=bool(found["zone"]))
    if kind == "count" or not found.get("join"):
        return Layout(kind, separator=found.get("sep") or "", month=month)
    hour = 2 if month else 3
    second = hour + 2 if found["second"] else -1
    zone = hour + 2 + bool(found["second"]) + bool(found["fraction"]) if found["sign"] else -1
    return Layout(
        kind,
        separator=found.get("sep") or "",
        month=month,
        hour=hour,
        second=second,
        half=found["half"] or "",
        zone=zone,
        zone_minutes=zone + 1 if found["minutes"] else -1,
        sign={"+": 1, None: 0}.get(found["sign"], -1),
        zoned=bool(found["zone"]),
    )
