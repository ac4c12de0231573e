"""Two of the momentum questions, answered yes, no, or not enough data."""

from __future__ import annotations

import math

from headway.findings import wording
from headway.findings.judge import Judgement
from headway.results import Answer, Finding, Momentum
from headway.series import Panel, Slice

INCIDENTS_FELL = "Did incidents fall for no known reason?"
UNAUTHORISED_RISE = "Are unauthorised changes rising?"


def answers(
    judgement: Judgement, panels: dict[str, Panel], *, only_incidents: bool
) -> tuple[Momentum, ...]:
    """The answers, each with the finding behind it.

    ``only_incidents`` says that every ticket is an incident, so that all of them stand for it.
    """
    part = Slice() if only_incidents else Slice("kind", "incident")
    return (_incidents(judgement, panels, part), _unauthorised(judgement, panels))


def _incidents(judgement: Judgement, panels: dict[str, Panel], part: Slice) -> Momentum:
    refusal = _refusal(judgement, panels, "arrivals", part)
    if refusal:
        return Momentum(INCIDENTS_FELL, "not enough data", refusal)
    finding = _of(judgement, "arrivals", part)
    if finding is None:
        return Momentum(INCIDENTS_FELL, "no", "Their number shows ordinary variation.")
    if finding.direction == "up":
        said = f"They rose: {_move(finding, panels)}."
        return Momentum(INCIDENTS_FELL, "no", said, finding.id)
    said = (
        f"They fell: {_move(finding, panels)}. The records name no reason; it is worth knowing "
        "whether fewer things broke or fewer were reported."
    )
    return Momentum(INCIDENTS_FELL, "yes", said, finding.id)


def _unauthorised(judgement: Judgement, panels: dict[str, Panel]) -> Momentum:
    metric = "unauthorised_change_share"
    refusal = _refusal(judgement, panels, metric, Slice())
    if refusal:
        return Momentum(UNAUTHORISED_RISE, "not enough data", refusal)
    finding = _of(judgement, metric, Slice())
    if finding is None:
        return Momentum(UNAUTHORISED_RISE, "no", "Their share shows ordinary variation.")
    rises = (finding.after or 0.0) > (finding.before or 0.0)
    answer: Answer = "yes" if rises else "no"
    said = f"Their share {'rose' if rises else 'fell'}: {_move(finding, panels)}."
    return Momentum(UNAUTHORISED_RISE, answer, said, finding.id)


def _refusal(judgement: Judgement, panels: dict[str, Panel], metric: str, part: Slice) -> str:
    """Why the series cannot be judged, empty when it can."""
    if metric not in panels:
        return (
            "The records do not say which changes were authorised."
            if "change" in metric
            else ("No opening dates.")
        )
    for refused in judgement.not_judged:
        if (refused.metric, refused.slice) == (metric, part):
            return wording.capital(refused.reason) + "."
    if math.isnan(judgement.p_of.get((metric, part), math.nan)):
        return "The records hold no such series."
    return ""


def _of(judgement: Judgement, metric: str, part: Slice) -> Finding | None:
    kinds = ("shift", "drift")
    found = (f for f in judgement.findings if f.kind in kinds and f.metric == metric)
    return next((f for f in found if f.slice == part), None)


def _move(finding: Finding, panels: dict[str, Panel]) -> str:
    panel = panels[finding.metric]
    span = panel.periods.span if panel.statistic == "count" else ""
    before = wording.measure(finding.before or 0.0, finding.unit, span=span)
    after = wording.measure(finding.after or 0.0, finding.unit, span=span)
    return f"{after}, was {before}, since {wording.day(finding.since or '')}"
