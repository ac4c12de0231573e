"""Findings with what belongs to them: a change seen in twelve slices is told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headway.reports.words import count
from headway.results import Finding
from headway.series import Slice


@dataclass(frozen=True)
class Family:
    """A finding that stands for itself, and the others that belong to it, in their order."""

    lead: Finding
    also: tuple[Finding, ...] = ()

    @property
    def said(self) -> str:
        """What the others are, in words; empty where there are none."""
        return belonging(self.lead, self.also)


def families(findings: Sequence[Finding]) -> tuple[Family, ...]:
    """Every finding once, below the one that stands for it.

    A finding whose ``parent`` is not among ``findings`` stands for itself.

    >>> one = Finding(id="a", kind="shift", metric="backlog", slice=Slice(), direction="worse",
    ...               sentence="The backlog grew.")
    >>> part = Finding(id="b", kind="shift", metric="backlog", slice=Slice("group", "Network"),
    ...                direction="worse", sentence="The backlog of Network grew.", parent="a")
    >>> [(family.lead.id, family.said) for family in families([part, one])]
    [('a', 'Also seen in 1 slice')]
    """
    known = {finding.id: finding for finding in findings}
    also: dict[str, list[Finding]] = {}
    for finding in findings:
        also.setdefault(_lead(finding, known), []).append(finding)
    return tuple(
        Family(finding, tuple(one for one in also[finding.id] if one is not finding))
        for finding in findings
        if finding.id in also
    )


def belonging(lead: Finding, also: Sequence[Finding]) -> str:
    """How ``also`` belongs to ``lead``: slices of it, the total that it explains, a companion."""
    slices = {one.slice for one in also if one.metric == lead.metric} - {lead.slice, Slice()}
    parts = []
    if lead.slice != Slice() and any(one.slice == Slice() for one in also):
        parts.append("most of the change of the total comes from here")
    if slices:
        parts.append(f"also seen in {count(len(slices), 'slice')}")
    if any(one.metric != lead.metric for one in also):
        parts.append("and in a second measure" if parts else "also seen in a second measure")
    text = ", ".join(parts).replace(", and", " and")
    return text[:1].upper() + text[1:]


def _lead(finding: Finding, known: dict[str, Finding]) -> str:
    seen = [finding.id]
    while (parent := known[seen[-1]].parent) in known:
        if parent in seen:
            return min(seen[seen.index(parent) :])
        seen.append(parent)
    return seen[-1]
