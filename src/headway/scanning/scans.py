"""A scan: the result, its records and its charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from headway import __version__, metrics, reports
from headway.calendars import describe
from headway.engine.columns import Ints
from headway.engine.slices import enumerate_slices
from headway.errors import InputError, OptionError
from headway.findings.further import returning
from headway.metrics.desk import Desk
from headway.records import Records
from headway.results import Finding, Method, MetricResult, ScanResult
from headway.scanning import charts
from headway.scanning.analysis import Analysis, analyse, inside, span_of
from headway.scanning.charts import Picture
from headway.scanning.gather import Gathered, Progress, Source, gather
from headway.scanning.options import MINIMUM_PEOPLE, Options
from headway.scanning.people import without_names
from headway.series import Slice
from headway.spc.model import Chart

RULES = "headway-1"
FDR = 0.05
SHOWN = 25  # findings with a chart in a report
_TABLES = ("tickets", "events", "feedback", "approvals", "alterations")


@dataclass(frozen=True)
class Scan:
    """What one pass over the records found, with the records at hand.

    Attributes
    ----------
    result
        Everything that is reported.
    records
        The records that were looked at.
    options
        The choices made.
    """

    result: ScanResult
    records: Records
    options: Options

    def __repr__(self) -> str:
        """The size of the scan; its tables hold people and are not shown."""
        tickets = self.records.tickets.num_rows
        return f"Scan({tickets:,} tickets, {len(self.findings)} findings)"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings in order of evidence and consequence."""
        return self.result.findings

    @property
    def metrics(self) -> tuple[MetricResult, ...]:
        """One figure per metric over the whole extract."""
        return self.result.metrics

    def chart(self, metric: str, **where: str) -> Picture:
        """The process behaviour chart of one metric, for all records or one slice.

        >>> import pyarrow as pa
        >>> day = [f"2026-{m:02}-{d:02} 09:00" for m in range(1, 7) for d in range(1, 29)]
        >>> made = scan(pa.table({"Number": [f"I{i}" for i in range(168)], "Opened": day}))
        >>> made.chart("arrivals").chart.unit
        'tickets'

        Raises
        ------
        OptionError
            When the metric or the slice is not part of the scan.
        """
        panel = self.result.panels.get(metric)
        if panel is None:
            known = ", ".join(self.result.panels) or "none"
            raise OptionError(f"There is no series for the metric '{metric}'; there are: {known}.")
        if len(where) > 1:
            raise OptionError("A chart shows one slice; give one dimension, such as service=….")
        part = Slice(*next(iter(where.items()))) if where else Slice()
        if part not in panel.slices:
            raise OptionError(f"There is no series of {metric} for {part}.")
        row = panel.slices.index(part)
        found = self._shift_of(metric, part)
        chart = charts.of_panel(panel, row, cut=found.cut if found else None)
        return Picture(chart, found.sentence if found else f"{metric}, {part}")

    def _shift_of(self, metric: str, part: Slice) -> Finding | None:
        shifts = (f for f in self.findings if f.kind in ("shift", "mix") and f.metric == metric)
        return next((f for f in shifts if f.slice == part), None)

    def charts(self) -> dict[str, Chart]:
        """Charts for a report, by finding id and by metric id."""
        out = {
            metric: charts.of_panel(panel, 0, cut=self._cut(metric))
            for metric, panel in self.result.panels.items()
        }
        shown = [f for f in self.findings if f.kind != "data" and not f.parent][:SHOWN]
        for finding in shown:
            panel = self.result.panels[finding.metric]
            row = panel.slices.index(finding.slice)
            drawn = charts.of_panel(panel, row, cut=finding.cut)
            if finding.kind == "level":
                drawn = replace(drawn, target=finding.before, target_label="In line with peers")
            out[finding.id] = drawn
        return out

    def _cut(self, metric: str) -> str | None:
        found = self._shift_of(metric, Slice())
        return found.cut if found else None

    def behind(self, finding_id: str) -> pa.Table:
        """The tickets behind a finding, without people and titles.

        Raises
        ------
        OptionError
            When the scan has no such finding, or the finding has no tickets of its own.
        """
        finding = next((f for f in self.findings if f.id == finding_id), None)
        if finding is None:
            raise OptionError(
                f"This scan has no finding '{finding_id}'; run headway scan for the ids."
            )
        return without_names(self.records.tickets.take(self._rows(finding)), self.records)

    def _rows(self, finding: Finding) -> Ints:
        if finding.kind == "data":
            raise OptionError(
                f"Finding '{finding.id}' is about the data as a whole, not about single tickets."
            )
        panel = self.result.panels[finding.metric]
        usable = np.flatnonzero(panel.usable)
        if finding.kind == "rework":
            slicing = enumerate_slices(self.records, minimum_people=MINIMUM_PEOPLE)
            return returning(Desk(self.records, self.options.clock), slicing, finding, panel)
        start = datetime.fromisoformat(finding.since).date() if finding.since else None
        end = panel.periods.ends[usable[-1]].item() if len(usable) else None
        return metrics.members(
            self.records, finding.metric, finding.slice, start, end, self.options.clock
        )

    def to_json(self) -> str:
        """The result as documented in ``docs/reference/scan-json.md``."""
        return reports.to_json(self.result)

    def to_text(self, *, width: int = 100) -> str:
        """The result for the terminal."""
        return reports.to_text(self.result, width=width)

    def to_html(self) -> str:
        """The result as one self-contained page."""
        return reports.to_html(self.result, charts=self.charts())

    def _repr_html_(self) -> str:
        lines = "".join(
            f"<li>{_escaped(line.sentence)}</li>" for line in reports.ten_lines(self.result)
        )
        return f"<ol>{lines}</ol>"

    def compared_with(self, previous: Path) -> Scan:
        """The scan with findings marked new or continuing, and those that are gone."""
        before = reports.load_previous(previous)
        looked_at = {*self.result.panels, *(f.metric for f in before if f.kind == "data")}
        findings, gone = reports.compare(
            self.findings, [f for f in before if f.metric in looked_at]
        )
        return replace(self, result=replace(self.result, findings=findings, gone=gone))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def scan(
    *sources: Source,
    options: Options | None = None,
    map: Mapping[str, str] | None = None,  # noqa: A002 - the word of the command line
    period: str = "auto",
    where: Sequence[str] = (),
    start: str | None = None,
    end: str | None = None,
    on_progress: Progress | None = None,
) -> Scan:
    """Scan one or several sources together.

    Parameters
    ----------
    sources
        Paths, "-" for standard input, open binary files, or pandas, Polars or Arrow tables:
        tickets, changes, feedback, approvals, alterations.
    options
        All choices at once; the following are short forms for the most used ones.
    map
        Canonical column -> column of the source.
    period, where, start, end
        As on the command line.

    Raises
    ------
    HeadwayError
        With one sentence that says what is wrong and what to do.

    Examples
    --------
    >>> import pyarrow as pa
    >>> made = scan(pa.table({"Number": ["I1"], "Opened": ["2026-01-05 09:00"]}))
    >>> made.result.counts["tickets"], made.findings[0].kind
    (1, 'data')
    """
    if not sources:
        raise InputError("Nothing to scan: give at least one file or table.")
    chosen = options or Options.parse(
        period=period, where=tuple(where), overrides=map, start=start, end=end
    )
    return scan_gathered(gather(sources, chosen, on_progress=on_progress), chosen)


