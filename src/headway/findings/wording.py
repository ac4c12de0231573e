"""Plain words for figures, dates and places; every sentence of a scan is made of these."""

from __future__ import annotations

import math
from datetime import date

from headway.series import Slice

NBSP = "\u00a0"
MINUS = "\u2212"

_PLACES = {
    "all": "{noun}",
    "kind": "{noun} of kind {value}",
    "service": "{noun} of the service {value}",
    "category": "{noun} in the category {value}",
    "group": "{noun} of the group {value}",
    "priority": "{noun} of priority {value}",
    "channel": "{noun} by the channel {value}",
    "customer_unit": "{noun} from {value}",
    "location": "{noun} at {value}",
    "between": "{noun} between {value}",
}
_SPELLED = {"h": "hours", "days": "days", "points": "points", "%": "%"}


def place(part: Slice, *, noun: str = "tickets") -> str:
    """The slice in words, with a small first letter.

    >>> place(Slice("group", "Network"))
    'tickets of the group Network'
    """
    return _PLACES[part.dimension].format(noun=noun, value=part.value)


def figure(value: float) -> str:
    """A number in two or three significant digits, with thousands and a true minus.

    >>> figure(90.96), figure(2.4567), figure(1234.5), figure(-0.5)
    ('91', '2.5', '1,234', '\u22120.5')
    """
    if not math.isfinite(value):
        return "unknown"
    size = abs(value)
    digits = 0 if size >= 20 else 1 if size >= 1 else 2
    text = f"{size:,.{digits}f}"
    if digits:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if value < 0 and float(text.replace(",", "")) else "") + text


def measure(value: float, unit: str, *, span: str = "") -> str:
    """A figure with its unit; counts with the period that they are counted over.

    >>> measure(2.4567, "h"), measure(0.25, "h"), measure(41.2, "tickets", span="week")
    ('2.5\u00a0hours', '15\u00a0minutes', '41 a week')
    """
    if unit == "h" and abs(value) < 1:
        return f"{figure(value * 60)}{NBSP}minutes"
    if unit in _SPELLED:
        word = "hour" if unit == "h" and figure(value) == "1" else _SPELLED[unit]
        return f"{figure(value)}{NBSP}{word}"
    return f"{figure(value)} a {span}" if span else figure(value)


def day(iso: str) -> str:
    """An ISO date in words.

    >>> day("2016-04-04")
    '4\u00a0April 2016'
    """
    when = date.fromisoformat(iso)
    return f"{when.day}{NBSP}{when:%B %Y}"


def chance(p: float) -> str:
    """A probability as a plain frequency.

    >>> chance(0.004), chance(1e-12)
    ('about 1 time in 250', 'less than 1 time in 100,000')
    """
    if p < 1e-5:
        return "less than 1 time in 100,000"
    times = 1 / p
    step = 10 ** max(0, int(math.log10(times)) - 1)
    return f"about 1 time in {round(times / step) * step:,.0f}"


def capital(text: str) -> str:
    """The text with a large first letter; the rest is left alone."""
    return text[:1].upper() + text[1:]


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "week"), count(1200, "ticket")
    ('1\u00a0week', '1,200\u00a0tickets')
    """
    return f"{number:,}{NBSP}{noun}{'' if number == 1 else 's'}"
