"""Simulated alterations of configuration items, with and without a change."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.simulate import catalogue as c
from headway.simulate.desk import DAY, Desk, Ints, arrivals, effect, instants, pick, seconds, words

ITEMS = tuple(item for service in c.SERVICES for item in service.items)
LINKED = 0.85  # share of the alterations made in a change that name it


def alterations(desk: Desk, changes: pa.Table) -> pa.Table:
    """What a discovery tool saw being altered.

    Parameters
    ----------
    desk
        Its options.
    changes
        What :func:`headway.simulate.changes` gave for the same desk.

    Returns
    -------
    pyarrow.Table
        One row per alteration in order of time; the change is null where none is named.

    Examples
    --------
    >>> desk = Desk(weeks=4)
    >>> from headway.simulate import changes
    >>> alterations(desk, changes(desk)).column_names
    ['Configuration item', 'Altered', 'Change']
    """
    random = desk.random(6)
    done = changes.filter(pc.is_valid(changes.column("Actual end")))
    row = np.repeat(np.arange(done.num_rows), random.integers(1, 4, done.num_rows))
    start, end = (
        done.column(name).cast(pa.int64()).to_numpy()[row]
        for name in ("Actual start", "Actual end")
    )
    inside = start + (random.random(len(row)) * np.maximum(end - start, 1)).astype(np.int64)
    service = pc.index_in(
        done.column("Service"), pa.array([entry.name for entry in c.SERVICES])
    ).to_numpy()
    midnights = seconds(desk.start) + DAY * np.arange(desk.weeks * 7)
    alone = arrivals(
        desk,
        random,
        per_week=desk.alterations_per_week * effect(desk, "unlinked_alterations", midnights),
    )
    is_named = random.random(len(row)) < LINKED
    number = done.column("Number").take(pa.array(row, mask=~is_named))
    at = np.concatenate([inside, alone])
    item = np.concatenate(
        [_item(service[row], random), pick(random, (1.0,) * len(ITEMS), len(alone))]
    )
    table = pa.table(
        {
            "Configuration item": words(item, ITEMS),
            "Altered": instants(at),
            "Change": pa.concat_arrays(
                [number.combine_chunks(), pa.nulls(len(alone), pa.string())]
            ),
        }
    )
    return table.take(pa.array(np.argsort(at, kind="stable")))


def _item(service: Ints, random: np.random.Generator) -> Ints:
    count = np.array([len(entry.items) for entry in c.SERVICES])
    first = np.cumsum(count) - count
    return np.asarray(first[service] + random.integers(0, 1 << 20, len(service)) % count[service])
