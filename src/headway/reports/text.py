"""The scan for a terminal: the answer first, the proof after it."""

from __future__ import annotations

from headway.reports.answer import about_data, heading, signals, tally, ten_lines
from headway.reports.families import Family, families
from headway.reports.lines import table, wrap
from headway.reports.missing import missing
from headway.reports.overview import facing_said
from headway.reports.refusals import by_reason
from headway.reports.words import (
    MEASURES,
    NOTHING,
    certainty,
    chance,
    clean,
    command,
    count,
    day,
    month,
    named,
    place,
    quantity,
    shape,
    since,
    size,
    told,
    year_of,
)
from headway.results import Finding, ScanResult

SHAPES = {"better": "●", "worse": "◆", "odd": "■", "plain": "·", "data": "▫"}
COLOURS = {"better": "blue", "worse": "dark_orange", "odd": "medium_purple"}
KEY = {
    "better": "better",
    "worse": "worse",
    "odd": "unusual (neither better nor worse)",
    "plain": "ordinary",
    "data": "about the data",
}
FINDINGS, ALSO, REASONS, DOUBTS = 20, 8, 8, 15
INDENT = "      "


def to_text(result: ScanResult, *, width: int = 100, colour: bool = False) -> str:
    """The result as text of at most ``width`` columns (40 at least), ending with a line feed.

    With ``colour`` the shapes carry terminal colours; the words are the same without.
    """
    width = max(40, width)
    parts = [
        _answer(result, width),
        _findings(result, width),
        _about_data(result, width),
        _metrics(result, width),
        _same_month(result, width),
        _tasks(result, width),
        _oldest(result, width),
        _momentum(result, width),
        _not_judged(result, width),
        _questions(result, width),
        _quality(result, width),
        _mapping(result, width),
        _method(result, width),
    ]
    lines = [line for part in parts if part for line in (*part, "")]
    return _coloured(lines, width) if colour else "\n".join(lines)


def _coloured(lines: list[str], width: int) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(file=out, force_terminal=True, color_system="256", width=width + 1)
    for line in lines[:-1]:
        text = Text(line, style="" if line.startswith(" ") else "bold", no_wrap=True)
        for name, style in COLOURS.items():
            text.highlight_words([SHAPES[name]], style)
        console.print(text, crop=False, overflow="ignore")
    return out.getvalue()


def _answer(result: ScanResult, width: int) -> list[str]:
    answer = ten_lines(result)
    lines = [heading(answer)]
    for rank, line in enumerate(answer, start=1):
        first = f"{rank:>3} {SHAPES[line.shape]} "
        lines += wrap(line.sentence, width, first=first, indent=INDENT)
    if said := tally(result):
        lines += wrap(said, width, first="  ", indent="  ")
    shown = {line.shape for line in answer} | _shapes(result)
    key = ", ".join(f"{SHAPES[name]} {word}" for name, word in KEY.items() if name in shown)
    return [*lines, *wrap(key, width, first="  ", indent="  ")]


def _shapes(result: ScanResult) -> set[str]:
    """Shapes of the findings that are listed below the answer."""
    found = families(signals(result))[:FINDINGS]
    listed = [one for family in found for one in (family.lead, *family.also[:ALSO])]
    return {shape(one) for one in (*listed, *about_data(result))}


def _findings(result: ScanResult, width: int) -> list[str]:
    lines = ["Findings"]
    found = families(signals(result))
    if not found:
        text = "No finding: everything that could be judged shows ordinary variation."
        if not result.series_judged:
            text = "No finding: nothing could be judged yet."
        lines += wrap(text, width, first="  ", indent="  ")
    for rank, family in enumerate(found[:FINDINGS], start=1):
        lines += _finding(result, family.lead, width, first=f"{rank:>3} ")
        lines += _also(result, family, width)
    if len(found) > FINDINGS:
        lines += _more(len(found) - FINDINGS, "more finding", width)
    for gone in result.gone:
        lines += wrap(f"gone: {clean(gone.sentence)}", width, first="    · ", indent=INDENT)
    return lines


def _about_data(result: ScanResult, width: int) -> list[str]:
    doubted = {doubt.sentence for doubt in result.doubts}
    lines: list[str] = []
    for finding in about_data(result):
        if finding.sentence not in doubted:
            lines += _finding(result, finding, width, first="    ")
    return ["About the data", *lines] if lines else []


