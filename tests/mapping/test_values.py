import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.mapping import flags, kinds, numbers


def texts(*values):
    return pa.array(values, pa.string())


@pytest.mark.parametrize("word", ["true", "Yes", " JA ", "1", "met", "within_sla"])
def test_words_for_yes_are_true(word):
    assert flags.parse(texts(word)).to_pylist() == [True]


@pytest.mark.parametrize("word", ["false", "No", "nein", "0", "missed", "Breached"])
def test_words_for_no_are_false(word):
    assert flags.parse(texts(word)).to_pylist() == [False]


def test_other_words_are_neither_yes_nor_no():
    assert flags.parse(texts("maybe", "", None, "?")).to_pylist() == [None] * 4


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_numbers_come_back_as_python_writes_them(values):
    assert numbers.parse(texts(*map(repr, values))).to_pylist() == values


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_thousands_may_be_set_apart_by_commas(values):
    found = numbers.parse(texts(*(f"{value:,}" for value in values))).to_pylist()
    assert found == values


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1))
def test_decimal_commas_hold_for_the_column_once_proven(values):
    written = [f"{value:,}".replace(",", ".") + ",5" for value in values]
    found = numbers.parse(texts(*written)).to_pylist()
    assert found == [float(f"{value}.5") for value in values]


@given(st.lists(st.one_of(st.none(), st.text(), st.text("0123456789.,e+-' "))))
def test_no_text_breaks_the_number_reader(values):
    assert len(numbers.parse(texts(*values))) == len(values)


def test_what_is_not_finite_is_not_known():
    assert numbers.parse(texts("nan", "inf", "-inf", "1e400", "e5", ".", "")).null_count == 7


def test_kinds_are_told_by_words_and_by_the_letters_of_numbers():
    given_ = texts("[System] Incident", "Störung", "RITM0010", "PRB1", "Story", "chair")
    assert kinds.parse(given_).to_pylist() == [
        "incident",
        "incident",
        "request",
        "problem",
        "other",
        None,
    ]
