"""A progress bar on a terminal, silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from headway.scanning.gather import Progress


@contextmanager
def shown() -> Iterator[tuple[Progress | None, Callable[[str], None]]]:
    """Callbacks for bytes read and for steps; they draw only where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield None, lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, object] = {}

        def on_progress(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(f"Reading {name}", total=total)
            bar.update(tasks[name], completed=done, total=total)  # type: ignore[arg-type]

        def on_step(name: str) -> None:
            bar.add_task(name, total=None)

        yield on_progress, on_step
