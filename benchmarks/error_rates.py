"""Error rates of the scan and of the newest-point test beside their targets, as Markdown tables.

``python benchmarks/error_rates.py`` is the quick run; ``--size full`` is the one whose tables are
kept in docs/explanation/error-rates.md (``--write`` puts them there, ``--part`` runs one part).
Seeds are fixed, so a run can be repeated figure by figure.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from headway import __version__
from known_desks import AFTER, EFFECTS, FAMILIES, UPPER, WEEKLY, Case, observe
from labelled_desks import labelled_table
from rates import bounds, oracle
from watch_rates import watch_tables

PAGE = Path(__file__).parent.parent / "docs/explanation/error-rates.md"
QUIET_SEED, PLANTED_SEED, ALONE_SEED = 10_000, 50_000, 90_000
ALONE = "duration"
SHARE_OF_DESK = 0.08
VERDICTS = ("right", "wrong date", "wrong direction", "elsewhere", "refused", "missed")


@dataclass(frozen=True)
class Size:
    """How many desks of each sort, and series of each family."""

    quiet: int
    other_lengths: int
    planted: int
    series: int


SIZES = {
    "quick": Size(24, 0, 1, 4_000),
    "full": Size(400, 60, 8, 20_000),
}
PARTS = ("watch", "quiet", "planted", "labelled")


def cases(size: Size) -> tuple[list[Case], list[Case], list[Case]]:
    """Quiet desks, planted desks, and planted desks in sd of single tickets."""
    quiet = [Case(QUIET_SEED + i) for i in range(size.quiet)]
    for weeks in (26, 130):
        quiet += [Case(QUIET_SEED + 1000 + i, weeks=weeks) for i in range(size.other_lengths)]
    grid = [(r, w, a) for a in AFTER for w in WEEKLY for r in range(len(EFFECTS["volume"]))]
    planted = [
        Case(PLANTED_SEED + 1000 * cell + i, weekly=w / SHARE_OF_DESK, rank=r, after=a)
        for i in range(size.planted)
        for cell, (r, w, a) in enumerate(grid)
    ]
    alone = [
        Case(ALONE_SEED + 1000 * rank + i, weekly=WEEKLY[0] / SHARE_OF_DESK, rank=rank, only=ALONE)
        for i in range(size.planted)
        for rank in range(len(EFFECTS[ALONE]))
    ]
    return quiet, planted, alone


def run(all_cases: list[Case], jobs: int) -> list:
    """Observe every case, on several cores; progress goes to standard error."""
    out = []
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, initializer=pa.set_cpu_count, initargs=(1,)) as pool:
        for outcome in pool.imap_unordered(observe, all_cases, chunksize=2):
            out.append(outcome)
            if len(out) % 50 == 0:
                print(f"{len(out)} of {len(all_cases)} desks", file=sys.stderr, flush=True)
    return sorted(out, key=lambda o: all_cases.index(o.case))


def quiet_table(outcomes: list) -> list[str]:
    """Any shift or drift on a desk with nothing planted."""
    lines = [
        "### Scan: desks with nothing planted",
        "",
        "| desks | weeks | tickets a week | tests | any shift or drift | 95 % interval | target |",
        "|---|---|---|---|---|---|---|",
    ]
    for weeks in sorted({o.case.weeks for o in outcomes}, key=lambda w: (w != 78, w)):
        group = [o for o in outcomes if o.case.weeks == weeks]
        hits = sum(bool(o.findings["false"]) for o in group)
        low, high = bounds(hits, len(group))
        tests = sum(o.tests for o in group) / len(group)
        target = "at most 5 %, upper bound 8 %" if weeks == 78 else "(the same)"
        lines.append(
            f"| {len(group)} | {weeks} | 400 | {tests:,.0f} | {hits / len(group):.1%} ({hits}) "
            f"| {low:.1%} to {high:.1%} | {target} |"
        )
    kinds = Counter(line.split(" ")[0] for o in outcomes for line in o.false)
    told = ", ".join(f"{metric} {number}" for metric, number in kinds.most_common())
    return [*lines, "", f"False findings by metric: {told or 'none'}.", ""]


def power_tables(outcomes: list) -> list[str]:
    """Share found by cell, and what became of the rest."""
    lines = []
    for family in FAMILIES:
        effects = EFFECTS[family]
        head = " | ".join(_effect(family, e) for e in effects)
        lines += [
            f"### Scan: planted {family}, share found right",
            "",
            "In brackets: what a test could find that knows the series, the date and the noise, at "
            "the same correction for many tests.",
            "",
            f"| records a week | weeks after | {head} |",
            "|---" * (2 + len(effects)) + "|",
        ]
        for weekly in WEEKLY:
            for after in AFTER:
                cells = [
                    _cell(outcomes, family, rank, weekly, after) for rank in range(len(effects))
                ]
                lines.append(f"| {weekly} | {after} | {' | '.join(cells)} |")
        lines.append("")
    return lines


def _effect(family: str, effect: float) -> str:
    if family == "volume":
        return f"{100 * effect:g}%"
    return f"{effect:g} points" if family == "share" else f"{effect:g} sd"


def _cell(outcomes: list, family: str, rank: int, weekly: int, after: int) -> str:
    group = [
        o.verdict[family]
        for o in outcomes
        if o.case.rank == rank
        and o.case.after == after
        and round(o.case.weekly * SHARE_OF_DESK) == weekly
        and family in o.verdict
    ]
    if not group:
        return "–"
    best = oracle(family, EFFECTS[family][rank], weekly, after)
    return f"{group.count('right') / len(group):.0%} ({best:.0%})"


def summary_table(outcomes: list) -> list[str]:
    """The upper half of the grid beside the target, and the share of false findings."""
    lines = [
        "### Scan: upper half of the grid, 8 and 16 weeks after",
        "",
        f"| family | records a week | truths | {' | '.join(VERDICTS)} | target |",
        "|---" * (4 + len(VERDICTS)) + "|",
    ]
    upper = [o for o in outcomes if (o.case.rank or 0) >= UPPER]
    for family in FAMILIES:
        for weekly in WEEKLY:
            group = [
                o.verdict[family] for o in upper if round(o.case.weekly * SHARE_OF_DESK) == weekly
            ]
            if group:
                shares = " | ".join(f"{group.count(v) / len(group):.0%}" for v in VERDICTS)
                lines.append(f"| {family} | {weekly} | {len(group)} | {shares} | right 90 % |")
    return [*lines, "", *false_table(outcomes)]


def false_table(outcomes: list) -> list[str]:
    """Which share of the findings is false, all of them and the leading ones."""
    total: Counter = Counter()
    for outcome in outcomes:
        total.update(outcome.findings)
    lines = [
        "### Scan: findings on planted desks",
        "",
        "| findings | right | true of something else that moved | false | share false | target |",
        "|---|---|---|---|---|---|",
    ]
    for name, suffix in (("all", ""), ("leading", ", leading")):
        right, other, false = (total[k + suffix] for k in ("right", "consequence", "false"))
        share = false / max(right + other + false, 1)
        lines.append(f"| {name} | {right} | {other} | {false} | {share:.1%} | at most 10 % |")
    kinds = Counter(line.split(" ")[0] for o in outcomes for line in o.false)
    told = ", ".join(f"{metric} {number}" for metric, number in kinds.most_common())
    failed = sum(bool(o.failed) for o in outcomes)
    return [*lines, "", f"False findings by metric: {told or 'none'}. Desks refused: {failed}.", ""]


def alone_table(outcomes: list) -> list[str]:
    """Durations whose effect is measured in sd of single tickets."""
    lines = [
        "### Scan: duration, effects in sd of a single ticket, 12 records a week, 8 weeks after",
        "",
        f"| effect | desks | {' | '.join(VERDICTS)} |",
        "|---" * (2 + len(VERDICTS)) + "|",
    ]
    for rank, effect in enumerate(EFFECTS["duration"]):
        group = [o.verdict["duration"] for o in outcomes if o.case.rank == rank and o.verdict]
        if group:
            shares = " | ".join(f"{group.count(v) / len(group):.0%}" for v in VERDICTS)
            lines.append(f"| {effect:g} sd | {len(group)} | {shares} |")
    return [*lines, ""]


def part_tables(part: str, size: Size, jobs: int) -> list[str]:
    """The tables of one part."""
    quiet, planted, alone = cases(size)
    if part == "watch":
        return watch_tables(size.series)
    if part == "quiet":
        return quiet_table(run(quiet, jobs))
    if part == "labelled":
        return labelled_table(size.planted, jobs)
    outcomes = run([*planted, *alone], jobs)
    by_grid, by_ticket = outcomes[: len(planted)], outcomes[len(planted) :]
    return [*summary_table(by_grid), *power_tables(by_grid), *alone_table(by_ticket)]


def report(part: str, size: str, jobs: int) -> str:
    """The tables of one part as Markdown, with what they were made with."""
    began = time.perf_counter()
    lines = part_tables(part, SIZES[size], jobs)
    minutes = (time.perf_counter() - began) / 60
    head = (
        f"`error_rates.py --size {size} --part {part}`, Headway {__version__}, "
        f"{datetime.now(tz=UTC):%-d %B %Y}, {minutes:.1f} minutes on {jobs} cores:"
    )
    return "\n".join([head, "", *lines])


def keep(part: str, tables: str) -> None:
    """Put the tables of a part between its marks in the page."""
    text = PAGE.read_text("utf-8")
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    before, rest = text.split(begin)
    PAGE.write_text(f"{before}{begin}\n\n{tables}\n{end}{rest.split(end)[1]}", "utf-8")


def main() -> None:
    """Print the tables, and put them into the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=SIZES, default="quick")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--part", choices=PARTS, nargs="*", default=PARTS)
    parser.add_argument("--write", action="store_true", help=f"keep the tables in {PAGE.name}")
    options = parser.parse_args()
    for part in options.part:
        tables = report(part, options.size, options.jobs)
        print(tables, flush=True)
        if options.write:
            keep(part, tables)


if __name__ == "__main__":
    main()
