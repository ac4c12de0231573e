"""Feedback, approvals and alterations: tables that stand beside the tickets."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.calendars import DAY
from headway.intake.cells import Instants
from headway.intake.checks import ASIDE, LONG_AGO
from headway.intake.doubts import doubt
from headway.intake.layout import Layout
from headway.records import INSTANT, SCHEMAS

COMPANIONS = ("feedback", "approvals", "alterations")


def companion(layout: Layout, limit: np.datetime64) -> pa.Table:
    """The rows of a layout that is not about tickets, in the schema of its table.

    Instants before 1990 or more than a day after ``limit`` are set aside and reported.
    """
    schema = SCHEMAS[layout.mapping.table]
    table = pa.table([_column(layout, field, limit) for field in schema], schema=schema)
    for field in schema:
        if not field.nullable:
            table = table.filter(pc.is_valid(table[field.name]))
    return table


def _column(layout: Layout, field: pa.Field, limit: np.datetime64) -> pa.Array:
    if not layout.has(field.name):
        return pa.nulls(len(layout), field.type)
    if field.type == INSTANT:
        return pa.array(_plausible(layout, field.name, limit), INSTANT)
    if field.type == pa.float64():
        return pa.array(layout.numbers(field.name), pa.float64(), from_pandas=True)
    return layout.words(field.name).arrow().cast(field.type)


def _plausible(layout: Layout, role: str, limit: np.datetime64) -> Instants:
    found = layout.instants(role)
    future, past = found > limit + np.timedelta64(DAY, "s"), found < LONG_AGO
    for code, rows in (("far_future", future), ("far_past", past)):
        if rows.any():
            values = np.unique(found[rows].astype("M8[D]")).astype(str).tolist()
            told = doubt(
                code,
                role,
                values,
                seen=f"Rows of {layout.mapping.table} with an impossible '{role}'",
                done=ASIDE,
                count=int(rows.sum()),
            )
            layout.doubts.append(told)
    return np.where(future | past, np.datetime64("NaT", "s"), found)


def in_order(table: pa.Table) -> pa.Table:
    """The rows in an order that does not depend on the file."""
    keys = sorted(field.name for field in table.schema)
    plain = pa.table([_plain(table.column(name)) for name in keys], keys)
    first = [name for name in keys if name.endswith("_at")]
    order = first + [name for name in keys if name not in first]
    return table.take(pc.sort_indices(plain, [(name, "ascending") for name in order]))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
