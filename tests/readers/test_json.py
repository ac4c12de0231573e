"""JSON: arrays, wrappers and lines of records, as text, with what is no record rejected."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.errors import InputError
from headway.readers import jsontext, read

RECORDS = [
    {"number": "INC1", "opened": "2026-01-05", "caller": {"name": "P", "unit": {"id": 7}}},
    {"number": "INC2", "effort": 1.50, "major": True, "closed": None, "tags": ["a", "b"]},
]
FLAT = {
    "number": ["INC1", "INC2"],
    "opened": ["2026-01-05", None],
    "caller.name": ["P", None],
    "caller.unit.id": ["7", None],
    "effort": [None, "1.5"],
    "major": [None, "true"],
    "closed": [None, None],
    "tags": [None, "a, b"],
}
FORMS = {
    "array": json.dumps(RECORDS),
    "indented array": json.dumps(RECORDS, indent=2),
    "wrapper": json.dumps({"result": RECORDS}),
    "wrapper with more": json.dumps({"total": 2, "meta": {"page": [1, 2]}, "issues": RECORDS}),
    "deep wrapper": json.dumps({"data": {"tickets": {"nodes": RECORDS}}}, indent=1),
    "lines": "\n".join(map(json.dumps, RECORDS)),
    "lines with gaps": "\r\n\r\n".join(map(json.dumps, RECORDS)) + "\n\n",
}


def table(text, codec="utf-8"):
    return read(io.BytesIO(text.encode(codec)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_records_of_every_form_become_flat_rows(form, codec):
    raw = table(FORMS[form], codec)
    assert raw.table.to_pydict() == FLAT
    assert raw.format == ("jsonl" if "lines" in form else "json")
    assert raw.rejects == ()


def test_each_row_knows_its_line():
    assert table(FORMS["indented array"]).lines.to_pylist() == [2, 12]
    assert table(FORMS["lines with gaps"]).lines.to_pylist() == [1, 3]


def test_numbers_stay_as_written():
    long = "9" * 6000
    raw = table(f'[{{"a": 1.10, "b": {long}}}, {{"a": 1e999, "b": -0}}]')
    assert raw.table.to_pydict() == {"a": ["1.10", "1e999"], "b": [long, "-0"]}


def test_a_record_longer_than_the_window_is_read(monkeypatch):
    monkeypatch.setattr(jsontext, "STEP", 7)
    assert table(FORMS["deep wrapper"]).table.to_pydict() == FLAT
    assert table('[{"a": "äöü𝄞"}, {"a": 12345678901234567890}]').table.to_pydict() == {
        "a": ["äöü𝄞", "12345678901234567890"]
    }


def test_broken_lines_are_rejected_and_the_others_read():
    raw = table('{"a": 1}\n{"a": 2\n[3]\n{"a": 4, "a": 5}\n{"a": {"b": 1}, "a.b": 2}\n{"a": 6}\n')
    assert raw.table.column("a").to_pylist() == ["1", "6"]
    assert [(reject.line, reject.value) for reject in raw.rejects] == [
        (2, ""),
        (3, ""),
        (4, "a"),
        (5, "a.b"),
    ]
    assert raw.rows_read == 6


def test_lists_of_objects_are_left_out_and_said():
    raw = table('[{"a": 1, "history": [{"b": 1}]}]')
    assert raw.table.column_names == ["a"]
    assert raw.warnings == ("Lists of objects were not read: 'history'.",)


def test_characters_that_are_none_are_replaced():
    raw = table('[{"a": "x\\u0000y", "b": "\\ud800"}]')
    assert raw.table.to_pydict() == {"a": ["x\ufffdy"], "b": ["?"]}


REFUSED = {
    "no records": ('{"number": 1}', "is JSON without records"),
    "no rows": ('{"result": [{}], "other": [{}]}', "more than one array of records, 'result'"),
    "empty": ("[]", "no records"),
    "cut": ('[{"a": 1}, {"a": ', "is damaged JSON on line 1"),
    "cut late": ('[{"a": 1},\n{"a": 2}', r"is damaged JSON on line 2 \(it ends too early\)"),
    "no comma": ('[{"a": 1} {"a": 2}]', r"is damaged JSON on line 1 \('\{' stands where '\]'"),
    "two": ('[{"a": 1}]\n[{"a": 2}]', r"more than one JSON document \(the next on line 2\)"),
    "deep": ('[{"a":' + "[" * 500_000, "nests too deep on line 1"),
    "deep wrapper": ('{"a":' * 500_000, "nests too deep|is JSON without records"),
    "latin": ("[{\xe4}]", "is JSON but not UTF-8"),
    "nul": ('[{"a": 1}, \0 {"a": 2}]', "holds bytes that no table has"),
    "no record among many": ("[{}, 1, 2]".replace("{}", '{"a":1,"a":1}'), "none that can be read"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_holds_no_records_is_refused_in_one_sentence(case):
    text, problem = REFUSED[case]
    with pytest.raises(InputError, match=problem) as caught:
        table(text, "latin-1")
    assert "\n" not in str(caught.value)


def test_too_many_field_names_are_no_table():
    with pytest.raises(InputError, match="different field names"):
        table("\n".join(f'{{"key {n}": 1}}' for n in range(20_000)))


words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
values = st.none() | st.booleans() | st.integers() | words


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), values, min_size=1), min_size=1))
def test_all_forms_say_the_same(records):
    forms = [json.dumps(records), "\n".join(map(json.dumps, records)), json.dumps({"x": records})]
    if len(records) == 1:
        del forms[1]
    tables = [table(form).table for form in forms]
    assert all(found.equals(tables[0]) for found in tables)
    for name in tables[0].column_names:
        told = [record.get(name) for record in records]
        text = [{True: "true", False: "false", None: None}.get(v, v) if isinstance(v, bool | None)
                else str(v) or None for v in told]  # fmt: skip
        assert tables[0].column(name).to_pylist() == text
