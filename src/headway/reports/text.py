"""The scan for a terminal: the answer first, the proof after it."""

from __future__ import annotations

from headway.reports.answer import about_data, signals, ten_lines
from headway.reports.lines import table, wrap
from headway.reports.refusals import by_reason
from headway.reports.words import (
    NOTHING,
    certainty,
    chance,
    clean,
    command,
    count,
    day,
    interval,
    month,
    number,
    place,
    quantity,
    shape,
    size,
    year_of,
)
from headway.results import Finding, ScanResult

SHAPES = {"better": "●", "worse": "◆", "odd": "■", "plain": "·", "data": "▫"}
COLOURS = {"better": "blue", "worse": "dark_orange", "odd": "medium_purple"}
KEY = "● better, ◆ worse, ■ unusual (neither better nor worse), · ordinary, ▫ about the data"
FINDINGS, REASONS, DOUBTS = 20, 8, 15
INDENT = "      "


def to_text(result: ScanResult, *, width: int = 100, colour: bool = False) -> str:
    """The result as text of at most ``width`` columns (40 at least), ending with a line feed.

    With ``colour`` the shapes carry terminal colours; the words are the same without.
    """
    width = max(40, width)
    parts = [
        _answer(result, width),
        _findings(result, width),
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
    lines = ["The answer in ten lines"]
    for rank, line in enumerate(ten_lines(result), start=1):
        first = f"{rank:>3} {SHAPES[line.shape]} "
        lines += wrap(line.sentence, width, first=first, indent=INDENT)
    found = len(signals(result))
    if found:
        by_chance = f"about {number(result.expected_false)} of them may be chance"
        lines += wrap(
            f"{count(found, 'finding')} among {result.series_judged:,} series; {by_chance}.",
            width,
            first="  ",
            indent="  ",
        )
    return [*lines, *wrap(KEY, width, first="  ", indent="  ")]


def _findings(result: ScanResult, width: int) -> list[str]:
    lines = ["Findings"]
    found = (*signals(result), *about_data(result))
    if not found:
        text = "No finding: everything that could be judged shows ordinary variation."
        return lines + wrap(text, width, first="  ", indent="  ")
    for rank, finding in enumerate(found[:FINDINGS], start=1):
        lines += _finding(result, finding, rank, width)
    if len(found) > FINDINGS:
        lines += _more(len(found) - FINDINGS, "more finding", width)
    for gone in result.gone:
        lines += wrap(f"gone: {clean(gone.sentence)}", width, first="    · ", indent=INDENT)
    return lines


def _finding(result: ScanResult, finding: Finding, rank: int, width: int) -> list[str]:
    year = year_of(result.last_at)
    first = f"{rank:>3} {SHAPES[shape(finding)]} "
    lines = wrap(clean(finding.sentence), width, first=first, indent=INDENT)
    facts = [finding.status] if finding.status else []
    if finding.since:
        span = interval(finding.since_interval, year=year)
        facts.append(f"since {day(finding.since, year=year)}" + (f" ({span})" if span else ""))
    if finding.kind != "data":
        facts.append(size(finding))
    facts.append(", ".join(filter(None, (certainty(finding).lower(), chance(finding.p)))))
    lines += wrap("; ".join(facts), width, first=INDENT, indent=INDENT)
    for sentence in (*finding.detail, finding.next_look):
        if sentence:
            lines += wrap(clean(sentence), width, first=INDENT, indent=INDENT)
    if finding.records:
        text = f"{count(finding.records, 'record')}: {command(result, finding)}"
        lines += wrap(text, width, first=INDENT, indent=INDENT)
    return lines


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
    missing = [metric for metric in result.metrics if not metric.computable]
    lines = ["Metrics", *table(rows, right=(1, 2, 3), width=width)]
    for metric in missing:
        needs = f"not computable: {metric.id} needs {', '.join(metric.needs)}"
        lines += wrap(clean(needs), width, first="  ", indent="    ")
    return lines if result.metrics else []


def _same_month(result: ScanResult, width: int) -> list[str]:
    names = {metric.id: metric.name for metric in result.metrics}
    rows = [["metric", "month", "value", "records", "year before", "value", "records"]]
    for entry in result.same_month:
        now = [month(entry.month), quantity(entry.value, entry.unit), f"{entry.n:,}"]
        then = [month(entry.month_before), quantity(entry.value_before, entry.unit)]
        name = clean(names.get(entry.metric, entry.metric))
        rows.append([name, *now, *then, f"{entry.n_before:,}"])
    lines = table(rows, right=(2, 3, 5, 6), width=width)
    return ["The same month last year", *lines] if lines else []


def _tasks(result: ScanResult, width: int) -> list[str]:
    rows = [["task", "tickets", "half within", "middle 70 % between"]]
    for task in result.tasks:
        spread = NOTHING
        if task.p15_hours is not None and task.p85_hours is not None:
            spread = f"{number(task.p15_hours)} and {quantity(task.p85_hours, 'h')}"
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
    groups = by_reason(result.not_judged)
    for group in groups[:REASONS]:
        first = ", ".join(f"{entry.metric} {place(entry.slice)}" for entry in group.first)
        more = f" and {group.count - len(group.first):,} more"
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
            evidence = "; ".join(filter(None, (entry.evidence, entry.date_evidence)))
            sure = f"{entry.confidence:.0%}"
            rows.append([entry.role, clean(entry.column), sure, clean(evidence)])
        title = f"{mapping.source}: one row per {mapping.shape}, {mapping.table}"
        lines += wrap(clean(title), width, first="  ", indent="    ")
        lines += table(rows, right=(2,), width=width)
    return ["Mapping", *lines] if lines else []


def _method(result: ScanResult, width: int) -> list[str]:
    method = result.method
    basis = f"Rules {method.rules}, headway {method.version}, by {method.period}."
    shas = [f"{name}: sha256 {digest}" for name, digest in method.input_sha256]
    lines = ["Method"]
    for sentence in (basis, *method.sentences, *shas):
        lines += wrap(clean(sentence), width, first="  ", indent="    ")
    return lines
