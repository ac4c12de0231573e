"""The order of rows and columns, the encoding and the container change no answer."""

import gzip
import io
import random

import desk
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import zstandard
from desk import scan_of
from hypothesis import given, settings
from hypothesis import strategies as st

import headway as hw
from headway import reports


@pytest.fixture(scope="module")
def answer(slip):
    return desk.told(slip)


def scanned(content):
    return desk.told(hw.scan(io.BytesIO(content)))


@settings(max_examples=4)
@given(st.integers(0, 2**32 - 1))
def test_shuffled_rows_and_columns_give_the_same_answer(slipping, answer, seed):
    chance = random.Random(seed)
    order, columns = list(range(len(slipping["Number"]))), list(slipping)
    chance.shuffle(order)
    chance.shuffle(columns)
    assert desk.told(scan_of(desk.written(slipping, order=order, columns=columns))) == answer


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_other_encodings_give_the_same_answer(slipping, encoding):
    rows = slipping | {"Service": [s.replace("Payroll", "Löhne") for s in slipping["Service"]]}
    text = desk.written(rows)
    found = scanned(text.encode(encoding))
    assert found == scanned(text.encode())
    assert any(f["slice"]["value"] == "Löhne" for f in found["findings"])


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_and_line_ends_give_the_same_answer(slipping, answer, delimiter):
    text = desk.written(slipping, delimiter=delimiter).replace("\n", "\r\n")
    assert scanned(text.encode()) == answer


def test_compressed_files_give_the_same_answer(slipping, answer, tmp_path):
    content = desk.written(slipping).encode()
    (tmp_path / "desk.csv.gz").write_bytes(gzip.compress(content))
    (tmp_path / "desk.csv.zst").write_bytes(zstandard.compress(content))
    for path in tmp_path.iterdir():
        assert desk.told(hw.scan(path)) == answer


def test_two_halves_together_give_the_answer_of_the_whole(slipping, answer, tmp_path):
    half = len(slipping["Number"]) // 2
    parts = [
        desk.written({name: column[cut] for name, column in slipping.items()})
        for cut in (slice(half), slice(half, None))
    ]
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path, text in zip(paths, parts, strict=True):
        path.write_text(text)
    assert desk.told(hw.scan(*paths)) == answer
    assert desk.told(hw.scan(*reversed(paths))) == answer


def test_duplicated_rows_are_counted_and_change_no_answer(slipping, answer):
    size = len(slipping["Number"])
    twice = [*range(size), *random.Random(5).sample(range(size), 300)]
    made = scan_of(desk.written(slipping, order=twice))
    assert desk.told(made) == answer
    assert made.result.counts["read"] == size + 300
    assert any("uplicate" in doubt.code for doubt in made.result.doubts)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_tables_of_text_give_the_same_answer_as_the_file(slipping, answer, make):
    assert desk.told(hw.scan(make(slipping))) == answer


def test_tables_of_instants_give_the_same_answer_as_the_file(slipping, answer):
    def instants(name):
        return np.array([v or "NaT" for v in slipping[name]], dtype="datetime64[us]")

    typed = slipping | {name: instants(name) for name in ("Opened", "Resolved")}
    met = {"Made SLA": [word == "true" for word in slipping["Made SLA"]]}
    assert desk.told(hw.scan(pd.DataFrame(typed | met))) == answer
    assert desk.told(hw.scan(pl.DataFrame(typed | met))) == answer
    assert desk.told(hw.scan(pa.table({k: pa.array(v) for k, v in (typed | met).items()}))) == (
        answer
    )


def test_the_same_input_gives_the_same_bytes_of_every_form(slipping, slip, tmp_path):
    again = scan_of(desk.written(slipping))
    assert again.to_json() == slip.to_json()
    assert again.to_html() == slip.to_html()
    assert again.to_text() == slip.to_text()
    books = [io.BytesIO(), io.BytesIO()]
    for made, book in zip((slip, again), books, strict=True):
        reports.to_xlsx(made.result, book)
    assert books[0].getvalue() == books[1].getvalue()
