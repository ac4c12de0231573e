"""Facts about what customers answered, and whether they answered at all."""

from __future__ import annotations

import numpy as np

from headway.engine.columns import UNKNOWN, Flags, instants, numbers
from headway.engine.timeline import HOUR
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts

MOST_STEPS = 11  # 0 to 10 is the longest scale that people are asked to step on


def satisfaction(desk: Desk) -> Facts:
    """Scores given, by answer."""
    score = numbers(desk.records.feedback, "score")
    answered = instants(desk.records.feedback, "answered_at")
    at = np.where(answered == UNKNOWN, instants(desk.records.feedback, "asked_at"), answered)
    told = ~np.isnan(score) & (at != UNKNOWN)
    return Facts(desk.feedback_rows[told], at[told], value=score[told])


def top_box_satisfaction(desk: Desk) -> Facts:
    """Scores given, those on the best step of the scale in the numerator."""
    given = satisfaction(desk)
    assert given.value is not None
    steps = np.unique(given.value)
    if 1 < len(steps) <= MOST_STEPS:
        return Facts(given.rows, given.at, given.value == steps[-1])
    remark = f"The answers take {len(steps)} different values, which is no scale with steps."
    nothing = given.take(np.zeros(0, dtype=np.int64))
    return Facts(nothing.rows, nothing.at, np.zeros(0, dtype=bool), remark=remark)


def response_rate(desk: Desk) -> Facts:
    """Requests for feedback, the answered ones in the numerator."""
    asked = instants(desk.records.feedback, "asked_at")
    answered_at = instants(desk.records.feedback, "answered_at")
    answered: Flags = (answered_at != UNKNOWN) | ~np.isnan(numbers(desk.records.feedback, "score"))
    sent = asked != UNKNOWN
    replied = sent & (answered_at >= asked) & (answered_at != UNKNOWN)
    delay = (answered_at[replied] - asked[replied]) / HOUR
    return Facts(desk.feedback_rows[sent], asked[sent], answered[sent], wait=delay)
