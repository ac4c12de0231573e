"""The saved mapping: ``headway.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from headway.errors import MappingError
from headway.mapping import overrides
from headway.mapping.dates import Order
from headway.mapping.model import Mapping, Shape, TableName
from headway.mapping.roles import ROLES, TABLES
from headway.records import KINDS

VERSION = 1
_KEYS = ("columns", "table", "shape", "kind", "roles", "date_order")
_ALLOWED = {
    "table": TABLES,
    "shape": ("record", "event", "update"),
    "kind": KINDS,
    "date_order": ("day-first", "month-first"),
}


@dataclass(frozen=True)
class SavedSource:
    """How sources with exactly these ``columns``, in any order, are read."""

    columns: frozenset[str]
    table: TableName
    shape: Shape
    kind: str
    roles: dict[str, str]  # role -> column
    date_order: Order | None = None


@dataclass(frozen=True)
class Saved:
    """All saved mappings of a folder."""

    sources: tuple[SavedSource, ...]

    def find(self, columns: Iterable[str]) -> SavedSource | None:
        """The saved mapping for a source with these columns, or None."""
        names = frozenset(columns)
        return next((source for source in self.sources if source.columns == names), None)


def to_yaml(mappings: Sequence[Mapping]) -> str:
    """The text of ``headway.yaml`` for these mappings: no value of a record is in it."""
    data = {"headway": VERSION, "sources": [_source(mapping) for mapping in mappings]}
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


def load(path: Path) -> Saved:
    """Read a saved mapping.

    Raises
    ------
    MappingError
        When it cannot be read, is no YAML, or holds a key, role or word that is not known.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise MappingError(f"Saved mapping '{path}' cannot be read: {reason}.") from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise MappingError(
            f"Saved mapping '{path}' is not YAML: write it anew with "
            f"'headway map FILE --save {path}'."
        ) from error
    if not isinstance(data, dict) or data.get("headway") != VERSION:
        raise MappingError(f"Saved mapping '{path}' must begin with 'headway: {VERSION}'.")
    _only(path, data, ("headway", "sources"))
    sources = data.get("sources")
    if not isinstance(sources, list):
        raise MappingError(f"Saved mapping '{path}' must have a list of sources.")
    return Saved(tuple(_saved(path, source) for source in sources))


def _source(mapping: Mapping) -> dict[str, object]:
    columns = sorted({*mapping.unused, *(entry.column for entry in mapping.roles)})
    source: dict[str, object] = {
        "columns": columns,
        "table": mapping.table,
        "shape": mapping.shape,
        "kind": mapping.kind,
        "roles": {entry.role: entry.column for entry in mapping.roles},
    }
    order = _order(mapping)
    return source | ({"date_order": order} if order else {})


def _order(mapping: Mapping) -> Order | None:
    for entry in mapping.roles:
        day, month = entry.date_format.find("%d"), entry.date_format.find("%m")
        if min(day, month) >= 0 and not entry.date_format.lower().startswith("%y"):
            return "day-first" if day < month else "month-first"
    return None


def _saved(path: Path, source: object) -> SavedSource:
    if not isinstance(source, dict):
        raise MappingError(f"Saved mapping '{path}' has a source that is no list of keys.")
    _only(path, source, _KEYS)
    columns, roles = source.get("columns"), source.get("roles")
    if not _texts(columns) or not isinstance(roles, dict) or not _texts([*roles, *roles.values()]):
        raise MappingError(f"Saved mapping '{path}' needs 'columns' and 'roles' as text.")
    for key, allowed in _ALLOWED.items():
        if source.get(key, allowed[0]) not in allowed:
            raise MappingError(
                f"Saved mapping '{path}' has {key} '{source[key]}': use {', '.join(allowed)}."
            )
    table = cast(TableName, source.get("table", "tickets"))
    _check_roles(path, table, cast(list[str], columns), roles)
    return SavedSource(
        columns=frozenset(cast(list[str], columns)),
        table=table,
        shape=source.get("shape", "record"),
        kind=source.get("kind", "other"),
        roles=dict(roles),
        date_order=source.get("date_order"),
    )


def _check_roles(path: Path, table: str, columns: list[str], roles: dict[str, str]) -> None:
    numbered = {role: column for role, column in roles.items() if role != "kind"}
    overrides.check(roles if roles.get("kind") != roles.get("id") else numbered)
    overrides.check_columns(roles, columns)
    wrong = next((role for role in roles if role not in ROLES[table]), None)
    if wrong:
        raise MappingError(f"Saved mapping '{path}' has role '{wrong}', which {table} do not have.")


def _texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _only(path: Path, data: dict[Any, Any], keys: tuple[str, ...]) -> None:
    unknown = next((key for key in data if key not in keys), None)
    if unknown is not None:
        raise MappingError(
            f"Saved mapping '{path}' has an unknown key '{unknown}': known are {', '.join(keys)}."
        )
