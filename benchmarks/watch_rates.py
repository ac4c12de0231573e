"""How often the newest point is flagged: the test of the newest point, and the chart's rules.

The targets are those of the test. The rules of the chart also mark lasting runs and do not know
how uncertain their baseline is, so that they flag more; they are printed for comparison.
"""

import sys
import time

import numpy as np

from headway.spc.attribute import exact_counts
from headway.spc.limits import individuals, logarithms
from headway.spc.rules import headway_1
from headway.spc.watch import newest

SERIES = 20_000
SEED = 20_260_101
POINTS_TO_FIND = 8
LIMITS = {"measure": individuals, "count": exact_counts, "duration": logarithms}


def autocorrelated(rng, points, series):
    noise = rng.normal(size=(series, points + 50))
    for at in range(1, points + 50):
        noise[:, at] += 0.6 * noise[:, at - 1]
    return noise[:, 50:]


def families(rng, series):
    """Name, the seven rules of the peers, the target, the kind of measure, and quiet series."""
    year = np.sin(2 * np.pi * np.arange(104) / 52.18)
    turn = rng.integers(0, 104, series)[:, None]
    season = rng.normal(size=(series, 104)) + year[(np.arange(104) + turn) % 104]
    return [
        ("normal, 24 points", "1.6 %", "1 %", "measure", rng.normal(size=(series, 24))),
        ("normal, 104 points", "1.9 %", "1 %", "measure", rng.normal(size=(series, 104))),
        (
            "autocorrelation 0.6, 52 points",
            "21 %",
            "2 %",
            "measure",
            autocorrelated(rng, 52, series),
        ),
        ("yearly season of 1 sd, 104 points", "6 %", "2 %", "measure", season),
        ("Poisson mean 1, 52 points", "7 %", "2 %", "count", 1.0 * rng.poisson(1, (series, 52))),
        (
            "lognormal sigma 1, 52 points",
            "12 %",
            "2 %",
            "duration",
            rng.lognormal(size=(series, 52)),
        ),
    ]


def watch_tables(series: int = SERIES) -> list[str]:
    """The figures as Markdown, beside their targets."""
    rng = np.random.default_rng(SEED)
    lines = [
        f"### Watch: newest point flagged on {series:,} quiet series",
        "",
        "| series | newest-point test | rules of the chart, headway-1 | peers | target, at most |",
        "|---|---|---|---|---|",
    ]
    for name, peers, target, measure, values in families(rng, series):
        found = newest(values, measure=measure).flagged.mean()
        rules = headway_1(values, LIMITS[measure](values)).flagged[:, -1].mean()
        lines.append(f"| {name} | {found:.1%} | {rules:.1%} | {peers} | {target} |")
    shifted = rng.normal(size=(series, 24 + POINTS_TO_FIND))
    shifted[:, 24:] += 2
    found = np.zeros(series, bool)
    for points in range(25, 25 + POINTS_TO_FIND):
        found |= newest(shifted[:, :points]).flagged
    rules = headway_1(shifted, individuals(shifted)).flagged[:, 24:].any(axis=1).mean()
    began = time.perf_counter()
    newest(rng.normal(size=(10_000, 104)))
    took = time.perf_counter() - began
    return [
        *lines,
        "",
        f"A shift of two sd after 24 points is flagged within {POINTS_TO_FIND} points in "
        f"{found.mean():.0%} (rules of the chart: {rules:.0%}; target: at least 80 %). "
        f"10,000 series of 104 points are tested in {took:.2f} s.",
        "",
    ]


def main():
    print("\n".join(watch_tables()))


if __name__ == "__main__":
    sys.exit(main())
