"""From tests to findings of the kind ``shift``: one result object behind every word."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from headway.findings import wording
from headway.findings.course import Course
from headway.findings.levels import level
from headway.findings.phrases import phrase
from headway.findings.shift import FULL_POINTS, ShiftTests
from headway.metrics import Definition
from headway.results import Direction, Finding
from headway.series import Flags, Panel, Slice

WEEKS = {"day": 1 / 7, "week": 1.0, "month": 365.2425 / 12 / 7}
WIDESPREAD = 0.6
FAR_DAYS = 92
LONGEST_PASSAGE = 0.25  # of the points; a longer one is a drift
SHORT_PASSAGE = 8  # periods that are always allowed
LABELS = {"median": "median ", "p85": "85 % within "}
TAIL = {"p85": 0.15}  # share of the tickets that a change of the percentile is about


@dataclass(frozen=True)
class Shift:
    """One significant change: where in the panel, over which stretch, how sure."""

    tests: ShiftTests
    definition: Definition
    row: int
    p: float
    q: float
    course: Course

    @property
    def panel(self) -> Panel:
        return self.tests.panel

    @property
    def part(self) -> Slice:
        return self.panel.slices[self.row]

    @property
    def slow(self) -> bool:
        """Whether the passage, or the doubt about its date, is too long to be called a shift."""
        length = self.course.end - self.course.begin
        points = int(self.tests.cuts.points[self.row])
        if int(self.tests.cuts.high[self.row] - self.tests.cuts.low[self.row]) > points / 2:
            return True
        return self.course.gradual and length > max(SHORT_PASSAGE, LONGEST_PASSAGE * points)

    def columns(self, side: str) -> Flags:
        """Periods clearly before or clearly after the change, all of that side if none is."""
        index = np.arange(len(self.panel.periods))
        seen = self.panel.usable & np.isfinite(self.panel.value[self.row])
        cut = int(self.tests.cuts.at[self.row])
        if side == "before":
            clear, whole = index < self.course.begin, index < cut
        else:
            clear, whole = index >= self.course.end, index >= cut
        return clear if np.count_nonzero(clear & seen) >= 2 else whole

    @property
    def before(self) -> float:
        return level(self.panel, self.row, self.columns("before"))

    @property
    def after(self) -> float:
        return level(self.panel, self.row, self.columns("after"))


def finding_id(kind: str, metric: str, part: Slice, direction: str) -> str:
    """An id that the same statement keeps from scan to scan.

    >>> finding_id("shift", "backlog", Slice("group", "Network"), "worse")
    'shift-ebf53c'
    """
    text = "|".join((kind, metric, part.dimension, part.value, direction))
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def direction_of(better: str, rises: object) -> Direction:
    """What a move means: better or worse where the metric says so, else up or down."""
    if better == "neither":
        return "up" if rises else "down"
    return "better" if bool(rises) == (better == "higher") else "worse"


def build(shift: Shift) -> Finding:
    """The finding of one shift."""
    panel, definition = shift.panel, shift.definition
    rises = shift.after > shift.before
    direction = direction_of(definition.better, rises)
    starts = panel.periods.starts
    cuts = shift.tests.cuts
    first = shift.course.begin if shift.course.gradual else int(cuts.at[shift.row])
    low = min(shift.course.begin, int(cuts.low[shift.row]))
    high = max(shift.course.end, int(cuts.high[shift.row]))
    high = min(high, len(starts) - 1)
    weight, weight_unit = weigh(shift)
    points = int(cuts.points[shift.row])
    index = np.arange(len(starts))
    after = (index >= first) & panel.usable
    season_open = not shift.tests.season.checked and panel.statistic in ("count", "stock")
    return Finding(
        id=finding_id("shift", panel.metric, shift.part, direction),
        kind="shift",
        metric=panel.metric,
        slice=shift.part,
        direction=direction,
        sentence=_sentence(shift, rises=rises, when=str(starts[first])),
        since=str(starts[first]),
        since_interval=(str(starts[low]), str(starts[high])),
        before=shift.before,
        after=shift.after,
        unit=panel.unit,
        weight=weight,
        weight_unit=weight_unit,
        provisional=points < FULL_POINTS or season_open,
        p=shift.p,
        q=shift.q,
        n_periods=points,
        records=int(panel.n[shift.row, after].sum()),
        cut=str(starts[int(cuts.at[shift.row])]),
        detail=_details(shift, season_open=season_open),
    )


def weigh(shift: Shift) -> tuple[float, str]:
    """Consequence of the change a week."""
    return consequence(shift.panel, shift.row, shift.columns("after"), shift.after, shift.before)


def consequence(
    panel: Panel, row: int, columns: Flags, after: float, before: float
) -> tuple[float, str]:
    """What a move means a week: hours for durations, records for shares and counts."""
    seen = columns & panel.usable
    weeks = WEEKS[panel.periods.span]
    change = abs(after - before)
    a_week = float(panel.n[row, seen].mean()) / weeks if seen.any() else 0.0
    if panel.statistic == "count":
        return change / weeks, "records a week"
    if panel.statistic == "stock":
        return change, "records" if panel.unit != "days" else "days"
    if panel.unit == "%":
        return change / 100 * a_week, "records a week"
    if panel.unit == "h":
        return change * a_week * TAIL.get(panel.statistic, 1.0), "hours a week"
    return change * a_week, f"{panel.unit} a week"


def _sentence(shift: Shift, *, rises: object, when: str) -> str:
    panel, words = shift.panel, phrase(shift.panel.metric)
    template = words.rises if rises else words.falls
    subject = wording.place(shift.part, noun=words.noun)
    text = wording.capital(template.format(subject=subject))
    span = panel.periods.span if panel.statistic == "count" else ""
    before = wording.measure(shift.before, panel.unit, span=span)
    after = wording.measure(shift.after, panel.unit, span=span)
    course = "gradually from" if shift.course.gradual else "since"
    until = ""
    if shift.course.gradual:
        last = panel.periods.starts[min(shift.course.end, len(panel.periods) - 1)]
        until = f" to {wording.day(str(last))}"
    which = LABELS.get(panel.statistic, "")
    return f"{text}: {which}{after}, was {before}, {course} {wording.day(when)}{until}."


def _details(shift: Shift, *, season_open: bool) -> tuple[str, ...]:
    cuts, row, span = shift.tests.cuts, shift.row, shift.panel.periods.span
    points = int(cuts.points[row])
    lines = [
        f"Where nothing changes, a shift this clear appears {wording.chance(shift.p)} "
        f"({wording.count(points, span)} compared)."
    ]
    if points < FULL_POINTS:
        lines.append(f"Provisional: fewer than {FULL_POINTS} {span}s.")
    if cuts.correlation[row] > 0.25:
        lines.append(
            f"Neighbouring {span}s resemble each other (correlation "
            f"{cuts.correlation[row]:.2f}); the test allows for it."
        )
    if shift.tests.season.adjusted[row]:
        lines.append("Judged after taking out the season.")
    elif season_open:
        lines.append("The yearly season could not be checked: less than two years of records.")
    return tuple(lines)


def fold(shifts: list[tuple[Shift, Finding]]) -> list[Finding]:
    """Join what belongs together: a change seen nearly everywhere is told once, with its reach.

    Where at least 60 % of the records of the judged slices of every dimension moved the same way,
    the finding of all records leads and the others refer to it; where few did, the heaviest slice
    leads and the total refers to it.
    """
    out: list[Finding] = []
    keys = {(f.metric, f.direction) for _, f in shifts}
    for key in sorted(keys, key=str):
        family = [pair for pair in shifts if (pair[1].metric, pair[1].direction) == key]
        out += _fold_family(family)
    return out


def fold_companions(findings: list[Finding]) -> list[Finding]:
    """A second statistic of a metric refers to the first where both moved the same way."""
    first = {(f.metric, f.slice, f.direction): f for f in findings}
    out = []
    for finding in findings:
        metric, _, companion = finding.metric.partition(".")
        lead = first.get((metric, finding.slice, finding.direction))
        out.append(replace(finding, parent=lead.id) if companion and lead else finding)
    return out


def _fold_family(family: list[tuple[Shift, Finding]]) -> list[Finding]:
    whole = [pair for pair in family if pair[1].slice.dimension == "all"]
    parts = [pair for pair in family if pair[1].slice.dimension != "all"]
    if not whole or not parts:
        return [finding for _, finding in family]
    shift, finding = whole[0]
    near = [pair for pair in parts if same_time(finding, pair[1])]
    apart = [f for _, f in parts if not same_time(finding, f)]
    if not near:
        return [finding, *apart]
    top_shift, top = max(near, key=_heaviness)
    if _reach(shift, [s for s, _ in near]) >= WIDESPREAD or not _explains(shift, top_shift):
        said = f"Seen in {wording.count(len(near), 'slice')} as well."
        lead = replace(finding, detail=(*finding.detail, said), next_look=_look(shift, near))
        return [lead, *(replace(f, parent=finding.id) for _, f in near), *apart]
    said = f"It is the change of {wording.place(top.slice)}."
    told = replace(finding, parent=top.id, detail=(*finding.detail, said))
    return [told, *(f for _, f in parts)]


def same_time(one: Finding, two: Finding) -> bool:
    """Whether the intervals of the two dates meet, and the dates lie within a quarter of a year.

    A wide interval alone says only that the date is not known.
    """
    if one.since_interval is None or two.since_interval is None:
        return False
    dates = (np.datetime64(one.since or "NaT"), np.datetime64(two.since or "NaT"))
    if not abs(int((dates[0] - dates[1]).astype(int))) <= FAR_DAYS:
        return False
    return max(one.since_interval[0], two.since_interval[0]) <= min(
        one.since_interval[1], two.since_interval[1]
    )


def _heaviness(pair: tuple[Shift, Finding]) -> tuple[float, str]:
    return (pair[1].weight or 0.0, pair[1].id)


def _reach(whole: Shift, parts: list[Shift]) -> float:
    """Share of the judged records of the best-covered dimension that moved alike."""
    panel = whole.panel
    judged = np.isfinite(whole.tests.p)
    size = panel.n.sum(axis=1)
    best = 0.0
    for dimension in {s.part.dimension for s in parts}:
        rows = [
            i for i, part in enumerate(panel.slices) if part.dimension == dimension and judged[i]
        ]
        moved = [s.row for s in parts if s.part.dimension == dimension]
        total = size[rows].sum()
        best = max(best, float(size[moved].sum() / total) if total else 0.0)
    return best


def _explains(whole: Shift, part: Shift) -> bool:
    """Whether the change of one slice is most of the change of the total."""
    everything, own = weigh(whole)[0], weigh(part)[0]
    if whole.panel.unit == "h" and min(whole.before, whole.after, part.before, part.after) > 0:
        # Medians of parts do not add up to that of the whole; their logarithms nearly do.
        everything = abs(np.log(whole.after / whole.before))
        own = _share_of_records(whole, part) * abs(np.log(part.after / part.before))
    return everything > 0 and own >= WIDESPREAD * everything


def _share_of_records(whole: Shift, part: Shift) -> float:
    usable = whole.panel.usable
    total = whole.panel.n[whole.row, usable].sum()
    return float(part.panel.n[part.row, usable].sum() / total) if total else 0.0


def _look(whole: Shift, parts: list[tuple[Shift, Finding]]) -> str:
    narrow = [p for p in parts if p[1].slice.dimension not in ("kind", "priority", "channel")]
    if not narrow:
        return ""
    shift, finding = max(narrow, key=_heaviness)
    everything, unit = weigh(whole)
    own, _ = weigh(shift)
    if everything <= 0:
        return ""
    share = wording.measure(100 * min(own / everything, 1.0), "%")
    return (
        f"Look first at {wording.place(finding.slice)}: {share} of the change, "
        f"{wording.figure(own)} {unit}."
    )
