"""Names of columns in known tools: data files, one per tool."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

IDS = (
    "servicenow", "jira", "glpi", "zammad", "rt", "redmine", "freshservice", "manageengine",
    "topdesk", "bmc", "xes", "generic",
)  # fmt: skip
TABLES = ("tickets", "feedback", "approvals", "alterations")
_CASE = re.compile(r"(?<=[a-zäöüß0-9])(?=[A-ZÄÖÜ])")
_MARKS = re.compile(r"[\W_]+")
_WRAPPED = re.compile(r"custom field \((.*)\)", re.IGNORECASE)


@dataclass(frozen=True)
class Preset:
    """What one tool calls its columns.

    Attributes
    ----------
    id, edition, tool
        Name of the data file, its edition, and the tool's own name ("" for labels of many tools).
    prefixes
        Kind of record by the letters before its number.
    names
        Table -> normalised name -> (role, tier); tier 0 is the strongest claim.
    changes
        As ``names``, for sources of changes only.
    negated
        Normalised names for which "yes" means that the target was missed.
    """

    id: str
    edition: int
    tool: str
    prefixes: dict[str, str]
    names: dict[str, dict[str, tuple[tuple[str, int], ...]]]
    changes: dict[str, tuple[tuple[str, int], ...]]
    negated: frozenset[str]


def normalised(name: str) -> str:
    """A column's name without case, punctuation, underscores and wrapping.

    >>> normalised("Assignment_Group"), normalised("createdAt"), normalised("Custom field (Team)")
    ('assignment group', 'created at', 'team')
    """
    name = _WRAPPED.sub(r"\1", name.strip()).removeprefix("u_")  # a customer's own field
    return _MARKS.sub(" ", _CASE.sub(" ", name)).strip().casefold() or name


@lru_cache(maxsize=1)
def presets() -> tuple[Preset, ...]:
    """All presets, the tools' own before the generic one."""
    folder = resources.files("headway.mapping") / "presets"
    return tuple(_preset((folder / f"{name}.yaml").read_text("utf-8")) for name in IDS)


def _preset(text: str) -> Preset:
    data: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506  # a safe loader
    return Preset(
        id=data["id"],
        edition=data["edition"],
        tool=data["tool"],
        prefixes=data["prefixes"],
        names={table: _names(data.get(table, {})) for table in TABLES},
        changes=_names(data.get("changes", {})),
        negated=frozenset(normalised(name) for name in data["negated"]),
    )


def _names(roles: dict[str, list[list[str]]]) -> dict[str, tuple[tuple[str, int], ...]]:
    claims: dict[str, tuple[tuple[str, int], ...]] = {}
    for role, tiers in roles.items():
        for tier, names in enumerate(tiers):
            for name in dict.fromkeys(normalised(name) for name in names):
                claims[name] = (*claims.get(name, ()), (role, tier))
    return claims


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
