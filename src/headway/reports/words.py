"""Numbers, dates and places as a reader meets them."""

from __future__ import annotations

import html
import math
import re
import shlex
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Literal

from headway.results import Finding, ScanResult
from headway.series import Slice

Shape = Literal["better", "worse", "odd", "plain", "data"]

NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "\u2013"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SINGULAR = {"tickets": "ticket", "days": "day", "points": "point", "changes": "change"}
DIMENSIONS = {"customer_unit": "customer unit", "configuration_item": "configuration item"}
MEASURES = {"p85": "85\u00a0% within", "returns": "returns"}  # the second statistic of a metric
LOOKS = ("Look first at", "Look at", "Look next at", "Look first")

# Marks that turn the direction of the text after them: an exported name must not reorder a line.
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
_CONTROL = dict.fromkeys([*range(32), *range(127, 160), 8232, 8233], " ")
_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_LEFTWARD = re.compile(f"{_LEFT}+(?: +{_LEFT}+)*")
_HARMFUL = {**_BIDI, **_CONTROL}


def clean(text: str) -> str:
    r"""Text of the records without control characters, direction marks and lone surrogates.

    >>> clean("a\x1b[31mb\u202ec")
    'a [31mbc'
    """
    return text.translate(_HARMFUL).encode("utf-8", "replace").decode("utf-8")


def isolated(text: str) -> str:
    """Text escaped for HTML, words written from right to left kept from reordering their line.

    >>> isolated("<b> \u05d3\u05d5\u05d0\u05e8: 61").count("<bdi>"), isolated("<b>")
    (1, '&lt;b&gt;')
    """
    return _LEFTWARD.sub(r"<bdi>\g<0></bdi>", html.escape(clean(text)))


def columns(text: str) -> int:
    """Terminal columns that ``text`` takes: wide letters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_cell(letter) for letter in text)


def _cell(letter: str) -> int:
    if unicodedata.combining(letter) or letter in "\u200b\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def number(value: float | None) -> str:
    """A figure with thousands separators, a true minus and two or three digits that matter.

    >>> number(1204), number(8.634), number(0.0523), number(None)
    ('1,204', '8.6', '0.05', '–')
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    size = abs(value)
    digits = 0 if size >= 100 or value == round(value) else 1 if size >= 1 else 2
    text = f"{size:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if digits == 2 else text
    return f"{MINUS}{text}" if value < 0 and float(text.replace(",", "")) else text


def quantity(value: float | None, unit: str) -> str:
    """A figure with its unit behind a non-breaking space; less than an hour in minutes.

    >>> [quantity(*pair).replace(NBSP, "_") for pair in ((8.63, "h"), (0.25, "h"), (1, "tickets"))]
    ['8.6_h', '15_min', '1_ticket']
    """
    if unit == "h" and value is not None and 0 < abs(value) < 59.5 / 60:
        minutes = abs(value) * 60
        kept = round(minutes) if minutes >= 10 else round(minutes, 1)
        return f"{number(math.copysign(kept, value))}{NBSP}min"
    text = number(value)
    if text == NOTHING or not unit:
        return text
    word = SINGULAR.get(unit, unit) if text == "1" else unit
    return f"{text}{NBSP}{word}".replace(" ", NBSP)


