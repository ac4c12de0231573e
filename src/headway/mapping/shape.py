"""What a row stands for: a record, an event, or an update with the whole record repeated."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.mapping.digits import Ints
from headway.mapping.model import Shape
from headway.sources import RawTable

_VARYING = 0.01  # share of ids whose rows differ in time or sequence


def shape(raw: RawTable, columns: Mapping[str, str]) -> tuple[Shape, str]:
    """The shape of a source of tickets and why, from ``columns`` (role -> column).

    Several rows of one id that differ in the source's sequence or update time are its history;
    without an opening instant of the ticket, each row of it tells of one event.
    """
    moments = [columns[role] for role in ("event_at", "sequence", "updated_at") if role in columns]
    told = "activity" in columns and "event_at" in columns
    if "id" not in columns:
        return "record", "no column holds an id"
    ids = codes(raw, columns["id"])
    known = ids[ids >= 0]
    rows, distinct = len(known), int((np.bincount(known) > 0).sum())
    counts = f"{rows:,} rows of {distinct:,} ids"
    if distinct in (rows, 0):
        if told and "opened_at" not in columns:
            return "event", f"{counts} with an activity and its time"
        return "record", "one row per id"
    varying = [column for column in moments if _varies(ids, codes(raw, column), distinct)]
    if not varying:
        return "record", f"{counts}; rows of one id differ in no sequence or update time"
    names = " and ".join(f"'{column}'" for column in varying)
    if told or "opened_at" not in columns:
        return "event", f"{counts}; {names} tells its rows apart"
    return "update", f"{counts} with the whole record repeated; {names} tells them apart"


def _varies(ids: Ints, others: Ints, distinct: int) -> bool:
    known = (ids >= 0) & (others >= 0)
    if not known.any():
        return False
    mine, other = ids[known], others[known]
    any_one = np.zeros(int(mine.max()) + 1, np.int64)
    any_one[mine] = other  # one of the id's values, whichever: only whether others differ counts
    varied = np.zeros(len(any_one), np.bool_)
    varied[mine[other != any_one[mine]]] = True
    return int(varied.sum()) > _VARYING * distinct


def codes(raw: RawTable, column: str) -> Ints:
    """A whole number per distinct text or instant of each row; -1 for an empty cell."""
    array = raw.table.column(column)
    array = array.combine_chunks() if array.num_chunks != 1 else array.chunk(0)
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    found = np.asarray(pc.fill_null(array.indices, -1)).astype(np.int64)
    if pa.types.is_string(array.dictionary.type):
        empty = np.append(np.asarray(pc.equal(array.dictionary, "")), False)
        found = np.where(empty[found], -1, found)
    return found
