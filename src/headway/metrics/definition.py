"""What a metric is: its question, formula and traps, read from the data files of the catalogue."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from headway.records import KINDS
from headway.series import Statistic

CHOICES: dict[str, tuple[str, ...]] = {
    "audience": ("customer-facing", "internal"),
    "better": ("lower", "higher", "neither"),
    "axis": ("opened", "resolved", "answered", "asked", "requested", "stock"),
    "chart": ("individuals", "count", "proportion", "duration"),
}


@dataclass(frozen=True)
class Definition:
    """One metric of the catalogue.

    Attributes
    ----------
    id, name, question, formula
        What is asked and how it is answered, in words.
    audience
        ``customer-facing`` where a customer would notice the difference, else ``internal``.
    unit
        ``tickets``, ``h``, ``days``, ``%``, ``times``, ``points``, ``changes``.
    better
        ``lower``, ``higher`` or ``neither``.
    statistics
        What is printed for a period; the first one is the metric, a second one is its companion
        with the panel id ``<id>.<statistic>``.
    chart
        ``individuals``, ``count``, ``proportion`` or ``duration``.
    axis
        The date that decides the period of a record; ``stock`` for the state at a period's end.
    applies_to
        Kinds of tickets.
    needs
        Canonical columns; ``a | b`` where either will do, ``table.column`` outside the tickets.
    gaming, balancing
        How the figure could look better while the service does not, and the metric that tells.
    edition
        Version of the definition.
    """

    id: str
    name: str
    question: str
    formula: str
    audience: str
    unit: str
    better: str
    statistics: tuple[Statistic, ...]
    chart: str
    axis: str
    applies_to: tuple[str, ...]
    needs: tuple[str, ...]
    gaming: str
    balancing: str
    edition: int

    @property
    def statistic(self) -> Statistic:
        """The statistic of the metric itself."""
        return self.statistics[0]


@cache
def catalogue() -> tuple[Definition, ...]:
    """Every metric, in the order in which a scan lists them.

    >>> [d.id for d in catalogue()][:3]
    ['arrivals', 'resolved', 'backlog']
    """
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    folder = Path(__file__).parent / "catalogue"
    found: list[Definition] = []
    for page in sorted(folder.glob("*.yaml")):
        entries = yaml.load(page.read_text("utf-8"), Loader=loader)  # noqa: S506 - safe loader
        found += [checked(entry) for entry in entries]
    by_id = {definition.id for definition in found}
    if len(by_id) != len(found):
        raise ValueError("The metric catalogue holds an id twice.")
    unknown = {d.balancing for d in found} - by_id
    if unknown:
        raise ValueError(f"Balancing metrics {sorted(unknown)} are not in the catalogue.")
    return tuple(found)


def checked(entry: dict[str, Any]) -> Definition:
    """A definition from one entry of a data file.

    Raises
    ------
    ValueError
        A key is missing, unknown or has a value outside its choices.
    """
    wanted = {f.name for f in fields(Definition) if f.default is MISSING}
    if wanted != set(entry):
        odd = sorted(wanted ^ set(entry))
        raise ValueError(f"Metric {entry.get('id')!r} has missing or unknown keys: {odd}.")
    ready: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    for key, allowed in CHOICES.items():
        if ready[key] not in allowed:
            raise ValueError(f"Metric {ready['id']!r}: {key} {ready[key]!r} is not in {allowed}.")
    for key, permitted in (("statistics", get_args(Statistic)), ("applies_to", KINDS)):
        if not ready[key] or not set(ready[key]) <= set(permitted):
            raise ValueError(f"Metric {ready['id']!r}: {key} {ready[key]!r} is not usable.")
    return Definition(**ready)
