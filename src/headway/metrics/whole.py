"""Every metric over the whole extract, and which ones cannot be computed."""

from __future__ import annotations

import numpy as np

from headway.calendars import Clock
from headway.engine.reductions import survival_percentile
from headway.engine.timeline import DAY
from headway.metrics.definition import Definition, catalogue
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts
from headway.metrics.measures import FORMULAS, STOCKS, missing
from headway.metrics.stock import NEVER, stays
from headway.records import Records
from headway.results import MetricResult

NOTHING = "There is no record to measure."


def totals(records: Records, *, clock: Clock) -> tuple[MetricResult, ...]:
    """One figure per metric of the catalogue over all records, in the order of the catalogue.

    ``value`` is in the metric's unit; shares also say ``numerator`` and ``denominator``. Durations
    are Kaplan-Meier percentiles, so tickets that are still open count for the time they have
    waited; ``value`` is None where too many are open to tell. A metric without its columns is not
    ``computable`` and lists them in ``needs``; one whose columns are there but which has no record
    to measure says so in ``note``.
    """
    desk = Desk(records, clock)
    return tuple(_total(definition, desk) for definition in catalogue())


def _total(definition: Definition, desk: Desk) -> MetricResult:
    needs = missing(definition, desk)
    if needs:
        return _result(definition, computable=False, needs=needs)
    if definition.id in STOCKS:
        return _open_now(definition, desk)
    facts = FORMULAS[definition.id](desk)
    if definition.statistic == "count":
        return _result(definition, value=float(len(facts)), n=len(facts))
    if not len(facts):
        return _result(definition, computable=False, note=facts.remark or NOTHING)
    if facts.counts is not None:
        hits, n = int(np.count_nonzero(facts.counts)), len(facts)
        shown = 100 * hits / n
        return _result(
            definition, value=shown, n=n, numerator=hits, denominator=n, note=facts.remark
        )
    if facts.so_far is not None:
        return _duration(definition, facts)
    assert facts.value is not None
    mean = float(np.sum(np.sort(facts.value)) / len(facts))
    return _result(definition, value=mean, n=len(facts))


def _duration(definition: Definition, facts: Facts) -> MetricResult:
    assert facts.value is not None
    assert facts.so_far is not None
    is_open = np.isinf(facts.value)
    over, so_far = facts.value[~is_open], facts.so_far[is_open]
    median, p85 = (_finite(survival_percentile(over, so_far, share)) for share in (0.5, 0.85))
    notes = []
    if facts.left_out:
        notes.append(f"{facts.left_out:,} finished tickets without a usable end are left out.")
    if len(so_far):
        notes.append(f"{len(so_far):,} open tickets count for the time they have waited.")
    return _result(definition, value=median, p85=p85, n=len(facts), note=" ".join(notes))


def _open_now(definition: Definition, desk: Desk) -> MetricResult:
    _, opened, end = stays(desk)
    waiting = opened[(end == NEVER) & (opened <= desk.extracted)]
    if definition.id == "backlog":
        return _result(definition, value=float(len(waiting)), n=len(waiting))
    age = float(np.median(desk.extracted - waiting)) / DAY if len(waiting) else None
    return _result(definition, value=age, n=len(waiting))


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _result(
    definition: Definition,
    *,
    computable: bool = True,
    needs: tuple[str, ...] = (),
    value: float | None = None,
    n: int = 0,
    numerator: int | None = None,
    denominator: int | None = None,
    p85: float | None = None,
    note: str = "",
) -> MetricResult:
    return MetricResult(
        id=definition.id,
        name=definition.name,
        question=definition.question,
        audience=definition.audience,
        unit=definition.unit,
        better=definition.better,
        computable=computable,
        needs=needs,
        value=value,
        n=n,
        numerator=numerator,
        denominator=denominator,
        p85=p85,
        note=note,
    )