def _finding(result: ScanResult, finding: Finding, width: int, *, first: str) -> list[str]:
    first = f"{first}{SHAPES[shape(finding)]} "
    lines = wrap(told(finding), width, first=first, indent=INDENT)
    said = finding.detail if finding.p is None else ()  # what a test says of itself is evidence
    for sentence in (_facts(result, finding), *said, finding.next_look):
        if sentence:
            lines += wrap(clean(sentence), width, first=INDENT, indent=INDENT)
    if finding.records and finding.kind != "data":
        text = f"{count(finding.records, 'record')}: {command(result, finding)}"
        lines += wrap(text, width, first=INDENT, indent=INDENT)
    return lines


def _facts(result: ScanResult, finding: Finding) -> str:
    if finding.kind == "data":
        return finding.status
    facts = [finding.status] if finding.status else []
    if finding.since:
        facts.append(f"since {since(finding, year=year_of(result.last_at))}")
    sure = ", ".join(filter(None, (certainty(finding).lower(), chance(finding.p))))
    return "; ".join((*facts, size(finding), sure))


def _also(result: ScanResult, family: Family, width: int) -> list[str]:
    if not family.also:
        return []
    lines = wrap(f"{family.said}:", width, first=INDENT, indent=INDENT)
    for one in family.also[:ALSO]:
        first = f"{INDENT}  {SHAPES[shape(one)]} "
        lines += wrap(_short(result, one, family.lead), width, first=first, indent=f"{INDENT}    ")
    more = len(family.also) - ALSO
    if more > 0:
        text = f"and {more:,} more, in the JSON form"
        lines += wrap(text, width, first=f"{INDENT}    ", indent=f"{INDENT}    ")
    return lines


def _short(result: ScanResult, finding: Finding, lead: Finding) -> str:
    """A finding that belongs to another: only what the other does not say."""
    _, _, second = finding.metric.partition(".")
    where = place(finding.slice) + (f", {MEASURES.get(second, second)}" if second else "")
    moved = f"{quantity(finding.after, finding.unit)}, was {quantity(finding.before, finding.unit)}"
    parts = [f"{where}: {moved}"]
    if finding.since:
        year = int(lead.since[:4]) if lead.since else year_of(result.last_at)
        parts.append(f"since {day(finding.since, year=year)}")
    parts.append(size(finding))
    if certainty(finding) != certainty(lead):
        parts.append(certainty(finding).lower())
    return clean("; ".join((*parts, finding.id)))


def _more(number_of: int, what: str, width: int) -> list[str]:
    sentence = f"{count(number_of, what)}: the JSON form holds all."
    return wrap(sentence, width, first="  ", indent="  ")


def _metrics(result: ScanResult, width: int) -> list[str]:
    computed = [metric for metric in result.metrics if metric.computable]
    rows = [["metric", "now", "85 % within", "records", "seen by"]]
    rows += [
        [
            clean(metric.name),
            quantity(metric.value, metric.unit),
            quantity(metric.p85, metric.unit) if metric.p85 is not None else "",
            f"{metric.n:,}",
            "customers" if metric.audience == "customer-facing" else "internal",
        ]
        for metric in computed
    ]
    lines = ["Metrics", *wrap(facing_said(result), width, first="  ", indent="  ")]
    lines += table(rows, right=(1, 2, 3), width=width)
    absent = [missing(metric) for metric in result.metrics if not metric.computable]
    if absent:
        text = "not computable: what the records do not say, and how to give it"
        lines += wrap(text, width, first="  ", indent="  ")
    for one in absent:
        ways = " or ".join(f"{what}: {how}" if what else how for what, how in one.ways)
        said = "; ".join(filter(None, (f"{one.name}: {one.lacks}", ways)))
        lines += wrap(said, width, first="  · ", indent="    ")
    return lines if result.metrics else []


def _same_month(result: ScanResult, width: int) -> list[str]:
    names = {metric.id: metric.name for metric in result.metrics}
    rows = [["metric", "month", "value", "records", "year before", "value", "records"]]
    for entry in result.same_month:
        now = [month(entry.month), quantity(entry.value, entry.unit), f"{entry.n:,}"]
        then = [month(entry.month_before), quantity(entry.value_before, entry.unit)]
        name = named(entry.metric, names)
        rows.append([name, *now, *then, f"{entry.n_before:,}"])
    lines = table(rows, right=(2, 3, 5, 6), width=width)
    return ["The same month last year", *lines] if lines else []


def _tasks(result: ScanResult, width: int) -> list[str]:
    rows = [["task", "tickets", "half within", "middle 70 % between"]]
    for task in result.tasks:
        spread = NOTHING
        if task.p15_hours is not None and task.p85_hours is not None:
            spread = f"{quantity(task.p15_hours, 'h')} and {quantity(task.p85_hours, 'h')}"
        half = quantity(task.median_hours, "h")
        rows.append([clean(task.name), f"{task.count:,}", half, spread])
    lines = table(rows, right=(1, 2), width=width)
    return ["Most frequent tasks", *lines] if lines else []


