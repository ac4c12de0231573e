"""Findings about the data: edges of the extract, changed definitions, quality."""

from __future__ import annotations

from headway.findings.shift_findings import finding_id
from headway.mapping.model import Mapping
from headway.records import Doubt
from headway.results import Coverage, Finding
from headway.series import Slice

FEW_TICKETS = 50


def edge_findings(coverage: Coverage) -> list[Finding]:
    """One finding per edge of the extract, dated at the edge."""
    return [
        Finding(
            id=finding_id("data", f"edge.{edge.side}.{edge.axis}", Slice(), "edge"),
            kind="data",
            metric="arrivals" if edge.axis == "opened" else "resolved",
            slice=Slice(),
            direction=None,
            sentence=edge.sentence,
            since=edge.on,
            since_interval=(edge.on, edge.on),
            next_look="Export again by opening date, up to today, to see what follows.",
        )
        for edge in coverage.edges
    ]


def doubt_findings(doubts: tuple[Doubt, ...]) -> list[Finding]:
    """One finding per doubtful fact in the records."""
    return [
        Finding(
            id=finding_id("data", f"{doubt.code}.{doubt.column}", Slice(), "quality"),
            kind="data",
            metric=doubt.column,
            slice=Slice(),
            direction=None,
            sentence=doubt.sentence,
            detail=tuple(f"For example {example}" for example in doubt.examples[:5]),
        )
        for doubt in doubts
    ]


def small_findings(tickets: int, periods: int, span: str) -> list[Finding]:
    """A finding when the extract is too small for any verdict about change."""
    if tickets >= FEW_TICKETS and periods >= 8:
        return []
    noun = "ticket" if tickets == 1 else "tickets"
    spans = f"{periods} complete {span}{'' if periods == 1 else 's'}"
    sentence = (
        f"{tickets:,} {noun} over {spans}: too few to tell a change from chance. "
        "Eight periods with at least ten tickets each are needed."
    )
    return [
        Finding(
            id=finding_id("data", "small", Slice(), "quality"),
            kind="data",
            metric="arrivals",
            slice=Slice(),
            direction=None,
            sentence=sentence,
            records=tickets,
            next_look="Export a longer stretch; half a year makes full verdicts possible.",
        )
    ]


def column_findings(empty: tuple[str, ...], constant: tuple[str, ...]) -> list[Finding]:
    """Findings for mapped columns that hold nothing, or one value only."""
    out = []
    for columns, code, words in (
        (empty, "empty", "holds no value, so nothing can be said by it"),
        (constant, "constant", "holds a single value, so there is nothing to compare"),
    ):
        out += [
            Finding(
                id=finding_id("data", f"{code}.{column}", Slice(), "quality"),
                kind="data",
                metric=column,
                slice=Slice(),
                direction=None,
                sentence=f"The column '{column}' {words}.",
            )
            for column in columns
        ]
    return out


def left_out_findings(mappings: tuple[Mapping, ...]) -> list[Finding]:
    """One finding per column that is named like a role and was left out, for example as empty."""
    return [
        Finding(
            id=finding_id("data", f"left-out.{column}", Slice(), "quality"),
            kind="data",
            metric=column,
            slice=Slice(),
            direction=None,
            sentence=warning,
        )
        for mapping in mappings
        for warning in mapping.warnings
        for column in mapping.unused
        if warning.startswith(f"Column '{column}' ")
    ]
