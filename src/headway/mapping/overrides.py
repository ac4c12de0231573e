"""Roles given by the user: ``--map role=column``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from headway.errors import MappingError
from headway.mapping.roles import all_roles


def parse(texts: Iterable[str]) -> dict[str, str]:
    """Roles and columns of ``role=column`` options; an empty column leaves the role unfilled.

    Raises
    ------
    MappingError
        When an option is no pair, names an unknown role, or contradicts another one.

    >>> parse(["opened_at=Created on", "service="])
    {'opened_at': 'Created on', 'service': ''}
    """
    found: dict[str, str] = {}
    for text in texts:
        role, equals, column = (part.strip() for part in text.partition("="))
        if not equals or not role:
            raise MappingError(
                f"'{text}' is no mapping: write it as role=column, such as opened_at=Created."
            )
        if found.get(role, column) != column:
            raise MappingError(
                f"'{role}' is mapped to two columns, '{found[role]}' and '{column}': "
                f"keep one --map {role}=COLUMN."
            )
        found[role] = column
    check(found)
    return found


def check(overrides: Mapping[str, str]) -> None:
    """Raise MappingError for an unknown role, or one column given to two roles."""
    used: dict[str, str] = {}
    for role, column in overrides.items():
        if role not in all_roles():
            raise MappingError(
                f"There is no role '{role}': {_nearest(role, all_roles())} in --map role=column."
            )
        if column and column in used:
            raise MappingError(
                f"Column '{column}' is mapped to two roles, '{used[column]}' and '{role}': "
                f"keep one of the two --map options."
            )
        used[column] = role


def check_columns(overrides: Mapping[str, str], columns: Iterable[str]) -> None:
    """Raise MappingError for a column that none of the sources has."""
    there = tuple(dict.fromkeys(columns))
    for role, column in overrides.items():
        if column and column not in there:
            raise MappingError(
                f"There is no column '{column}' for --map {role}=…: {_nearest(column, there)}."
            )


def _nearest(word: str, words: tuple[str, ...]) -> str:
    lower = {each.lower(): each for each in reversed(words)}
    close = get_close_matches(word.lower(), lower, n=1)
    if close:
        return f"did you mean '{lower[close[0]]}'"
    return f"known are {', '.join(words)}"
