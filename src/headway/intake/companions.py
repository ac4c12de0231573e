"""Feedback, approvals and alterations: tables that stand beside the tickets."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from headway.intake.layout import Layout
from headway.records import INSTANT, SCHEMAS


def companion(layout: Layout) -> pa.Table:
    """The rows of a layout that is not about tickets, in the schema of its table."""
    schema = SCHEMAS[layout.mapping.table]
    return pa.table([_column(layout, field) for field in schema], schema=schema)


def _column(layout: Layout, field: pa.Field) -> pa.Array:
    if not layout.has(field.name):
        return pa.nulls(len(layout), field.type)
    if field.type == INSTANT:
        return pa.array(layout.instants(field.name), INSTANT)
    if field.type == pa.float64():
        return pa.array(layout.numbers(field.name), pa.float64(), from_pandas=True)
    return layout.words(field.name).arrow().cast(field.type)


def in_order(table: pa.Table) -> pa.Table:
    """The rows in an order that does not depend on the file."""
    keys = sorted(field.name for field in table.schema)
    plain = pa.table([_plain(table.column(name)) for name in keys], keys)
    first = [name for name in keys if name.endswith("_at")]
    order = first + [name for name in keys if name not in first]
    return table.take(pc.sort_indices(plain, [(name, "ascending") for name in order]))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