def count(value: int, one: str, many: str = "") -> str:
    """How many of something.

    >>> count(1, "row"), count(2000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def day(iso: str | None, *, year: int | None = None) -> str:
    """A date as "14 Sep", with its year when that is not ``year``.

    >>> day("2026-09-14", year=2026).replace(NBSP, " "), day("2025-09-14").replace(NBSP, " ")
    ('14 Sep', '14 Sep 2025')
    """
    if not iso:
        return NOTHING
    try:
        when = date.fromisoformat(iso[:10])
    except ValueError:
        return clean(iso)
    text = f"{when.day}{NBSP}{MONTHS[when.month - 1]}"
    return text if when.year == year else f"{text}{NBSP}{when.year}"


def month(text: str) -> str:
    """A month such as ``2026-09`` as "Sep 2026"."""
    try:
        when = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return clean(text)
    return f"{MONTHS[when.month - 1]}{NBSP}{when.year}"


def interval(pair: tuple[str, str] | None, *, year: int | None = None) -> str:
    """Two dates as "31 Aug to 21 Sep", month and year written once where both have the same.

    >>> interval(("2015-08-31", "2015-09-21"), year=2016).replace(NBSP, " ")
    '31 Aug to 21 Sep 2015'
    >>> interval(("2016-03-28", "2016-03-31"), year=2016).replace(NBSP, " ")
    '28 to 31 Mar'
    """
    if not pair or not all(pair):
        return ""
    if pair[0] == pair[1]:
        return day(pair[0], year=year)
    if pair[0][:7] == pair[1][:7] and pair[0][8:10].isdigit():
        return f"{int(pair[0][8:10])} to {day(pair[1], year=year)}"
    first = int(pair[0][:4]) if pair[0][:4] == pair[1][:4] and pair[0][:4].isdigit() else year
    return f"{day(pair[0], year=first)} to {day(pair[1], year=year)}"


def since(finding: Finding, *, year: int | None = None) -> str:
    """When a finding began, with the stretch in which it lies where that is longer.

    >>> found = Finding(id="a", kind="shift", metric="backlog", slice=Slice(), direction="worse",
    ...     sentence="", since="2016-03-14", since_interval=("2016-03-14", "2016-04-25"))
    >>> since(found, year=2017).replace(NBSP, " ")
    '14 Mar 2016 (14 Mar to 25 Apr)'
    """
    if not finding.since:
        return "the whole time"
    text = day(finding.since, year=year)
    told = int(finding.since[:4]) if finding.since[:4].isdigit() else year
    span = finding.since_interval
    if not span or span[0] == span[1]:
        return text
    return f"{text} ({interval(span, year=told)})"


def looked(sentence: str) -> tuple[str, str]:
    """The opening words of advice that deserve weight, and the rest.

    >>> looked("Look first at tickets from Leeds."), looked("Ask what changed.")
    (('Look first at', ' tickets from Leeds.'), ('', 'Ask what changed.'))
    """
    text = clean(sentence)
    for lead in LOOKS:
        if text.startswith(f"{lead} "):
            return lead, text[len(lead) :]
    return "", text


def named(metric: str, names: Mapping[str, str]) -> str:
    """A metric or its second statistic by name, the id where there is none.

    >>> named("time_to_resolve.p85", {"time_to_resolve": "Time to resolve"}).replace(NBSP, " ")
    'Time to resolve, 85 % within'
    """
    lead, _, second = metric.partition(".")
    name = clean(names.get(lead, lead))
    return f"{name}, {MEASURES.get(second, second)}" if second else name


def place(part: Slice) -> str:
    """A slice in words.

    >>> place(Slice("customer_unit", "Leeds")), place(Slice("group", "Group 7")), place(Slice())
    ('customer unit Leeds', 'Group 7', 'all')
    """
    if part.dimension == "all":
        return "all"
    dimension = DIMENSIONS.get(part.dimension, part.dimension)
    if part.value.lower().startswith(f"{dimension} "):
        return clean(part.value)
    return clean(f"{dimension} {part.value or '(empty)'}")


def shape(finding: Finding) -> Shape:
    """The shape that a finding carries wherever it is shown."""
    if finding.kind == "data":
        return "data"
    if finding.direction == "better":
        return "better"
    return "worse" if finding.direction == "worse" else "odd"


def told(finding: Finding) -> str:
    """The sentence of a finding, which says where it is provisional.

    >>> told(Finding(id="a", kind="shift", metric="backlog", slice=Slice(), direction="worse",
    ...     sentence="The backlog grew.", provisional=True))
    'The backlog grew (provisional).'
    """
    text = clean(finding.sentence)
    if not finding.provisional or finding.kind == "data":
        return text
    head = text.removesuffix(".")
    return f"{head} (provisional){text[len(head) :]}"


def certainty(finding: Finding) -> str:
    """How sure a finding is, in one word: firm (q up to 0.01), likely, or provisional."""
    if finding.kind == "data":
        return "Counted"
    if finding.provisional:
        return "Provisional"
    return "Firm" if finding.q is not None and finding.q <= 0.01 else "Likely"


def chance(p: float | None) -> str:
    """How often chance alone would do this.

    >>> chance(0.004), chance(1e-9), chance(None)
    ('by chance about 1 in 250', 'by chance less than 1 in 10,000', '')
    """
    if p is None or not math.isfinite(p) or p > 1:
        return ""
    if p < 1e-4:
        return "by chance less than 1 in 10,000"
    odds = 1 / p
    step = 10 ** max(0, math.floor(math.log10(odds)) - 1)
    return f"by chance about 1 in {round(odds / step) * step:,}"


def size(finding: Finding) -> str:
    """What a finding weighs a week, or how far it moved where that is not known."""
    if finding.weight is not None:
        text = quantity(finding.weight, finding.weight_unit)
        return text if "week" in finding.weight_unit else f"{text} a{NBSP}week"
    if finding.before is not None and finding.after is not None:
        return (
            f"{quantity(finding.before, finding.unit)} to {quantity(finding.after, finding.unit)}"
        )
    return NOTHING


def command(result: ScanResult, finding: Finding) -> str:
    """The command that lists the records behind a finding."""
    named = [clean(name) for name in result.sources if "." in name]
    files = shlex.join(named) if named and len(named) == len(result.sources) else "FILE"
    return f"headway records {files} --finding {clean(finding.id)}"


def year_of(last_at: str | None) -> int | None:
    """The year that dates need not name: that of the last record."""
    return int(last_at[:4]) if last_at and last_at[:4].isdigit() else None
