"""Metrics: definitions as data, and what each of them says for every slice."""

from headway.metrics.definition import Definition, catalogue
from headway.metrics.measures import panels

__all__ = ["Definition", "catalogue", "panels"]
