"""How a move of each metric is said, read from a data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Phrase:
    """Sentence openings with ``{subject}`` for the slice, and the noun it is made of."""

    rises: str
    falls: str
    noun: str = "tickets"


@cache
def _phrases() -> dict[str, Phrase]:
    page = files("headway.findings").joinpath("phrases.yaml").read_text("utf-8")
    return {metric: Phrase(**entry) for metric, entry in yaml.safe_load(page).items()}


def phrase(metric: str) -> Phrase:
    """The phrase of a metric or of its companion.

    >>> phrase("time_to_resolve.p85").falls
    '{subject} are resolved sooner'
    """
    return _phrases()[metric.split(".")[0]]
