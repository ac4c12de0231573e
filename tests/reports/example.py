"""A rich, invented scan result with hostile words in every place that a user fills."""

from __future__ import annotations

import numpy as np

from headway.mapping.model import ColumnRole, Mapping, Question
from headway.records import Doubt
from headway.results import (
    Coverage,
    Edge,
    Finding,
    Method,
    MetricResult,
    Momentum,
    NotJudged,
    OldTicket,
    SameMonth,
    ScanResult,
    Task,
)
from headway.series import Panel, Periods, Slice
from headway.spc.model import Chart

SCRIPT = "<script>alert(1)</script>"
FORMULA = "=cmd|' /C calc'!A0"
LONG = "Ticketing-" * 20
RTL = "\u202eמייל\u202c"
EMOJI = "Workplace 🖥️ & Print"
WEEKS = np.arange(np.datetime64("2025-09-08"), np.datetime64("2026-11-09"), 7)
SHIFT = 53

EMAIL = Slice("service", "Email and calendar")
METRICS = (
    ("arrivals", "Arrivals", "tickets", "neither", "customer-facing", 400.0, 30.0, 0.0),
    ("time_to_resolve", "Time to resolve, median", "h", "lower", "customer-facing", 6.3, 0.7, 2.3),
    ("within_target", "Share within target", "%", "higher", "customer-facing", 92.0, 1.5, -6.0),
    ("reopened_share", "Reopened share", "%", "lower", "customer-facing", 8.2, 0.9, -2.8),
    ("backlog", "Open tickets", "tickets", "lower", "internal", 1240.0, 40.0, 0.0),
    ("uncategorised_share", "Filed under Other", "%", "lower", "internal", 9.4, 0.8, 2.7),
)


def _values(level: float, spread: float, step: float, *, seed: int) -> np.ndarray:
    values = level + spread * np.random.default_rng(seed).normal(size=len(WEEKS))
    values[SHIFT:] += step
    return values.round(2)


def chart(metric: str, *, target: float | None = None) -> Chart:
    """An individuals chart of one metric, its shift flagged."""
    seed, row = next((i, entry) for i, entry in enumerate(METRICS) if entry[0] == metric)
    _, _, unit, better, _, level, spread, step = row
    values = _values(level, spread, step, seed=seed)
    worse = (step > 0) == (better == "lower")
    state = "odd" if better == "neither" else "worse" if worse else "better"
    flagged = [bool(step) and i >= SHIFT for i in range(len(values))]
    centre = float(np.mean(values[:26]))
    width = 2.66 * float(np.mean(np.abs(np.diff(values[:26]))))
    return Chart(
        kind="i",
        dates=WEEKS.astype("datetime64[D]"),
        values=values,
        centre=np.full(len(values), centre),
        lower=np.full(len(values), centre - width),
        upper=np.full(len(values), centre + width),
        states=tuple(state if flag else "plain" for flag in flagged),
        reasons=tuple("one of 9 on one side of the average" if f else "" for f in flagged),
        better=better,
        unit=unit,
        baseline=26,
        provisional=False,
        rules="headway-1",
        target=target,
    )


def panel(metric: str) -> Panel:
    seed, row = next((i, entry) for i, entry in enumerate(METRICS) if entry[0] == metric)
    values = _values(*row[5:], seed=seed)
    share = row[2] == "%"
    n = np.full((2, len(WEEKS)), 400, dtype=np.int64)
    return Panel(
        metric=metric,
        statistic="share" if share else "count",
        unit=row[2],
        slices=(Slice(), EMAIL),
        periods=Periods("week", WEEKS.astype("datetime64[D]")),
        value=np.vstack([values, values]),
        n=n,
        numerator=(n * np.vstack([values, values]) / 100).astype(np.int64) if share else None,
        usable=np.ones(len(WEEKS), dtype=np.bool_),
    )


def finding(identifier: str, metric: str, sentence: str, **changes: object) -> Finding:
    fields: dict = {
        "kind": "shift",
        "slice": EMAIL,
        "direction": "worse",
        "since": "2026-09-14",
        "since_interval": ("2026-08-31", "2026-09-21"),
        "before": 6.3,
        "after": 8.6,
        "unit": "h",
        "weight": 185.0,
        "weight_unit": "h",
        "p": 0.004,
        "q": 0.008,
        "n_periods": 61,
        "records": 1204,
        "next_look": "Look at access tickets in the Identity team: they are 71\u00a0% of the "
        "185\u00a0hours a week.",
        "detail": ("The last 9 weeks lie above the earlier level.",),
    }
    return Finding(id=identifier, metric=metric, sentence=sentence, **{**fields, **changes})


