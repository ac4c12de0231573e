"""The metrics at a glance: how each moved as a whole, and how many face the customer."""

from __future__ import annotations

from dataclasses import dataclass

from headway.reports.words import NOTHING, Shape, count, shape
from headway.results import Finding, MetricResult, ScanResult
from headway.series import Slice

WORDS = {"better": "Got better", "worse": "Got worse", "up": "Rose", "down": "Fell"}
CHANGES = ("shift", "drift")


@dataclass(frozen=True)
class Verdict:
    """How a metric moved over all records; without a shape nothing was judged.

    ``since`` is the ISO date of the finding behind it, None without one.
    """

    word: str
    shape: Shape | None = None
    since: str | None = None


def verdict(result: ScanResult, metric: MetricResult) -> Verdict:
    """What the findings say of ``metric`` over all records.

    >>> from types import SimpleNamespace
    >>> backlog = MetricResult("backlog", "Open tickets", "", "internal", "tickets", "lower",
    ...     computable=True)
    >>> verdict(SimpleNamespace(), backlog).word
    '–'
    """
    if metric.value is None:
        return Verdict(NOTHING)
    refused = any(one.metric == metric.id and one.slice == Slice() for one in result.not_judged)
    if refused or metric.id not in result.panels:
        return Verdict("Not judged")
    found = next((one for one in result.findings if _whole(one, metric.id)), None)
    if found is None:
        return Verdict("Ordinary", "plain")
    return Verdict(WORDS[found.direction or "up"], shape(found), found.since)


def _whole(finding: Finding, metric: str) -> bool:
    whole = finding.metric == metric and finding.slice == Slice()
    return whole and finding.kind in CHANGES and finding.direction is not None


def facing(result: ScanResult) -> tuple[int, int]:
    """How many metrics face the customer, of how many that can be computed."""
    computable = [metric for metric in result.metrics if metric.computable]
    return sum(metric.audience == "customer-facing" for metric in computable), len(computable)


def facing_said(result: ScanResult) -> str:
    """The same in one sentence."""
    some, computable = facing(result)
    verb = "faces" if some == 1 else "face"
    return f"{some} of {count(computable, 'computable metric')} {verb} the customer."
