"""Every input that holds no table gets one sentence that names it and says what to do."""

import gzip
import io
import os
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from headway.errors import InputError
from headway.readers import from_frame, limits, read


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def zipped(**entries):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


def garbled(data):
    """The same archive with the packed bytes of its first sheet spoilt."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    return data[:start] + bytes(40) + data[start + 40 :]


def parquet():
    data = io.BytesIO()
    pq.write_table(pa.table({"a": list(range(1000))}), data)
    return data.getvalue()


CSV = b"a,b\n" + b"1,2\n" * 5000
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b"\n \n", "is empty"),
    "header only": (b"a,b\n", "has a header but no rows"),
    "header without end": (b"a,b", "has a header but no rows"),
    "header and blank lines": (b"a,b\n\n,\n", "has a header but no rows"),
    "endless header": (b"name," * 100_000, "has a first line too long for a header"),
    "nul": (b"a,b\n1,\x002\n", "is not text, XLSX or Parquet"),
    "late nul": (b"a,b\n" + b"1,2\n" * 200_000 + b"\x00,1\n", "is not text, XLSX or Parquet"),
    "rubbish": (bytes(range(1, 256)) * 20, "is not text, XLSX or Parquet"),
    "short rubbish": (b"\x00\x01\x02", "is not text, XLSX or Parquet"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(100), "is an image"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    "web page": (b"<!DOCTYPE html>\n<table>", "is a web page or XML"),
    "json": (b'{"number": 1}', "is JSON without records"),
    "stub of xz": (b"\xfd7zXZ\x00\x00", "is cut short or damaged: its xz data"),
    "old workbook": (OLD + bytes(600), "is an old .xls workbook"),
    "locked workbook": (
        OLD + bytes(9) + "EncryptedPackage".encode("utf-16-le"),
        "is protected by a pass",
    ),
    "zip": (zipped(one="a,b", two="a,b"), "is a zip archive of 2 files ('one', 'two')"),
    "cut workbook": (workbook([["a"], [1]])[:-900], "is a damaged zip or XLSX file"),
    "garbled workbook": (garbled(workbook([["a"], *([n] for n in range(99))])), "is a damaged"),
    "broken workbook": (zipped(xl__workbook_xml="<nonsense"), "is a damaged workbook"),
    "empty workbook": (workbook([]), "has no sheet with a header and rows"),
    "header-only workbook": (workbook([["a", "b"]]), "has no sheet with a header and rows"),
    "cut parquet": (parquet()[:-20], "is a damaged Parquet file"),
    "cut gzip": (gzip.compress(CSV)[:-12], "is cut short or damaged: its gzip data"),
    "cut zstd": (zstandard.compress(CSV)[:-4], "is cut short or damaged: its zstd data"),
    "stub of gzip": (gzip.compress(CSV)[:12], "is cut short or damaged: its gzip data"),
    "twice": (gzip.compress(gzip.compress(CSV)), "is compressed twice"),
    "nothing packed": (gzip.compress(b""), "is empty"),
    "no header": (
        b"I1,2026-01-05 09:00,Ann Example\nI2,2026-01-06 10:00,Bo Example\n",
        "has no line with the names of its columns",
    ),
    "other width": (b"a,b\n1\n2\n", "has 2 rows but none with the 2 fields"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path, case):
    data, problem = REFUSED[case]
    path = tmp_path / "export.dat"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path} {problem}")
    assert message.endswith(".")
    assert "\n" not in message


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"no\.csv does not exist; check the path"):
        read(tmp_path / "no.csv")


def test_a_path_through_a_file_does_not_exist(tmp_path):
    (tmp_path / "a.csv").write_bytes(CSV)
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "a.csv" / "b.csv")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="is a folder; give the file inside it"):
        read(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_the_right_to_read_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    path.chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        read(path)


def test_a_path_that_cannot_be_is_refused():
    with pytest.raises(InputError, match="is not a usable path"):
        read("a\0b")


def test_a_file_open_as_text_is_refused():
    with pytest.raises(InputError, match="open it in binary mode"):
        read(io.StringIO("a,b\n1,2\n"))


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_an_archive_made_to_fill_memory_is_stopped(monkeypatch, pack):
    monkeypatch.setattr(limits, "RATIO_FLOOR", 1 << 20)
    with pytest.raises(InputError, match="unpacks to more than 150 times its size"):
        read(io.BytesIO(pack(b"a,b\n" + b"1,2\n" * 4_000_000)))


def test_a_workbook_that_reaches_to_the_last_cell_is_stopped():
    book = zipped(
        xl__workbook_xml="<workbook/>",
        xl__worksheets__sheet1_xml='<row r="1"><c r="A1"/></row><c r="XFD1048576"/>',
    )
    with pytest.raises(InputError, match="reaches to cell XFD1048576"):
        read(io.BytesIO(book))


@pytest.mark.parametrize("frame", [42, [1, 2], {"a": [1]}, None])
def test_what_is_no_frame_is_refused(frame):
    with pytest.raises(InputError, match=f"is a {type(frame).__name__}, not a frame"):
        from_frame(frame)


def test_a_frame_without_rows_is_refused():
    with pytest.raises(InputError, match="frame has no rows"):
        from_frame(pa.table({"a": pa.array([], pa.string())}))


def test_no_value_of_a_row_taken_for_the_header_is_repeated(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(REFUSED["no header"][0])
    with pytest.raises(InputError) as caught:
        read(path)
    assert "Example" not in str(caught.value)


def test_a_closed_standard_input_is_refused(monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="Standard input is closed"):
        read("-")
