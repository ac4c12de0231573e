"""Workbooks, Parquet and frames: text stays text, instants stay instants."""

import datetime as dt
import gzip
import io
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from headway.readers import from_frame, read

NOON = dt.datetime(2026, 3, 1, 12, 30)
TEXT = "dictionary<values=string, indices=int32, ordered=0>"


def saved(tmp_path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "export.xlsx"
    book.save(path)
    return path


def values(raw):
    return raw.table.to_pydict()


def test_cells_of_a_workbook_keep_their_kind(tmp_path):
    rows = [
        ["Number", "Opened", "Met", "Share", "Due", "Effort", "Title"],
        [1, NOON, True, 0.25, dt.date(2026, 3, 2), dt.timedelta(hours=30, minutes=5), "=x"],
        [2.0, None, False, 3.0, None, None, None],
    ]
    rows[1][-1] = "1"
    raw = read(saved(tmp_path, ("Data", rows)))
    assert values(raw) == {
        "Number": ["1", "2"],
        "Opened": [NOON, None],
        "Met": ["true", "false"],
        "Share": ["0.25", "3"],
        "Due": [dt.datetime(2026, 3, 2), None],
        "Effort": ["30:05:00", None],
        "Title": ["1", None],
    }
    assert str(raw.table.schema.field("Opened").type) == "timestamp[us]"
    assert str(raw.table.schema.field("Number").type) == TEXT
    assert raw.lines.to_pylist() == [2, 3]
    assert raw.format == "xlsx"


def test_a_column_with_dates_and_words_is_text(tmp_path):
    raw = read(saved(tmp_path, ("Data", [["a", "b"], [NOON, 1], ["unknown", True]])))
    assert values(raw) == {"a": ["2026-03-01 12:30:00", "unknown"], "b": ["1", "true"]}


def test_blank_and_title_rows_above_the_header_are_passed_over(tmp_path):
    rows = [[], ["Tickets of March"], [], ["a", "b", "c"], [1, 2, 3], [], [4, 5, 6]]
    raw = read(saved(tmp_path, ("Data", rows)))
    assert values(raw) == {"a": ["1", "4"], "b": ["2", "5"], "c": ["3", "6"]}
    assert raw.lines.to_pylist() == [5, 7]
    assert raw.warnings == ("1 rows above the header were passed over.",)


def test_the_first_sheet_with_a_table_is_read_and_named(tmp_path):
    path = saved(tmp_path, ("Cover", [["Export"]]), ("Tickets", [["a"], [1]]), ("More", [["b"]]))
    raw = read(path)
    assert values(raw) == {"a": ["1"]}
    assert raw.warnings == ("Sheet 'Tickets' was read; the others were not: 'Cover', 'More'.",)


def test_columns_left_and_right_of_the_table_are_no_columns(tmp_path):
    raw = read(saved(tmp_path, ("Data", [[None, "a", "b", None], [None, 1, 2, None]])))
    assert values(raw) == {"a": ["1"], "b": ["2"]}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_parquet_keeps_instants_with_their_zone(pack):
    zoned = NOON.replace(tzinfo=ZoneInfo("Europe/Berlin"))
    table = pa.table(
        {
            "text": ["x", None, ""],
            "whole": [1, 2, None],
            "part": [1.5, float("nan"), 2.0],
            "flag": [True, None, False],
            "money": [Decimal("1.10"), None, None],
            "naive": pa.array([NOON, None, None], pa.timestamp("ns")),
            "zoned": pa.array([zoned, None, None], pa.timestamp("ms", "Europe/Berlin")),
            "day": [dt.date(2026, 3, 1), None, None],
            "span": pa.array([dt.timedelta(minutes=90), None, None], pa.duration("ms")),
            "coded": pa.array(["p", "q", "p"]).dictionary_encode(),
            "nothing": pa.nulls(3),
            "nested": [[1], [2], []],
        }
    )
    data = io.BytesIO()
    pq.write_table(table, data, row_group_size=1)
    raw = read(io.BytesIO(pack(data.getvalue())))
    assert values(raw) == {
        "text": ["x", None, ""],
        "whole": ["1", "2", None],
        "part": ["1.5", None, "2"],
        "flag": ["true", None, "false"],
        "money": ["1.10", None, None],
        "naive": [NOON, None, None],
        "zoned": [zoned, None, None],
        "day": [dt.datetime(2026, 3, 1), None, None],
        "span": ["5400", None, None],
        "coded": ["p", "q", "p"],
        "nothing": [None, None, None],
    }
    assert str(raw.table.schema.field("zoned").type) == "timestamp[us, tz=Europe/Berlin]"
    assert {column.num_chunks for column in raw.table.columns} == {1}
    assert raw.warnings == ("Nested or binary columns were not read: 'nested'.",)
    assert raw.lines.to_pylist() == [1, 2, 3]


PLAIN = {"Number": ["1", "2"], "Opened": [NOON, None], "Priority": ["high", None]}


def test_frames_of_each_library_give_the_same_table():
    pandas = pd.DataFrame(
        {
            "Number": [1, 2],
            "Opened": [NOON, None],
            "Priority": pd.Categorical(["high", None]),
        }
    )
    polars = pl.DataFrame(
        {"Number": [1, 2], "Opened": [NOON, None], "Priority": ["high", None]},
        schema_overrides={"Priority": pl.Categorical},
    )
    arrow = polars.to_arrow()
    for frame in (pandas, polars, arrow, arrow.to_batches()[0]):
        raw = from_frame(frame, name="mine")
        assert values(raw) == PLAIN
        assert str(raw.table.schema.field("Opened").type) == "timestamp[us]"
        assert str(raw.table.schema.field("Priority").type) == TEXT
        assert (raw.name, raw.format) == ("mine", "frame")


def test_a_pandas_column_of_several_types_is_text():
    frame = pd.DataFrame({"id": ["A1", 7, None], 3: [1, 2, 3]}, index=[5, 6, 7])
    before = frame.copy()
    assert values(from_frame(frame)) == {"id": ["A1", "7", None], "3": ["1", "2", "3"]}
    pd.testing.assert_frame_equal(frame, before)


def test_a_named_index_is_a_column_and_a_nameless_one_is_not():
    frame = pd.DataFrame({"a": [1, 2]}, index=pd.Index(["x", "y"], name="Number"))
    assert values(from_frame(frame)) == {"a": ["1", "2"], "Number": ["x", "y"]}
    assert values(from_frame(frame.rename_axis(None))) == {"a": ["1", "2"]}


def test_the_hash_of_a_frame_depends_on_its_values_alone():
    one = from_frame(pl.DataFrame({"a": ["x", "y"]})).sha256
    assert one == from_frame(pd.DataFrame({"a": ["x", "y"]})).sha256
    assert one != from_frame(pl.DataFrame({"a": ["x", "z"]})).sha256
