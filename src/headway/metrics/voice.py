"""Facts about what customers answered, and whether they answered at all."""

from __future__ import annotations

import numpy as np

from headway.engine.columns import UNKNOWN, Flags, instants, numbers
from headway.engine.timeline import HOUR
from headway.metrics.desk import Desk
from headway.metrics.facts import Facts


def satisfaction(desk: Desk) -> Facts:
    """Scores given, by answer."""
    score = numbers(desk.records.feedback, "score")
    answered = instants(desk.records.feedback, "answered_at")
    at = np.where(answered == UNKNOWN, instants(desk.records.feedback, "asked_at"), answered)
    told = ~np.isnan(score) & (at != UNKNOWN)
    return Facts(desk.feedback_rows[told], at[told], value=score[told])


def response_rate(desk: Desk) -> Facts:
    """Requests for feedback, the answered ones in the numerator."""
    asked = instants(desk.records.feedback, "asked_at")
    answered_at = instants(desk.records.feedback, "answered_at")
    answered: Flags = (answered_at != UNKNOWN) | ~np.isnan(numbers(desk.records.feedback, "score"))
    sent = asked != UNKNOWN
    replied = sent & (answered_at >= asked) & (answered_at != UNKNOWN)
    delay = (answered_at[replied] - asked[replied]) / HOUR
    return Facts(desk.feedback_rows[sent], asked[sent], answered[sent], wait=delay)