def _oldest(result: ScanResult, width: int) -> list[str]:
    rows = [["ticket", "opened", "age", "priority", "where"]]
    for ticket in result.oldest:
        age = quantity(round(ticket.age_days), "days")
        where = [clean(ticket.priority), clean(ticket.where)]
        rows.append([clean(ticket.id), day(ticket.opened_on), age, *where])
    lines = table(rows, right=(2,), width=width)
    return ["Oldest open tickets", *lines] if lines else []


def _momentum(result: ScanResult, width: int) -> list[str]:
    lines = []
    for entry in result.momentum:
        text = f"{entry.question} {entry.answer.capitalize()}. {entry.sentence}"
        lines += wrap(clean(text), width, first="  ", indent="    ")
    return ["Momentum", *lines] if lines else []


def _not_judged(result: ScanResult, width: int) -> list[str]:
    lines: list[str] = []
    names = {metric.id: metric.name for metric in result.metrics}
    groups = by_reason(result.not_judged, first=3)
    for group in groups[:REASONS]:
        first = "; ".join(
            f"{named(entry.metric, names)}, {place(entry.slice)}" for entry in group.first
        )
        more = f"; and {group.count - len(group.first):,} more"
        places = first + (more if group.count > len(group.first) else "")
        remedy = f" Would help: {group.remedy.rstrip('.')}." if group.remedy else ""
        text = f"{group.reason.rstrip('.')}: {places}.{remedy}"
        lines += wrap(clean(text), width, first=f"{group.count:>6,}  ", indent="        ")
    if len(groups) > REASONS:
        lines += _more(len(groups) - REASONS, "more reason", width)
    if result.masked_slices:
        text = f"{count(result.masked_slices, 'slice')} of fewer than five people masked."
        lines += wrap(text, width, first="  ", indent="  ")
    return ["What could not be judged, and why", *lines] if lines else []


def _questions(result: ScanResult, width: int) -> list[str]:
    lines = []
    for question in result.questions:
        lines += wrap(clean(question.sentence), width, first="  ", indent="    ")
        lines += wrap(clean(question.option), width, first="    ", indent="    ")
    return ["Questions and the options that answer", *lines] if lines else []


def _quality(result: ScanResult, width: int) -> list[str]:
    counts = result.counts
    used = f"{counts.get('used', 0):,} used, {counts.get('rejected', 0):,} rejected"
    read = f"{count(counts.get('read', 0), 'row')} read, {used}."
    lines = ["Data quality", *wrap(read, width, first="  ", indent="  ")]
    if result.coverage.sentence:
        lines += wrap(clean(result.coverage.sentence), width, first="  ", indent="  ")
    for doubt in result.doubts[:DOUBTS]:
        lines += wrap(clean(doubt.sentence), width, first="  · ", indent="    ")
    if len(result.doubts) > DOUBTS:
        lines += _more(len(result.doubts) - DOUBTS, "more doubt", width)
    for warning in result.warnings:
        lines += wrap(clean(warning), width, first="  ! ", indent="    ")
    return lines


def _mapping(result: ScanResult, width: int) -> list[str]:
    lines = []
    for mapping in result.mapping:
        rows = [["role", "column", "sure", "evidence"]]
        for entry in mapping.roles:
            sure = f"{entry.confidence * 100:.0f} %"
            rows.append([entry.role, clean(entry.column), sure, clean(entry.evidence)])
        title = f"{mapping.source}: one row per {mapping.shape}, {mapping.table}"
        lines += wrap(clean(title), width, first="  ", indent="    ")
        lines += table(rows, right=(2,), width=width)
        for entry in mapping.roles:
            read = f"read as missing: {', '.join(entry.missing)}" if entry.missing else ""
            if said := "; ".join(filter(None, (entry.date_evidence, read))):
                text = f"{entry.role}: {said}"
                lines += wrap(clean(text), width, first="  · ", indent="    ")
    return ["Mapping", *lines] if lines else []


def _method(result: ScanResult, width: int) -> list[str]:
    method = result.method
    basis = f"Rules {method.rules}, headway {method.version}, by {method.period}."
    shas = [f"{name}: sha256 {digest}" for name, digest in method.input_sha256]
    lines = ["Method"]
    for sentence in (basis, *method.sentences, *shas):
        lines += wrap(clean(sentence), width, first="  ", indent="    ")
    return lines
