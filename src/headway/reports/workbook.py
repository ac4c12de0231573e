"""The scan as a spreadsheet: one sheet per question, every cell a value, never a formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import numpy as np

from headway.errors import OutputError
from headway.reports.answer import ten_lines
from headway.reports.words import certainty, clean, command
from headway.results import ScanResult
from headway.series import Panel, Slice

Cell = str | float | None
Rows = Iterable[Sequence[Cell]]

CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # fixed, so that the same result gives the same bytes
FORMULA = ("=", "+", "-", "@")
LONGEST = 32_000  # a cell holds 32,767 characters
ROWS = 1_000_000  # a sheet holds 1,048,576


def to_xlsx(result: ScanResult, target: str | Path | IO[bytes]) -> None:
    """Write the result as a workbook to a path or to an open binary file.

    Text that a spreadsheet could take for a formula gets an apostrophe before it, so that it
    stays text when the sheet is saved as CSV as well.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """
    content = _workbook(result)
    if not isinstance(target, (str, Path)):
        target.write(content)
        return
    try:
        Path(target).write_bytes(content)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise OutputError(f"The workbook '{target}' cannot be written: {reason}.") from error


def text(value: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> text("=cmd()"), text("Email")
    ("'=cmd()", 'Email')
    """
    kept = clean(value)[:LONGEST]
    return f"'{kept}" if kept.lstrip().startswith(FORMULA) else kept


def _workbook(result: ScanResult) -> bytes:
    from xlsxwriter import Workbook

    memory = BytesIO()
    book = Workbook(memory, {"in_memory": True})
    book.set_properties({"created": CREATED, "title": "Headway scan"})
    bold = book.add_format({"bold": True})
    for name, columns, rows in _sheets(result):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, (title, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, bold)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, line, place, cell)
    book.close()
    return memory.getvalue()


def _write(sheet: Any, line: int, place: int, cell: Cell) -> None:  # noqa: ANN401  untyped library
    if isinstance(cell, str):
        sheet.write_string(line, place, text(cell))
    elif cell is not None and math.isfinite(cell):
        sheet.write_number(line, place, cell if float(cell).is_integer() else float(f"{cell:.6g}"))


def _sheets(result: ScanResult) -> list[tuple[str, list[tuple[str, int]], Rows]]:
    return [
        ("Answer", _titles("shape:8 answer:120"), _answer(result)),
        (
            "Findings",
            _titles(
                "id:30 kind:8 sentence:90 metric:22 dimension:14 value:24 direction:10 since:12 "
                "since_from:12 since_to:12 before:10 after:10 unit:10 weight:10 weight_unit:12 "
                "certainty:12 p:10 q:10 provisional:12 status:12 belongs_to:16 "
                "records:10 look_next:60 command:60"
            ),
            _findings(result),
        ),
        (
            "Metrics",
            _titles(
                "id:26 name:30 audience:18 unit:10 better:10 computable:12 value:12 p85:12 n:10 "
                "numerator:12 denominator:12 needs:40 note:40"
            ),
            _metrics(result),
        ),
        (
            "Series",
            _titles("metric:24 dimension:14 value:24 period:12 measure:12 n:8 numerator:12 use:8"),
            _series(result),
        ),
        (
            "Not judged",
            _titles("metric:26 dimension:14 value:30 reason:60 remedy:50"),
            (
                (entry.metric, entry.slice.dimension, entry.slice.value, entry.reason, entry.remedy)
                for entry in result.not_judged[:ROWS]
            ),
        ),
        (
            "Data quality",
            _titles("what:26 column:20 count:10 sentence:90 examples:50"),
            _quality(result),
        ),
        (
            "Mapping",
            _titles("source:24 table:12 role:20 column:28 confidence:12 evidence:60 missing:16"),
            _mapping(result),
        ),
        ("Method", _titles("what:24 value:90"), _method(result)),
    ]


def _titles(spec: str) -> list[tuple[str, int]]:
    pairs = (entry.split(":") for entry in spec.split())
    return [(name.replace("_", " "), int(width)) for name, width in pairs]


def _answer(result: ScanResult) -> Rows:
    return [(line.shape, line.sentence) for line in ten_lines(result)]


def _findings(result: ScanResult) -> Rows:
    for one in result.findings:
        first, last = one.since_interval or ("", "")
        yield (
            *(one.id, one.kind, one.sentence, one.metric, one.slice.dimension, one.slice.value),
            *(one.direction or "", one.since or "", first, last, one.before, one.after, one.unit),
            *(one.weight, one.weight_unit, certainty(one), one.p, one.q),
            *("yes" if one.provisional else "no", one.status, one.parent, one.records),
            one.next_look,
            command(result, one),
        )


def _metrics(result: ScanResult) -> Rows:
    for one in result.metrics:
        yield (
            *(one.id, one.name, one.audience, one.unit, one.better),
            *("yes" if one.computable else "no", one.value, one.p85, one.n),
            *(one.numerator, one.denominator, ", ".join(one.needs), one.note),
        )


def _series(result: ScanResult) -> Rows:
    """Each metric for all records and for the slices that a finding speaks of."""
    told = {(finding.metric, finding.slice) for finding in result.findings}
    rows = 0
    for metric, panel in sorted(result.panels.items()):
        for place, part in enumerate(panel.slices):
            if part != Slice() and (metric, part) not in told:
                continue
            rows += len(panel.periods)
            if rows > ROWS:
                return
            yield from _periods(panel, place)


def _periods(panel: Panel, place: int) -> Rows:
    part = panel.slices[place]
    days = np.datetime_as_string(panel.periods.starts, unit="D").tolist()
    for i, day in enumerate(days):
        counted = None if panel.numerator is None else int(panel.numerator[place, i])
        yield (
            *(panel.metric, part.dimension, part.value, day, float(panel.value[place, i])),
            *(int(panel.n[place, i]), counted, "yes" if panel.usable[i] else "no"),
        )


def _quality(result: ScanResult) -> Rows:
    for name in ("read", "used", "rejected"):
        yield ("rows", "", result.counts.get(name, 0), name, "")
    if result.coverage.sentence:
        yield ("coverage", result.coverage.selected_by, None, result.coverage.sentence, "")
    for doubt in result.doubts:
        yield (doubt.code, doubt.column, doubt.count, doubt.sentence, ", ".join(doubt.examples))
    for warning in result.warnings:
        yield ("warning", "", None, warning, "")
    for question in result.questions:
        yield ("question", question.subject, None, question.sentence, question.option)


def _mapping(result: ScanResult) -> Rows:
    for mapping in result.mapping:
        for one in mapping.roles:
            why = "; ".join(filter(None, (one.evidence, one.date_evidence)))
            missing = ", ".join(one.missing)
            head = (mapping.source, mapping.table, one.role, one.column)
            yield (*head, one.confidence, why, missing)
        for column in mapping.unused:
            yield (mapping.source, mapping.table, "", column, None, "not used", "")


def _method(result: ScanResult) -> Rows:
    method = result.method
    yield ("rules", method.rules)
    yield ("version", method.version)
    yield ("period", method.period)
    yield ("series tested together", method.tests)
    yield ("false discovery rate", method.fdr)
    yield ("findings that may be chance", result.expected_false)
    for name, value in [*sorted(method.clock.items()), *sorted(method.options.items())]:
        yield (name, str(value))
    for name, digest in method.input_sha256:
        yield (f"sha256 of {name}", digest)
    for sentence in method.sentences:
        yield ("", sentence)
