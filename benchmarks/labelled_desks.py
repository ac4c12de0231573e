"""What the scan makes of each labelled truth: told as what it is, or as something else."""

from __future__ import annotations

import multiprocessing
from collections import Counter

import pyarrow as pa

from headway.scanning import Options, gather
from headway.scanning.analysis import analyse
from headway.simulate import SCENARIOS, Desk, changes, feedback, scenario, tickets

SEED = 70_000
RUNS_PER_SEED = 2


def look(job: tuple[str, int]) -> tuple[str, bool, Counter]:
    """Whether one desk's truth was told by its kind, and the leading findings by kind."""
    name, seed = job
    desk = Desk(seed=seed, growth=0.0, holidays="DE", planted=scenario(name))
    table, options = tickets(desk), Options()
    sources = (
        [table] if name in ("edge", "closing") else [table, changes(desk), feedback(desk, table)]
    )
    gathered = gather(sources, options)
    made = analyse(gathered.chosen, gathered.mappings, options)
    moves = [f for f in made.findings if f.kind not in ("data", "level")]
    leading = Counter(
        f"{f.kind} {f.direction}" for f in moves if not f.parent or f.kind in ("mix", "rework")
    )
    return name, _told(name, made, moves), leading


def _told(name: str, made, moves) -> bool:
    if name == "nothing":
        return not moves
    truth = scenario(name)[0]
    if name == "edge":
        return any(edge.side == "end" for edge in made.coverage.edges)
    if name == "closing":
        return bool(made.coverage.selected_by == "closed")
    if truth.kind == "data":
        held = truth.since.isoformat()
        return any(f.kind == "data" and f.since == held for f in made.findings)
    names = truth.value.split(" / ")
    return any(
        f.kind == truth.kind
        and (truth.kind != "shift" or f.direction == truth.direction)
        and (f.slice.value in names or truth.kind in ("rework", "mix", "bunching"))
        for f in moves
    )


def labelled_table(runs: int, jobs: int) -> list[str]:
    """One line for each scenario, as Markdown."""
    work = [(name, SEED + i) for name in SCENARIOS for i in range(RUNS_PER_SEED * runs)]
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, initializer=pa.set_cpu_count, initargs=(1,)) as pool:
        seen = pool.map(look, work, chunksize=2)
    lines = [
        "### Scan: labelled truths",
        "",
        f"Seeds from {SEED:,}.",
        "",
        "| truth | should be told as | desks | told so | leading findings a desk, by kind |",
        "|---|---|---|---|---|",
    ]
    for name in SCENARIOS:
        own = [(told, leading) for what, told, leading in seen if what == name]
        total: Counter = Counter()
        for _, leading in own:
            total.update(leading)
        kinds = ", ".join(f"{k} {n / len(own):.1f}" for k, n in total.most_common(4)) or "none"
        share = sum(told for told, _ in own) / len(own)
        kind = scenario(name)[0].kind if scenario(name) else "nothing"
        lines.append(f"| {name} | {kind} | {len(own)} | {share:.0%} | {kinds} |")
    return [*lines, ""]
