"""Packed files: every packing reads alike, and none may fill memory or hide a second file."""

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib

import openpyxl
import pytest
import zstandard

from headway.errors import InputError
from headway.readers import archive, limits, read, workbook

CSV = b"a,b\n" + b"1,2\n" * 5000


def zipped(*files, method=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as packed:
        for name, content in files:
            packed.writestr(name, content)
    return data.getvalue()


def zip_of_one(content):
    return zipped(("folder/", ""), ("folder/export.csv", content), ("__MACOSX/._export.csv", "x"))


PACKINGS = {
    "gzip": gzip.compress,
    "zstd": zstandard.compress,
    "xz": lzma.compress,
    "bz2": bz2.compress,
    "zip": zip_of_one,
}


def book(rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


@pytest.mark.parametrize("packing", PACKINGS)
def test_every_packing_reads_like_the_plain_file(packing):
    raw = read(io.BytesIO(PACKINGS[packing](CSV)))
    assert raw.compression == packing
    assert raw.table.equals(read(io.BytesIO(CSV)).table)


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_workbook_may_be_packed_once_more(packing):
    raw = read(io.BytesIO(PACKINGS[packing](book([["a"], [1]]))))
    assert (raw.format, raw.compression) == ("xlsx", packing)


@pytest.mark.parametrize("packing", PACKINGS)
def test_what_unpacks_without_end_is_stopped(monkeypatch, packing):
    monkeypatch.setattr(limits, "RATIO_FLOOR", 1 << 20)
    bomb = PACKINGS[packing](b"a,b\n" + b"1,2\n" * 4_000_000)
    with pytest.raises(InputError, match="unpacks to more than 150 times its size"):
        read(io.BytesIO(bomb))


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_cut_file_is_said_to_be_cut(packing):
    data = PACKINGS[packing](CSV)
    with pytest.raises(InputError, match=r"cut short or damaged|is a damaged zip"):
        read(io.BytesIO(data[: len(data) // 2]))


@pytest.mark.parametrize("outer", PACKINGS)
@pytest.mark.parametrize("inner", PACKINGS)
def test_packed_twice_is_refused(outer, inner):
    twice = PACKINGS[outer](PACKINGS[inner](CSV))
    with pytest.raises(InputError, match=r"is compressed twice|is a zip archive in another"):
        read(io.BytesIO(twice))


def test_two_files_in_a_zip_are_named():
    with pytest.raises(InputError, match=r"of 2 files \('one.csv', 'two.csv'\); unpack it"):
        read(io.BytesIO(zipped(("one.csv", CSV), ("two.csv", CSV))))


def test_a_zip_without_files_is_empty():
    with pytest.raises(InputError, match="is an empty zip archive"):
        read(io.BytesIO(zipped(("folder/", ""))))


def locked(data):
    """The same zip with its entries marked as encrypted."""
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(magic, place + 1)) >= 0:
            at = place + flags
            data = data[:at] + struct.pack("<H", 1) + data[at + 2 :]
    return data


@pytest.mark.parametrize("data", [zip_of_one(CSV), book([["a"], [1]])])
def test_a_password_is_recognised(data):
    with pytest.raises(InputError, match="is protected by a password; save it without one"):
        read(io.BytesIO(locked(data)))


def test_a_packing_method_that_is_not_known_is_said():
    data = bytearray(zip_of_one(CSV))
    for magic, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = -1
        while (place := data.find(magic, place + 1)) >= 0:
            data[place + at : place + at + 2] = struct.pack("<H", 9)
    with pytest.raises(InputError, match="packed with a method that cannot be read"):
        read(io.BytesIO(data))


def test_a_workbook_that_lies_about_its_size_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "RATIO_FLOOR", 1 << 20)
    sheet = b"<worksheet>" + b" " * (40 << 20)
    data = zipped((archive.BOOK, "<workbook/>"), ("xl/worksheets/sheet1.xml", sheet))
    size = struct.pack("<I", len(sheet))
    assert data.count(size) == 2
    with pytest.raises(InputError, match="unpacks to more than 150 times its size, which no work"):
        read(io.BytesIO(data.replace(size, struct.pack("<I", 1000))))


def test_a_workbook_whose_parts_overlap_is_refused():
    data = zipped((archive.BOOK, "<workbook/>"), ("xl/worksheets/sheet1.xml", b"x" * 999))
    packed = len(zlib.compress(b"x" * 999)) - 6
    large = data.replace(struct.pack("<I", packed), struct.pack("<I", 1 << 30))
    with pytest.raises(InputError, match=r"parts overlap|is a damaged zip"):
        read(io.BytesIO(large))


def test_a_workbook_with_one_far_cell_is_not_laid_out(monkeypatch):
    monkeypatch.setattr(workbook, "AREA_FLOOR", 1000)
    made = openpyxl.Workbook()
    made.active["A1"], made.active["A2"], made.active["ZZ5000"] = "a", 1, 2
    data = io.BytesIO()
    made.save(data)
    data.seek(0)
    with pytest.raises(InputError, match="reaches to cell ZZ5000"):
        read(data)
