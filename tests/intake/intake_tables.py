"""Small raw tables and mappings for the tests of intake."""

import datetime as dt

import pyarrow as pa

from headway.calendars import Clock
from headway.intake import build
from headway.mapping.model import ColumnRole, Mapping
from headway.sources import RawTable

NOW = int(dt.datetime(2026, 6, 30, tzinfo=dt.UTC).timestamp())


def raw(columns, *, name="tickets.csv", lines=None, rejects=()):
    arrays = {
        key: values
        if isinstance(values, pa.Array)
        else pa.array(values, pa.string()).dictionary_encode()
        for key, values in columns.items()
    }
    table = pa.table(arrays)
    numbers = list(range(2, table.num_rows + 2)) if lines is None else lines
    return RawTable(
        name=name,
        table=table,
        format="csv",
        sha256="0",
        lines=pa.array(numbers, pa.int64()),
        rejects=rejects,
    )


def mapping(
    *columns, shape="record", table="tickets", kind="incident", dates="iso", missing=(), **roles
):
    """Columns named like their role, and others as ``role=column``."""
    entries = {**{name: name for name in columns}, **roles}
    return Mapping(
        source="tickets.csv",
        table=table,
        shape=shape,
        kind=kind,
        roles=tuple(
            ColumnRole(role, column, 1.0, "", date_format=dates, missing=missing)
            for role, column in entries.items()
        ),
    )


def records(columns, *, zone="UTC", now=NOW, **options):
    """Records of one source whose columns are all named like their roles."""
    source = raw(columns), mapping(*columns, **options)
    return build([source], clock=Clock(zone=zone), now=now)


def column(found, name, table="tickets"):
    return getattr(found, table)[name].to_pylist()


def doubts(found):
    return {(one.code, one.column): one for one in found.doubts}
