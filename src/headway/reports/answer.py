"""The answer in ten lines: what was read, what stands out, what does not, where to look first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headway.reports.families import families
from headway.reports.refusals import by_reason
from headway.reports.words import (
    Shape,
    clean,
    count,
    day,
    looked,
    number,
    quantity,
    shape,
    told,
    year_of,
)
from headway.results import Finding, ScanResult
from headway.series import Slice

LINES = 10
COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Line:
    """One line of the answer.

    ``shape`` is better, worse, odd, plain or data; ``anchor`` names the part of the report that
    shows it; ``lead`` is the opening of the sentence that deserves weight, often empty.
    """

    shape: Shape
    sentence: str
    anchor: str = ""
    lead: str = ""


def ten_lines(result: ScanResult) -> tuple[Line, ...]:
    """The answer in at most ten lines of plain words, never empty."""
    before = [_read(result)]
    after = [
        line
        for line in (_rest(result), _not_judged(result), _momentum(result), _look_first(result))
        if line is not None
    ]
    chosen = _headlines(result.findings, LINES - len(before) - len(after))
    middle = [_told(finding) for finding in chosen]
    return (*before, *middle, *after)


def heading(lines: Sequence[Line]) -> str:
    """What the lines are called together.

    >>> heading([Line("plain", "Five tickets were read.")] * 7)
    'The answer in seven lines'
    """
    return f"The answer in {COUNTED[len(lines)]} {'line' if len(lines) == 1 else 'lines'}"


def tally(result: ScanResult) -> str:
    """How many findings there are among how many series, and how many may be chance.

    Empty where nothing could be judged.
    """
    found = signals(result)
    if not found and not result.series_judged:
        return ""
    if not found:
        return f"{count(result.series_judged, 'series', 'series')} judged."
    told = families(found)
    more = len(found) - len(told)
    seen = f", seen in {more:,} more series as well," if more else ""
    chance = number(round(result.expected_false, 1))
    if result.expected_false < 0.05:
        chance = "less than 0.1"
    many = f"the {len(found):,}" if more else "them"
    return (
        f"{count(len(told), 'finding')}{seen} among {result.series_judged:,} judged; "
        f"about {chance} of {many} may be chance."
    ).replace("about less", "less")


def anchor(finding: Finding) -> str:
    """The address of a finding within the report."""
    return "f-" + "".join(letter if letter.isalnum() else "-" for letter in finding.id)


def signals(result: ScanResult) -> tuple[Finding, ...]:
    """Findings about the service, in their order: everything but those about the data."""
    return tuple(finding for finding in result.findings if finding.kind != "data")


def about_data(result: ScanResult) -> tuple[Finding, ...]:
    """Findings about the data, in their order."""
    return tuple(finding for finding in result.findings if finding.kind == "data")


def _headlines(findings: tuple[Finding, ...], room: int) -> list[Finding]:
    """The first by rank, without those that belong to another; one place is kept for the data."""
    kept = [family.lead for family in families(findings)]
    data = [finding for finding in kept if finding.kind == "data"]
    others = [finding for finding in kept if finding.kind != "data"]
    most = min(6, room - min(len(data), 1))
    chosen = others[:most]
    return chosen + data[: max(0, min(room - len(chosen), 2))]


def _told(finding: Finding) -> Line:
    sentence = told(finding)
    head, colon, _ = sentence.partition(": ")
    weighty = bool(colon) and finding.kind != "data"
    return Line(shape(finding), sentence, anchor(finding), head if weighty else "")


def _read(result: ScanResult) -> Line:
    counts = result.counts
    what = [count(counts.get("tickets", 0), "ticket")]
    if counts.get("feedback"):
        what.append(count(counts["feedback"], "answer to a survey", "answers to a survey"))
    first = day(result.first_at, year=year_of(result.last_at))
    span = f", {first} to {day(result.last_at)}," if result.first_at and result.last_at else ""
    rows = count(counts.get("read", 0), "row")
    rejected = counts.get("rejected", 0)
    rest = (
        f"{count(rejected, 'row')} could not be used; --rejects FILE lists each with its reason."
        if rejected
        else "Every row could be used."
    )
    verb = "was" if len(what) == 1 and counts.get("tickets") == 1 else "were"
    return Line("plain", f"{' and '.join(what)}{span} {verb} read from {rows}. {rest}", "quality")


def _rest(result: ScanResult) -> Line:
    judged = result.series_judged
    if judged == 0:
        least = f"at least 8 {result.method.period}s of complete records are needed"
        return Line("plain", f"No series is long enough to be judged yet: {least}.", "not")
    flagged = {(finding.metric, finding.slice) for finding in signals(result)}
    calm = max(0, judged - len(flagged))
    if not flagged:
        series = "The one series that could be judged shows"
        if judged > 1:
            series = f"All {judged:,} series that could be judged show"
        text = f"No finding: {series[0].lower()}{series[1:]} ordinary variation."
    elif calm == 1:
        text = f"The other one of {judged:,} series judged shows ordinary variation."
    else:
        text = f"The other {calm:,} of {judged:,} series judged show ordinary variation."
    return Line("plain", text + _arrivals(result), "metrics")


def _arrivals(result: ScanResult) -> str:
    panel = result.panels.get("arrivals")
    if panel is None or Slice() not in panel.slices:
        return ""
    row = panel.slices.index(Slice())
    values = panel.value[row][panel.usable & np.isfinite(panel.value[row])]
    if len(values) < 2:
        return ""
    usual = round(float(np.median(values)))
    return f" Typically {count(usual, 'ticket')} a {panel.periods.span} arrive."


def _not_judged(result: ScanResult) -> Line | None:
    parts = []
    if result.not_judged:
        groups = by_reason(result.not_judged)
        most = "mostly" if len(groups) > 1 else "the reason"
        parts.append(
            f"Not judged: {count(len(result.not_judged), 'series', 'series')};"
            f" {most}: {clean(groups[0].reason).rstrip('.')}."
        )
    if result.questions:
        number_of = count(len(result.questions), "question waits", "questions wait")
        parts.append(f"{number_of} for your answer.")
    if not parts:
        return None
    return Line("data", " ".join(parts), "not" if result.not_judged else "questions")


def _momentum(result: ScanResult) -> Line | None:
    if not result.momentum:
        return None
    answers = [
        f"{clean(entry.question).rstrip('?')}? {entry.answer.capitalize()}."
        for entry in result.momentum
    ]
    return Line("plain", " ".join(answers), "momentum")


TOP = 5  # advice about a finding further down would not be the first thing to do


def _look_first(result: ScanResult) -> Line | None:
    found = [family.lead for family in families(signals(result))]
    top = [finding for finding in found[:TOP] if finding.next_look]
    worse = [finding for finding in top if finding.direction == "worse"]
    others = [finding for finding in (*found, *about_data(result)) if finding.next_look]
    lead = "Look first:"
    for finding in (*worse, *others):
        opening, rest = looked(finding.next_look)
        if opening:
            first = "Look first at" if opening.endswith(" at") else opening
            return Line("plain", first + rest, anchor(finding), first)
        text = rest[:1].lower() + rest[1:]
        return Line("plain", f"{lead} {text}", anchor(finding), lead)
    bad = next((i for i, finding in enumerate(found) if finding.direction == "worse"), None)
    if bad is not None and found[bad].records:
        behind = count(found[bad].records, "record")
        sentence = f"Look first at the {behind} behind finding {bad + 1}."
        return Line("plain", sentence, anchor(found[bad]), "Look first at")
    if result.questions:
        sentence = clean(result.questions[0].sentence)
        return Line("plain", f"{lead} {sentence}", "questions", lead)
    if not result.tasks:
        return None
    task = result.tasks[0]
    time = ""
    if task.median_hours is not None:
        time = f", half of them within {quantity(task.median_hours, 'h')}"
    sentence = f"the most frequent task, {clean(task.name)}: {number(task.count)} tickets{time}."
    return Line("plain", f"{lead} {sentence}", "tasks", lead)