def scan_gathered(
    gathered: Gathered, options: Options, *, on_step: Callable[[str], None] | None = None
) -> Scan:
    """Scan records that were read before; ``on_step`` hears the name of each step."""
    step = on_step or (lambda _: None)
    records = gathered.chosen
    if not records.tickets.num_rows and not records.feedback.num_rows:
        narrowed = options.where or options.first or options.last
        raise InputError(
            "No ticket is left by --where, --from and --to; widen them."
            if narrowed
            else "The sources hold no ticket and no answer to a survey; add a file of tickets."
        )
    step("Testing the series")
    analysis = analyse(records, gathered.mappings, options)
    step("Writing the result")
    return Scan(_result(gathered, analysis, options), records, options)


def _result(gathered: Gathered, analysis: Analysis, options: Options) -> ScanResult:
    records, clock = gathered.chosen, options.clock
    window = inside(analysis.coverage)
    first, last = span_of(records)
    return ScanResult(
        sources=gathered.names,
        counts=_counts(records),
        first_at=_instant(first),
        last_at=_instant(last),
        mapping=gathered.mappings,
        coverage=analysis.coverage,
        metrics=metrics.totals(records, clock=clock),
        findings=analysis.findings,
        gone=(),
        expected_false=analysis.judgement.expected_false,
        not_judged=analysis.not_judged,
        questions=tuple(q for m in gathered.mappings for q in m.questions),
        tasks=metrics.tasks(records, clock=clock, slicing=analysis.slicing),
        oldest=metrics.oldest(records, clock=clock, slicing=analysis.slicing),
        momentum=analysis.momentum,
        same_month=metrics.same_month(records, clock=clock, coverage_window=window),
        doubts=records.doubts,
        warnings=gathered.warnings,
        method=_method(gathered, analysis, options),
        masked_slices=analysis.slicing.masked,
        series_judged=analysis.judgement.series,
        panels=analysis.panels,
        clocks=analysis.clocks,
    )


def _counts(records: Records) -> dict[str, int]:
    counts = {name: int(getattr(records, name).num_rows) for name in _TABLES}
    used = records.rows_read - records.rows_rejected
    return counts | {
        "read": records.rows_read,
        "used": used,
        "rejected": records.rows_rejected,
    }


def _instant(seconds: int | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _method(gathered: Gathered, analysis: Analysis, options: Options) -> Method:
    panel = next(iter(analysis.panels.values()), None)
    clock: dict[str, Any] = {
        "zone": options.clock.zone,
        "rule": options.clock.rule,
        "pending": options.clock.pending,
        "holidays": options.clock.holidays,
        "described": describe(options.clock),
    }
    return Method(
        rules=RULES,
        version=__version__,
        input_sha256=gathered.sha256,
        clock=clock,
        period=panel.periods.span if panel else options.period,
        options=options.described(),
        tests=analysis.judgement.tests,
        fdr=FDR,
        sentences=(
            describe(options.clock),
            analysis.coverage.sentence,
            "Each series is tested for one sustained change (largest two-segment difference, "
            "p value by the improved Bonferroni bound, widened for serial correlation), and from "
            "20 points on for a slope.",
            "Slices are compared with their peers at the same kind and priority, by a "
            "random-effects model of the others.",
            f"The share of false findings is held to {FDR * 100:.0f}\u00a0% over all "
            f"{analysis.judgement.tests:,} tests together (Benjamini and Hochberg; half "
            "of the budget goes to the series of all records, so that q may lie below p).",
        ),
    )
