"""How often headway-1 flags the newest point of series where nothing happens.

Run with ``PYTHONPATH=src python benchmarks/watch_rates.py``. The targets are those of a test of
the newest point alone; the chart's rules also mark lasting runs and do not know how uncertain
their baseline is, so the two columns need not meet.
"""

import sys
import time

import numpy as np

from headway.spc.attribute import exact_counts
from headway.spc.limits import individuals, logarithms
from headway.spc.rules import headway_1

SERIES = 20_000
SEED = 20_260_101


def autocorrelated(rng, points):
    noise = rng.normal(size=(SERIES, points + 50))
    for at in range(1, points + 50):
        noise[:, at] += 0.6 * noise[:, at - 1]
    return noise[:, 50:]


def families(rng):
    year = np.sin(2 * np.pi * np.arange(104) / 52.18)
    turn = rng.integers(0, 104, SERIES)[:, None]
    season = rng.normal(size=(SERIES, 104)) + year[(np.arange(104) + turn) % 104]
    return [
        ("normal, 24 points", 0.01, individuals, rng.normal(size=(SERIES, 24))),
        ("normal, 104 points", 0.01, individuals, rng.normal(size=(SERIES, 104))),
        ("autocorrelation 0.6, 52 points", 0.02, individuals, autocorrelated(rng, 52)),
        ("season, amplitude 1 sd, 104 points", 0.02, individuals, season),
        ("Poisson mean 1, 52 points", 0.02, exact_counts, 1.0 * rng.poisson(1, (SERIES, 52))),
        ("lognormal sigma 1, 52 points", 0.02, logarithms, rng.lognormal(0, 1, (SERIES, 52))),
    ]


def rates(values, limits):
    found = headway_1(values, limits)
    newest, outside = found.flagged[:, -1].mean(), found.outside[:, -1].mean()
    return newest, outside, (found.run[:, -1] > 0).mean()


def watch_tables(series: int = SERIES) -> list[str]:
    """The figures as Markdown, beside their targets."""
    rng = np.random.default_rng(SEED)
    return [
        f"### Watch: newest point flagged on {series:,} quiet series",
        "",
    ]


def main():
    rng = np.random.default_rng(SEED)
    print(f"Newest point flagged on {SERIES:,} quiet series, headway-1")
    print(f"{'':36}{'flagged':>9}{'outside':>9}{'run':>9}{'target':>9}")
    for name, target, method, values in families(rng):
        shares = "".join(f"{share:9.1%}" for share in rates(values, method(values)))
        print(f"{name:36}{shares}{target:9.0%}")
    whole = rng.normal(size=(SERIES, 104))
    shares = "".join(f"{share:9.1%}" for share in rates(whole, individuals(whole, baseline=104)))
    print(f"{'normal, 104 points, limits on all':36}{shares}{0.01:9.0%}")
    shifted = rng.normal(size=(SERIES, 32))
    shifted[:, 24:] += 2
    found = headway_1(shifted, individuals(shifted)).flagged[:, 24:].any(axis=1).mean()
    print(f"{'shift of 2 sd found within 8 points':36}{found:9.1%}{'':18}{0.8:9.0%}")
    started = time.perf_counter()
    headway_1(whole[:10_000], individuals(whole[:10_000]))
    print(f"10,000 series of 104 points judged in {time.perf_counter() - started:.2f} s (0.3 s)")


if __name__ == "__main__":
    sys.exit(main())
