"""The kinds of findings that are not about a single series, and which records have them."""

from __future__ import annotations

import numpy as np

from headway.engine.columns import Ints, known
from headway.engine.slices import Slicing
from headway.engine.timeline import days_of
from headway.findings import bunching_findings
from headway.findings.judge import Further
from headway.findings.rework import hand_overs
from headway.findings.rework_findings import Rework
from headway.findings.rework_tests import METRIC, run_rework_tests
from headway.metrics import catalogue
from headway.metrics.desk import Desk
from headway.results import Finding
from headway.series import Panel


def kinds_of(desk: Desk, slicing: Slicing, panels: dict[str, Panel]) -> list[Further]:
    """The tests of bunching where there are targets, of rework where there is a history."""
    found: list[Further] = []
    targets = panels.get(bunching_findings.METRIC)
    if targets is not None:
        found.append(bunching_findings.run_bunching_tests(desk, slicing, targets))
    arrivals, resolved = panels.get("arrivals"), panels.get("resolved")
    if arrivals is not None and resolved is not None and known(desk.records.events, "group"):
        lead = METRIC.partition(".")[0]
        definition = next(d for d in catalogue() if d.id == lead)
        found.append(Rework(run_rework_tests(desk, slicing, arrivals, resolved), definition))
    return found


def returning(desk: Desk, slicing: Slicing, finding: Finding, panel: Panel) -> Ints:
    """Rows of the tickets behind a finding of the kind ``rework``, ascending."""
    moves = hand_overs(desk.records, slicing)
    days = days_of(desk.clock, moves.at)
    ends = panel.periods.ends[panel.usable]
    inside = (days >= np.datetime64(finding.since or "NaT")) & (days < ends[-1])
    return np.unique(moves.rows[moves.of(finding.slice) & moves.returns & inside])
