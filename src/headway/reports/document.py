"""The scan as JSON: the same result gives the same bytes (see docs/reference/scan-json.md)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping as Dict
from dataclasses import asdict
from typing import Any

from headway.reports.answer import ten_lines
from headway.reports.overview import facing
from headway.reports.words import clean
from headway.results import Finding, Method, MetricResult, NotJudged, ScanResult
from headway.series import Slice

SCHEMA = "headway-scan-1"
COUNTS = (
    "tickets",
    "events",
    "feedback",
    "approvals",
    "alterations",
    "read",
    "used",
    "rejected",
)


def to_json(result: ScanResult) -> str:
    """The whole result as indented JSON text, ending with a line feed.

    Figures are rounded to six significant digits, what is not a number is ``null``, and nothing
    depends on the moment of writing.
    """
    return (
        json.dumps(_plain(document(result)), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    )


def document(result: ScanResult) -> dict[str, Any]:
    """The keys of the JSON form, in their order."""
    return {
        "schema": SCHEMA,
        "sources": result.sources,
        "records": _records(result),
        "answer": [asdict(line) for line in ten_lines(result)],
        "coverage": {
            "selected_by": result.coverage.selected_by,
            "from": result.coverage.start,
            "to": result.coverage.end,
            "sentence": result.coverage.sentence,
            "edges": [asdict(edge) for edge in result.coverage.edges],
        },
        "metrics": [_metric(metric) for metric in result.metrics],
        "customer_facing": _facing(result),
        "findings": [_finding(finding) for finding in result.findings],
        "gone": [_finding(finding) for finding in result.gone],
        "series_judged": result.series_judged,
        "expected_false": result.expected_false,
        "not_judged": [_refusal(entry) for entry in result.not_judged],
        "masked_slices": result.masked_slices,
        "momentum": [asdict(entry) for entry in result.momentum],
        "same_month": [asdict(entry) for entry in result.same_month],
        "tasks": [asdict(task) for task in result.tasks],
        "oldest": [asdict(ticket) for ticket in result.oldest],
        "clocks": asdict(result.clocks) if result.clocks else None,
        "questions": [asdict(question) for question in result.questions],
        "doubts": [asdict(doubt) for doubt in result.doubts],
        "warnings": result.warnings,
        "mapping": [asdict(mapping) for mapping in result.mapping],
        "method": _method(result.method),
    }


def _records(result: ScanResult) -> dict[str, Any]:
    counts: dict[str, Any] = {name: result.counts.get(name, 0) for name in COUNTS}
    return {**counts, "first_at": result.first_at, "last_at": result.last_at}


def _facing(result: ScanResult) -> dict[str, int]:
    some, computable = facing(result)
    return {"facing": some, "computable": computable}


def _metric(metric: MetricResult) -> dict[str, Any]:
    return asdict(metric)


def _slice(part: Slice) -> dict[str, str]:
    return {"dimension": part.dimension, "value": part.value, "text": str(part)}


def _finding(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "slice": _slice(finding.slice)}


def _refusal(entry: NotJudged) -> dict[str, Any]:
    return {
        "metric": entry.metric,
        "slice": _slice(entry.slice),
        "reason": entry.reason,
        "remedy": entry.remedy,
    }


def _method(method: Method) -> dict[str, Any]:
    return {
        **asdict(method),
        "input_sha256": dict(method.input_sha256),
        "clock": dict(sorted(method.clock.items())),
        "options": dict(sorted(method.options.items())),
    }


def _plain(value: Any) -> Any:  # noqa: ANN401  any value that a result may hold
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Dict):
        return {str(_plain(str(key))): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(entry) for entry in value), key=str)
    return _figure(value)


def _figure(value: Any) -> Any:  # noqa: ANN401
    if hasattr(value, "item"):  # a NumPy scalar
        value = value.item()
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return clean(str(value))