FINDINGS = (
    finding(
        "shift-time_to_resolve-1f3a9c",
        "time_to_resolve",
        "Email and calendar takes longer to resolve: median 8.6\u00a0hours, was 6.3, since "
        "14\u00a0September.",
        status="new",
    ),
    finding(
        "shift-uncategorised_share-22d0aa",
        "uncategorised_share",
        f"More tickets of {EMOJI} are filed under “Other”: 12.1\u00a0%, was 9.4\u00a0%, since "
        "14\u00a0September.",
        slice=Slice("service", EMOJI),
        before=9.4,
        after=12.1,
        unit="%",
        weight=13.0,
        weight_unit="tickets",
        p=0.017,
        q=0.04,
        status="continuing",
        records=455,
    ),
    finding(
        "shift-within_target-9b2e11",
        "within_target",
        f"Fewer tickets of {SCRIPT} are resolved within their target: 86\u00a0%, was 92\u00a0%.",
        slice=Slice("group", SCRIPT),
        before=92.0,
        after=86.0,
        unit="%",
        weight=None,
        weight_unit="",
        provisional=True,
        p=None,
        q=None,
        status="new",
        detail=(),
    ),
    finding(
        "shift-reopened_share-77aa01",
        "reopened_share",
        "Fewer devices tickets are reopened: 5.4\u00a0%, was 8.2\u00a0%. It is worth knowing why.",
        direction="better",
        before=8.2,
        after=5.4,
        unit="%",
        weight=8.0,
        weight_unit="tickets",
        next_look="Ask what changed in the devices team in September.",
        status="continuing",
    ),
    finding(
        "level-time_to_resolve-5566ab",
        "time_to_resolve",
        f"{LONG} is slower than its peers with the same mix: 14\u00a0hours, peers 9.",
        kind="level",
        slice=Slice("service", LONG),
        since=None,
        since_interval=None,
        before=9.0,
        after=14.0,
        parent="shift-time_to_resolve-1f3a9c",
    ),
    finding(
        "shift-arrivals-01ab44",
        "arrivals",
        f"More tickets arrive from {RTL}: 61 a week, was 40.",
        direction="up",
        slice=Slice("customer_unit", RTL),
        unit="tickets",
        before=40.0,
        after=61.0,
        weight=21.0,
        weight_unit="tickets",
        q=0.09,
        p=0.06,
    ),
    finding(
        "data-arrivals-edge",
        "arrivals",
        "The extract ends by update: intake in the last week is incomplete and is not compared.",
        kind="data",
        direction=None,
        slice=Slice(),
        since="2026-11-09",
        since_interval=None,
        before=None,
        after=None,
        unit="",
        weight=None,
        weight_unit="",
        p=None,
        q=None,
        records=311,
        next_look="Export again by opening date to judge the last week.",
        detail=(),
    ),
)

MAPPING = Mapping(
    source="tickets-2026.csv",
    table="tickets",
    shape="record",
    kind="incident",
    preset="servicenow",
    roles=(
        ColumnRole("id", "number", 1.0, "named as in ServiceNow; all distinct", ("INC0001",)),
        ColumnRole(
            "opened_at",
            "opened",
            0.98,
            "named 'opened'; 24,428 of 24,428 values are dates",
            ("13/11/2026 08:15",),
            "%d/%m/%Y %H:%M",
            "day first, proven by 14,117 values over 12",
        ),
        ColumnRole("service", FORMULA, 0.7, "few distinct words", (SCRIPT, RTL), missing=("?",)),
        ColumnRole("assignee", "assigned_to", 0.9, "named 'assigned_to'"),
    ),
    unused=("u_free_text", LONG),
)


def _metrics() -> tuple[MetricResult, ...]:
    computed = tuple(
        MetricResult(
            id=name,
            name=title,
            question=f"How is {title.lower()}?",
            audience=audience,
            unit=unit,
            better=better,
            computable=True,
            value=level + step,
            n=24310,
            numerator=int(240 * (level + step)) if unit == "%" else None,
            denominator=24310 if unit == "%" else None,
            p85=41.2 if unit == "h" else None,
        )
        for name, title, unit, better, audience, level, _, step in METRICS
    )
    absent = MetricResult(
        "satisfaction", "Satisfaction", "Are they content?", "customer-facing", "points", "higher",
        computable=False, needs=("feedback.score",),
    )  # fmt: skip
    return (*computed, absent)


