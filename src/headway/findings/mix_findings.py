"""Findings of the kind ``mix``: a total that moved because what it is made of did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from headway.engine.slices import Dimension, Slicing
from headway.findings import wording
from headway.findings.mix import Composition
from headway.findings.mix_sides import Measured, by_mix, measured, shifted_with, split_at
from headway.findings.phrases import phrase
from headway.findings.shift_findings import LABELS, finding_id
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.results import Finding
from headway.series import Panel, Slice

DIMENSIONS = ("kind", "priority", "category", "service", "channel")
STATISTICS = ("share", "median", "mean")
# There a mix would be the metric itself.
DEFINED_BY = {"uncategorised_share": {"category"}, "self_service_share": {"channel"}}
_NAMES = {"kind": "kind of ticket"}


def explain(
    findings: Sequence[Finding],
    panels: dict[str, Panel],
    slicing: Slicing,
    desk: Desk,
    facts_of: Callable[[str], Facts | None],
) -> list[Finding]:
    """The findings, where a shift of all records that its mix accounts for is of the kind ``mix``.

    At least 70 % of the change must be that of the shares of the parts of one dimension, none of
    which shifted with it. Shifts of other slices that the same mix accounts for as far
    refer to it.
    """
    out = list(findings)
    for finding in findings:
        if finding.kind != "shift" or finding.slice != Slice():
            continue
        panel, facts = panels[finding.metric], facts_of(finding.metric)
        if panel.statistic not in STATISTICS or facts is None:
            continue
        records = measured(facts, panel, desk)
        found = _best(finding, out, records, slicing)
        if found is not None:
            out = _told(finding, out, records, slicing, found)
    return out


Found = tuple[Dimension, Composition]


def _best(
    finding: Finding, others: Sequence[Finding], records: Measured, slicing: Slicing
) -> Found | None:
    """The dimension whose mix accounts for most of the change, if it is enough."""
    moved = {f.slice.dimension for f in others if shifted_with(f, finding)}
    moved |= DEFINED_BY.get(finding.metric, set())
    best: Found | None = None
    for dimension in slicing.dimensions:
        if dimension.name not in DIMENSIONS or not dimension.values or dimension.name in moved:
            continue
        split = split_at(finding, records, dimension, np.ones(len(dimension.rows), dtype=bool))
        if split is None or not by_mix(split):
            continue
        if best is None or abs(split.within / split.change) < abs(best[1].within / best[1].change):
            best = (dimension, split)
    return best


def _told(
    finding: Finding,
    others: list[Finding],
    records: Measured,
    slicing: Slicing,
    found: Found,
) -> list[Finding]:
    dimension, split = found
    told = _build(finding, dimension, split)
    out = []
    for other in others:
        family = (other.metric.split(".")[0], other.direction) == (finding.metric, told.direction)
        if other is finding:
            out.append(told)
        elif family and other.kind == "shift" and _follows(other, records, dimension, slicing):
            out.append(replace(other, parent=told.id))
        else:
            out.append(replace(other, parent=told.id) if other.parent == finding.id else other)
    return out


def _follows(other: Finding, records: Measured, dimension: Dimension, slicing: Slicing) -> bool:
    """Whether the mix accounts for the change of another slice as well."""
    if other.slice == Slice():
        return True
    own = next(d for d in slicing.dimensions if d.name == other.slice.dimension)
    inside = own.rows == own.values.index(other.slice.value)
    split = split_at(other, records, dimension, inside)
    return split is not None and by_mix(split)


def _build(finding: Finding, dimension: Dimension, split: Composition) -> Finding:
    words, statistic = phrase(finding.metric), "median" if finding.unit == "h" else ""
    head = words.rises if (finding.after or 0.0) > (finding.before or 0.0) else words.falls
    name = _NAMES.get(dimension.name, dimension.name)
    before = wording.measure(finding.before or 0.0, finding.unit)
    after = wording.measure(finding.after or 0.0, finding.unit)
    grew = _grew(dimension, split, words.noun)
    return replace(
        finding,
        id=finding_id("mix", finding.metric, finding.slice, str(finding.direction)),
        kind="mix",
        sentence=(
            f"{wording.capital(head.format(subject=words.noun))}, but only by their mix, in no "
            f"{name} by itself: {LABELS.get(statistic, '')}{after}, was {before}, since "
            f"{wording.day(finding.since or '')}; {grew} of them."
        ),
        parent="",
        next_look="",
        detail=(
            *(line for line in finding.detail if not line.startswith(("Seen in", "It is the"))),
            f"{_accounts(split)} (Kitagawa's decomposition); no {name} shifted with it.",
        ),
    )


def _grew(dimension: Dimension, split: Composition, noun: str) -> str:
    """The part whose growth, or else whose decline, moved the total most."""
    grown = (split.share_after - split.share_before)[:-1]
    push = split.push[:-1] * np.sign(split.change)
    most = int(np.where(grown > 0, push, -np.inf).argmax())
    if grown[most] <= 0 or push[most] <= 0:
        most = int(push.argmax())
    shares = (split.share_before[most], split.share_after[most])
    before, after = (wording.measure(100 * float(share), "%") for share in shares)
    part = wording.place(Slice(dimension.name, dimension.values[most]), noun=noun)
    return f"{part} {'grew' if grown[most] > 0 else 'fell'} from {before} to {after}"


def _accounts(split: Composition) -> str:
    share = split.between / split.change
    if share > 1:
        return "The shares alone would have moved it further, the rest is that of the parts"
    return f"{wording.measure(100 * share, '%')} of the change is that of the shares of the parts"
