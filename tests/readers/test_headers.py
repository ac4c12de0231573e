"""Headers as tools write them: titles above, names that repeat."""

import io

import pandas as pd
import pyarrow as pa
import pytest

from headway.readers import from_frame, read

TABLE = "Number,Opened,State\nI1,2026-01-05,open\nI2,2026-01-06,open\nI3,2026-01-07,open\n"
TITLES = {
    "one": "Report generated on 2026-02-01\n\n",
    "comma": 'Incidents\n"Period: January, 2026"\n\n',
    "padded": "Incidents,,\nby month,,\n",
}


@pytest.mark.parametrize("title", TITLES)
def test_titles_above_the_header_are_passed_over_and_told(title):
    raw = read(io.BytesIO((TITLES[title] + TABLE).encode()))
    assert raw.table.column_names == ["Number", "Opened", "State"]
    above = TITLES[title].count("\n")
    assert raw.lines.to_pylist() == [above + 2, above + 3, above + 4]
    assert raw.warnings == (f"{above} lines above the header were passed over.",)


def test_rows_with_few_values_do_not_hide_the_header():
    raw = read(io.BytesIO(b"a,b,c,d,e\n1,,,,\n2,,,,\n3,4,5,6,7\n"))
    assert raw.table.column_names == list("abcde")
    assert raw.rows_read == 3


def test_columns_of_one_name_are_numbered_and_told():
    raw = read(io.BytesIO(b"Key,Comment,Comment,Comment\nA-1,x,y,z\n"))
    assert raw.table.column_names == ["Key", "Comment", "Comment (2)", "Comment (3)"]
    assert "Several columns are named 'Comment'" in raw.warnings[0]


def test_a_numbered_name_of_the_source_keeps_its_own_column():
    raw = read(io.BytesIO(b"a,a,a (2)\n1,2,3\n"))
    assert raw.table.column_names == ["a", "a (3)", "a (2)"]


def test_a_frame_with_columns_of_one_name_loses_none():
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], ["a", "a"])
    mixed = pd.DataFrame([[1, "x"], ["y", 2]], columns=["a", "a"])
    assert from_frame(table).table.column_names == ["a", "a (2)"]
    assert from_frame(mixed).table.to_pydict() == {"a": ["1", "y"], "a (2)": ["x", "2"]}


def test_a_line_break_in_a_name_becomes_a_blank():
    raw = read(io.BytesIO(b'Number,"Opened \r\n at"\n1,2026-01-05\n'))
    assert raw.table.column_names == ["Number", "Opened at"]


def test_ten_thousand_columns_of_one_name_are_numbered_at_once():
    header = ",".join(["Comment"] * 10_000)
    raw = read(io.BytesIO(f"{header}\n{'1,' * 9_999}1\n".encode()))
    assert raw.table.column_names[-1] == "Comment (10000)"
