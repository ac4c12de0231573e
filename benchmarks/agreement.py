"""Comparing answers with those of a reference, point by point and figure by figure."""

import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

EXACT = 1e-9  # relative


@dataclass
class Tally:
    """What was compared, and where it disagreed."""

    cases: int = 0
    points: int = 0
    figures: int = 0
    wrong: int = 0
    reasons: Counter = field(default_factory=Counter)
    examples: dict = field(default_factory=dict)
    odd: Counter = field(default_factory=Counter)

    def add(self, name, agreed):
        """``agreed`` has one array of flags for each column; a point agrees when all do."""
        whole = np.ones(len(next(iter(agreed.values()))), dtype=bool)
        for column, flags in agreed.items():
            self.figures += len(flags)
            whole &= flags
            if not flags.all():
                self.reasons[column] += int((~flags).sum())
                self.examples.setdefault(column, f"{name}, point {int(np.argmin(flags)) + 1}")
        self.points += len(whole)
        self.wrong += int((~whole).sum())

    def add_case(self, name, agreed):
        """Figures of a case as a whole: one that disagrees counts as one point."""
        for column, flag in agreed.items():
            self.figures += 1
            if not flag:
                self.wrong += 1
                self.reasons[column] += 1
                self.examples.setdefault(column, name)


def numbers(column):
    return np.array([np.nan if value is None else value for value in column], dtype=float)


def close(found, expected, tolerance=EXACT):
    found, expected = np.broadcast_arrays(found, expected)
    return np.isclose(found, expected, rtol=tolerance, atol=1e-300, equal_nan=True)


def same(found, expected):
    return np.array([one == other for one, other in zip(found, expected, strict=True)], dtype=bool)


def flags(found, known, expected):
    return same([flag if sure else None for flag, sure in zip(found, known, strict=True)], expected)


def read(folder):
    rows = defaultdict(list)
    with (folder / "input.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[next(iter(row.values()))].append(row)
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    return rows, expected


def number(text):
    return float(text) if text not in ("", "NA") else np.nan
