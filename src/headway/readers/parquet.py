"""Parquet, one row group after the other."""

from __future__ import annotations

import pyarrow as pa

from headway.errors import InputError
from headway.readers.columns import counted, one_chunk, plain
from headway.readers.container import Compression, whole
from headway.readers.origin import Origin
from headway.sources import RawTable


def read_parquet(origin: Origin, compression: Compression) -> RawTable:
    """The rows of a Parquet file; numbers and booleans as text."""
    from pyarrow import parquet

    handle = whole(origin, compression)
    parts: list[pa.Table] = []
    warnings: tuple[str, ...] = ()
    try:
        file = parquet.ParquetFile(handle)
        for group in range(file.num_row_groups):
            part, warnings = plain(file.read_row_group(group))
            part.validate(full=True)  # words that are no UTF-8, numbers of words that are not there
            parts.append(part)
            origin.advance((group + 1) / file.num_row_groups)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError(f"{origin.label} is a damaged Parquet file; export it again.") from error
    rows = sum(part.num_rows for part in parts)
    if not rows:
        raise InputError(f"{origin.label} has columns but no rows; widen the filter of the export.")
    return RawTable(
        name=origin.name,
        table=one_chunk(pa.concat_tables(parts)),
        format="parquet",
        sha256=origin.sha256(),
        lines=counted(rows),
        compression=compression,
        warnings=warnings,
    )