def _refusals() -> tuple[NotJudged, ...]:
    few = [
        NotJudged(
            "time_to_resolve",
            Slice("group", f"Team {i}"),
            f"{2 + i % 6} weeks of records; 8 are needed",
            f"{6 - i % 6} more weeks",
        )
        for i in range(2000)
    ]
    season = NotJudged("arrivals", Slice(), "less than two years", "34 more weeks")
    return (*few, season)


DOUBTS = (
    Doubt("empty", "category", 1902, (), "1,902 tickets have no category; they count as “none”."),
    Doubt(
        "resolved_before_opened",
        "resolved_at",
        71,
        ("INC0815", FORMULA),
        "71 tickets are resolved before they are opened; their times are not used.",
    ),
    Doubt("duplicate", "id", 47, (SCRIPT,), "47 numbers occur twice; the later row is kept."),
)


def example() -> ScanResult:
    """The result that the report tests share."""
    return ScanResult(
        sources=("tickets-2026.csv",),
        counts={
            "tickets": 24310,
            "events": 0,
            "feedback": 0,
            "approvals": 0,
            "alterations": 0,
            "read": 24428,
            "used": 24310,
            "rejected": 118,
        },
        first_at="2025-09-08T07:55:00",
        last_at="2026-11-15T17:20:00",
        mapping=(MAPPING,),
        coverage=Coverage(
            "updated",
            "2025-09-08",
            "2026-11-09",
            (Edge("end", "updated", "2026-11-09", "The extract ends by update on 9 November."),),
            "Compared: tickets opened from 8 September 2025 to 8 November 2026.",
        ),
        metrics=_metrics(),
        findings=FINDINGS,
        gone=(finding("shift-backlog-old", "backlog", "The backlog of Printing grew."),),
        expected_false=0.4,
        not_judged=_refusals(),
        questions=(Question("state", f"Does {SCRIPT!r} mean closed?", "--map closed_at=finished"),),
        tasks=tuple(
            Task(name, 1500 - 120 * i, 0.4 + i, 0.1 + i, 3.2 + 4 * i)
            for i, name in enumerate(
                (
                    "Password reset",
                    SCRIPT,
                    FORMULA,
                    LONG,
                    RTL,
                    EMOJI,
                    "Unlock account",
                    "New phone",
                    "Shared mailbox",
                    "VPN access",
                )
            )
        ),
        oldest=(
            OldTicket("INC0001", "2025-09-09", 432.2, "3 - Moderate", "Email / Identity"),
            OldTicket(FORMULA, "2025-10-01", 410.0, "4 - Low", LONG),
        ),
        momentum=(
            Momentum("Did incidents fall for no known reason?", "no", "They did not fall."),
            Momentum(
                "Are unauthorised changes rising?",
                "not enough data",
                "No column says which change was authorised.",
            ),
        ),
        same_month=(
            SameMonth("time_to_resolve", "2026-10", 8.7, 1611, "2025-10", 6.2, 1702, "h"),
            SameMonth("reopened_share", "2026-10", 5.3, 1611, "2025-10", None, 0, "%"),
        ),
        doubts=DOUBTS,
        warnings=("The time zone was not given; times are read as UTC.",),
        method=Method(
            rules="headway-1",
            version="0.1.0",
            input_sha256=(("tickets-2026.csv", "5f1c" * 16),),
            clock={"zone": "UTC", "clock": "elapsed"},
            period="week",
            options={"where": [], "period": "week"},
            tests=312,
            fdr=0.1,
            sentences=(
                "A signal is a point outside the limits, or nine on one side of the average.",
                "False alarms are held to 10\u00a0% of what is shown, over 312 series together.",
            ),
        ),
        masked_slices=3,
        series_judged=312,
        panels={entry[0]: panel(entry[0]) for entry in METRICS},
    )


def example_charts() -> dict[str, Chart]:
    """Charts of the findings and of the metrics of :func:`example`."""
    by_metric = {entry[0]: chart(entry[0]) for entry in METRICS}
    by_metric["time_to_resolve"] = chart("time_to_resolve", target=8.0)
    found = {entry.id: by_metric[entry.metric] for entry in FINDINGS if entry.kind == "shift"}
    return {**by_metric, **found}
