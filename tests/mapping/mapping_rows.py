import pyarrow as pa

from headway.sources import RawTable


def table(name="export.csv", **columns):
    """A source as a reader hands it on: text as dictionaries, instants as they are."""
    arrays = {
        column: values
        if isinstance(values, pa.Array)
        else pa.array(values, pa.string()).dictionary_encode()
        for column, values in columns.items()
    }
    rows = pa.table(arrays)
    lines = pa.array(range(2, rows.num_rows + 2), pa.int64())
    return RawTable(name, rows, "csv", "0" * 64, lines)
