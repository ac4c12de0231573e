"""The order of rows by their values alone."""

import pyarrow as pa

from headway.intake.order import ordered, remaining, repeats


def test_tied_rows_go_by_their_texts_whatever_their_order_in_the_file():
    table = pa.table({"id": ["b", "a", "c"], "n": pa.array([1, 1, 1])})
    keys = [table["n"].to_numpy()]
    assert ordered(keys, lambda rows: remaining(table, rows)).tolist() == [1, 0, 2]


def test_equal_rows_of_text_and_fractions_are_repeats():
    table = pa.table({"id": ["a", "a", "b"], "score": [4.5, 4.5, 4.5]})
    assert repeats(table).tolist() == [False, True, False]
