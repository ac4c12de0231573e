"""Feedback, approvals and alterations: tables that stand beside the tickets."""

from __future__ import annotations

import numpy as np
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
    if table.num_rows < 2:
        return table
    keys = []
    for name in table.column_names:
        column = table.column(name).combine_chunks()
        if pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        keys.append(np.asarray(pc.rank(column, tiebreaker="dense", null_placement="at_end")))
    instants = [i for i, field in enumerate(table.schema) if field.type == INSTANT]
    first = [keys[i] for i in instants] + [k for i, k in enumerate(keys) if i not in instants]
    return table.take(pa.array(np.lexsort(tuple(reversed(first)))))
