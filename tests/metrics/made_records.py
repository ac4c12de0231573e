"""Records for tests, from columns; what is not given is not known."""

import numpy as np
import pyarrow as pa

from headway.calendars import Clock
from headway.engine.slices import enumerate_slices
from headway.metrics import panels
from headway.records import SCHEMAS, Records, empty

UTC = Clock()


def at(text):
    """Seconds since 1970 of a UTC date and time."""
    return int(np.datetime64(text, "s").astype(np.int64))


def table(name, **columns):
    schema = SCHEMAS[name]
    rows = len(next(iter(columns.values())))
    return pa.table(
        {f.name: _column(f, columns.get(f.name, [None] * rows)) for f in schema}, schema=schema
    )


def _column(field, values):
    if pa.types.is_timestamp(field.type):
        return pa.array([at(v) if isinstance(v, str) else v for v in values], pa.int64()).cast(
            field.type
        )
    if pa.types.is_dictionary(field.type):
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, field.type)


COMPANIONS = ("events", "feedback", "approvals", "alterations")


def records(extracted="2024-12-31", **columns):
    """Tickets from columns, and other tables from a dictionary of columns each."""
    given = {name: columns.pop(name, None) for name in COMPANIONS}
    rows = len(columns["opened_at"])
    columns = {
        "id": [f"T{number:05d}" for number in range(rows)],
        "kind": ["incident"] * rows,
        "source": ["made"] * rows,
        "line": list(range(rows)),
        **columns,
    }
    return Records(
        tickets=table("tickets", **columns),
        **{name: table(name, **made) if made else empty(name) for name, made in given.items()},
        rows_read=rows,
        rows_rejected=0,
        extracted_at=at(extracted),
    )


def every_slice(made):
    return enumerate_slices(made, minimum_people=0, minimum_tickets=1)


def measured(made, *, period="day", clock=UTC, window=None):
    return panels(
        made, clock=clock, slicing=every_slice(made), period=period, coverage_window=window
    )
