"""The most frequent like-for-like tasks: tickets so alike that their times can be compared."""

from __future__ import annotations

import numpy as np

from headway.calendars import Clock
from headway.engine.columns import Codes, Flags, Ints, codes, known
from headway.engine.people import HIDDEN, People, people_of
from headway.engine.slices import DENSE, Slicing, distinct
from headway.metrics.desk import Desk
from headway.metrics.durations import time_to_resolve
from headway.metrics.incoming import desk_rows
from headway.records import Records
from headway.results import Task

KEYS = ("kind", "category", "subcategory")
SHARED_TITLE = 5  # tickets and requesters that make a title a kind of task


def tasks(records: Records, *, clock: Clock, slicing: Slicing, n: int = 10) -> tuple[Task, ...]:
    """The ``n`` most frequent tasks with their count and the time they take.

    A task is a kind, category and subcategory, and a title where at least five tickets from at
    least five requesters share it word for word; without requesters there are no titles, for the
    names in them cannot be recognised. Times are hours to
    resolve under the clock; None where too few tickets are resolved to tell. Tasks behind which
    fewer people stand than the slicing asks for are left out; words of names become ``…``.
    """
    desk = Desk(records, clock)
    rows = desk_rows(desk)
    if not len(rows):
        return ()
    columns = [codes(records.tickets, key) for key in KEYS] + [_titles(records)]
    task_of, first = _grouped([column[0][rows] for column in columns])
    count = np.bincount(task_of)
    enough = _enough_people(records, rows, task_of, len(count), slicing.minimum_people)
    named = np.zeros(len(count), dtype=bool)
    for row_codes, _ in columns[1:]:
        named |= row_codes[rows[first]] >= 0
    ranked = [task for task in np.lexsort((first, -count)).tolist() if enough[task] and named[task]]
    hours = np.full(len(desk), np.nan)
    facts = time_to_resolve(desk)
    if facts.value is not None:
        hours[facts.rows] = facts.value
    people = people_of(records)
    found = []
    for task in ranked[:n]:
        words = [
            c[1][c[0][rows[first[task]]]] if c[0][rows[first[task]]] >= 0 else "" for c in columns
        ]
        found.append(
            _task(_name(words, slicing, people), int(count[task]), hours[rows[task_of == task]])
        )
    return tuple(found)


def _titles(records: Records) -> tuple[Codes, tuple[str, ...]]:
    """Titles that enough people share; every other title has the code -1."""
    row_codes, words = codes(records.tickets, "title")
    who = codes(records.tickets, "requester")[0]
    shared = distinct(row_codes, who, len(words)) >= SHARED_TITLE
    return np.where(np.append(shared, False)[row_codes], row_codes, -1).astype(np.int32), words


def _grouped(columns: list[Codes]) -> tuple[Ints, Ints]:
    """Number of the task of each row, and the first row of each task."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        key = _dense(key * (int(column.max(initial=0)) + 2) + column + 1)
    first = np.zeros(int(key.max(initial=-1)) + 1, dtype=np.int64)
    first[key[::-1]] = np.arange(len(key))[::-1]  # the last assignment stays: the first row
    return key, first


def _dense(key: Ints) -> Ints:
    """The same grouping with numbers from 0 without gaps."""
    largest = int(key.max(initial=0))
    if largest > DENSE:
        return np.unique(key, return_inverse=True)[1]
    used = np.zeros(largest + 1, dtype=bool)
    used[key] = True
    return (np.cumsum(used) - 1)[key]


def _enough_people(records: Records, rows: Ints, task_of: Ints, size: int, minimum: int) -> Flags:
    if not known(records.tickets, "assignee"):
        return np.ones(size, dtype=bool)
    who = codes(records.tickets, "assignee")[0][rows]
    return distinct(task_of, who, size) >= minimum


def _name(words: list[str], slicing: Slicing, people: People) -> str:
    kind, category, subcategory, title = words
    if category in slicing.hidden("category") or people.named_by(category):
        category = HIDDEN
    if people.named_by(subcategory):
        subcategory = HIDDEN
    parts = [kind, category, subcategory, f"“{people.hidden_in(title)}”" if title else ""]
    return " · ".join(part for part in parts if part)


def _task(name: str, count: int, hours: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Task:
    told = np.sort(hours[~np.isnan(hours)])
    if not len(told):
        return Task(name, count, None, None, None)
    low, middle, high = (_percentile(told, share) for share in (0.15, 0.5, 0.85))
    return Task(name, count, middle, low, high)


def _percentile(
    ascending: np.ndarray[tuple[int], np.dtype[np.float64]], share: float
) -> float | None:
    position = share * (len(ascending) - 1)
    below = int(position)
    part = position - below
    low = float(ascending[below])
    high = float(ascending[min(below + 1, len(ascending) - 1)])
    value = low if part == 0 else low + (high - low) * part
    return value if np.isfinite(value) else None
