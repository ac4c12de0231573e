"""Time `headway scan FILE --format json` against a process that only reads FILE with Polars.

Whole processes in turn (A B A B …), start-up included, after one pair that is not counted. On a
shared machine seconds mean little by themselves, so the figure is the median of the ratios of
neighbouring runs. The peer reads every column as text, which is the least it can do.

Without FILE the simulated desk of `headway demo` is scanned.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "demo"
WALL_TARGET = 12.0  # for an export of some 140,000 rows

READ = """
import sys, polars as pl
path, delimiter = sys.argv[1:]
if path.endswith(".parquet"):
    table = pl.read_parquet(path)
else:
    table = pl.read_csv(path, separator=delimiter, infer_schema=False, encoding="utf8-lossy")
assert table.height
"""


@dataclass(frozen=True)
class Run:
    """One process: wall and CPU seconds, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


def run(command: list[str]) -> Run:
    """Run a command to its end; its output is thrown away, its failure ends the bench."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    words = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(
            f"bench: {' '.join(command[:4])} … ended with {process.returncode}: {words[-500:]}"
        )
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def demo_file() -> Path:
    """The largest export of the simulated desk, simulated now if it is not there."""
    exports = sorted(DEMO.rglob("*.csv"), key=lambda path: path.stat().st_size)
    if not exports:
        run([headway(), "demo"])
        exports = sorted(DEMO.rglob("*.csv"), key=lambda path: path.stat().st_size)
    if not exports:
        sys.exit(
            f"bench: headway demo left no CSV file in {DEMO.name}/; name one: make bench FILE=x.csv"
        )
    return exports[-1]


def headway() -> str:
    """Path of the installed command."""
    beside = Path(sys.executable).with_name("headway")
    return str(beside) if beside.exists() else shutil.which("headway") or "headway"


def delimiter_of(path: Path) -> str:
    """The most frequent of the usual delimiters in the header."""
    with path.open("rb") as file:
        header = file.readline().decode("utf-8", errors="replace")
    return max(",;\t|", key=header.count)


def line(name: str, ours: list[float], peers: list[float], unit: str) -> str:
    """One row of the table: both medians, and the median and range of the ratios of the pairs."""
    ratios = [a / b for a, b in zip(ours, peers, strict=True)]
    median = statistics.median
    return (
        f"{name:<12}{median(ours):>9.2f} {unit}{median(peers):>9.2f} {unit}"
        f"{median(ratios):>9.2f} x   ({min(ratios):.2f} to {max(ratios):.2f})"
    )


def main() -> None:
    """Run the pairs and print their figures beside the target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--pairs", type=int, default=7)
    options = parser.parse_args()
    path = options.file or demo_file()
    if not path.is_file():
        sys.exit(f"bench: there is no file {path}; name one with make bench FILE=tickets.csv")

    scan = [headway(), "scan", str(path), "--format", "json"]
    read = [sys.executable, "-c", READ, str(path), delimiter_of(path)]
    run(scan), run(read)
    pairs = [(run(scan), run(read)) for _ in range(options.pairs)]
    ours, peers = [list(side) for side in zip(*pairs, strict=True)]

    load = os.getloadavg()[0]
    print(
        f"{path.name}, {path.stat().st_size / 1e6:.1f} MB; {options.pairs} pairs in turn;", end=" "
    )
    print(f"{os.cpu_count()} cores, load {load:.1f} at the end")
    print(f"{'':<12}{'scan':>11}{'bare read':>12}{'ratio':>9}")
    print(line("wall", [r.wall for r in ours], [r.wall for r in peers], "s "))
    print(line("cpu", [r.cpu for r in ours], [r.cpu for r in peers], "s "))
    print(line("peak memory", [r.peak for r in ours], [r.peak for r in peers], "MB"))
    ratio = statistics.median(a.wall / b.wall for a, b in pairs)
    verdict = "kept" if ratio <= WALL_TARGET else "MISSED"
    print(
        f"target: wall at most {WALL_TARGET:g} x a bare read with Polars: {verdict}, {ratio:.2f} x"
    )


if __name__ == "__main__":
    main()
