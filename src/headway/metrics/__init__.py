"""Metrics: definitions as data, and what each of them says for every slice."""

from headway.metrics.definition import Definition, catalogue
from headway.metrics.evidence import members
from headway.metrics.measures import panels
from headway.metrics.months import same_month
from headway.metrics.oldest import oldest
from headway.metrics.tasks import tasks
from headway.metrics.whole import totals

__all__ = [
    "Definition",
    "catalogue",
    "members",
    "oldest",
    "panels",
    "same_month",
    "tasks",
    "totals",
]
