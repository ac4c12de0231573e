"""Frames of other libraries, through the Arrow interchange; no such library is imported."""

from __future__ import annotations

import hashlib
import math
from typing import Any

import pyarrow as pa

from headway.errors import InputError
from headway.readers.columns import counted, plain, refuse_data_as_header, renamed
from headway.sources import RawTable

NAMELESS_INDEX = "__index_level_"


def from_frame(frame: object, *, name: str = "frame") -> RawTable:
    """Take a frame that somebody else made.

    Parameters
    ----------
    frame
        A pandas or Polars frame, a PyArrow table or batch, or anything that speaks the Arrow
        stream or the dataframe interchange protocol. It is not changed.
    name
        Name of the source in messages and results.

    Returns
    -------
    RawTable
        Its rows, numbered from 1; a named pandas index is a column like the others.

    Raises
    ------
    InputError
        When it is no frame, has no rows, or has dates for names.

    Examples
    --------
    >>> import pyarrow as pa
    >>> raw = from_frame(pa.table({"Number": [7, 8], "Met": [True, None]}))
    >>> raw.table.column("Number").to_pylist(), raw.table.column("Met").to_pylist()
    (['7', '8'], ['true', None])
    """
    table = _arrow(frame, name)
    nameless = [column for column in table.column_names if column.startswith(NAMELESS_INDEX)]
    checked, warnings = plain(table.drop_columns(nameless))
    if not checked.num_rows:
        raise InputError(f"{name} has no rows; give a frame with at least one.")
    refuse_data_as_header(checked, label=name)
    return RawTable(
        name=name,
        table=checked,
        format="frame",
        sha256=_sha256(checked),
        lines=counted(checked.num_rows),
        warnings=(*warnings, *renamed(checked.column_names)),
    )


def _arrow(frame: object, name: str) -> pa.Table:
    if isinstance(frame, pa.Table):
        return frame
    if isinstance(frame, pa.RecordBatch):
        return pa.Table.from_batches([frame])
    try:
        if hasattr(frame, "__arrow_c_stream__"):
            return pa.table(frame)
        if hasattr(frame, "__dataframe__"):
            from pyarrow.interchange import from_dataframe

            return from_dataframe(frame)
    except (ValueError, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        if not hasattr(frame, "itertuples"):
            raise InputError(f"{name} cannot be taken as a table ({error}).") from error
        return _mixed(frame)
    raise InputError(
        f"{name} is a {type(frame).__name__}, not a frame; give a pandas, Polars or Arrow table."
    )


def _mixed(given: object) -> pa.Table:
    """A pandas frame with repeated names, or columns of several types: those columns as text."""
    frame: Any = given
    columns: list[pa.Array] = []
    for place in range(len(frame.columns)):
        values = frame.iloc[:, place]
        try:
            columns.append(pa.array(values, from_pandas=True))
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            columns.append(pa.array([_word(value) for value in values.tolist()], pa.string()))
    return pa.table(columns, names=[str(label) for label in frame.columns])


def _word(value: object) -> str | None:
    is_missing = value is None or (isinstance(value, float) and math.isnan(value))
    text = str(value)
    return None if is_missing or text in {"NaT", "<NA>"} else text


class _Digest:
    """A sink that keeps only the hash of what is written."""

    closed = False

    def __init__(self) -> None:
        self.hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""


def _sha256(table: pa.Table) -> str:
    digest = _Digest()
    with pa.ipc.new_stream(pa.PythonFile(digest, mode="w"), table.schema) as writer:
        writer.write_table(table)
    return digest.hash.hexdigest()
