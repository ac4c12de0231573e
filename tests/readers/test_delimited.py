"""Delimited text in the encodings and dialects that exports come in."""

import csv
import gzip
import io

import pytest
import zstandard
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from headway.errors import InputError
from headway.readers import blocks, read

ROWS = [
    ["Number", "Summary", "Größe"],
    ["1", 'She said "no", twice', "über"],
    ["2", "first line\nsecond line", ""],
    ["3", "NA", "null"],
]


def written(rows, *, terminator="\r\n", **dialect):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=terminator, **dialect).writerows(rows)
    return text.getvalue()


def rows_of(raw):
    columns = [column.to_pylist() for column in raw.table.columns]
    return [raw.table.column_names, *map(list, zip(*columns, strict=True))]


def read_bytes(data, **options):
    return read(io.BytesIO(data), **options)


@pytest.mark.parametrize(
    ("codec", "mark", "shown"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
        ("cp1252", b"", "windows-1252"),
    ],
)
def test_encodings_give_the_same_rows(tmp_path, codec, mark, shown):
    path = tmp_path / "export.csv"
    path.write_bytes(mark + written(ROWS).encode(codec))
    raw = read(path)
    assert rows_of(raw) == ROWS
    assert raw.encoding == shown
    assert raw.name == "export.csv"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("terminator", ["\n", "\r\n", "\r"])
def test_dialects_give_the_same_rows(delimiter, terminator):
    rows = [row[:] for row in ROWS]
    rows[2][1] = f"first{terminator}second"
    data = written(rows, delimiter=delimiter, terminator=terminator).encode()
    raw = read_bytes(data)
    assert rows_of(raw) == rows
    assert raw.delimiter == delimiter
    assert raw.lines.to_pylist() == [2, 3, 5]


@pytest.mark.parametrize(
    ("pack", "shown"),
    [(gzip.compress, "gzip"), (zstandard.compress, "zstd"), (bytes, "")],
)
def test_compression_is_told_by_content_not_by_name(tmp_path, pack, shown):
    path = tmp_path / "misnamed.png"
    path.write_bytes(pack(written(ROWS).encode()))
    raw = read(path)
    assert rows_of(raw) == ROWS
    assert raw.compression == shown


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_archives_of_several_parts_are_read_to_the_end(pack):
    raw = read_bytes(pack(b"a,b\n1,2\n") + pack(b"3,4\n"))
    assert rows_of(raw) == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_empty_cells_and_words_for_missing_stay_as_written():
    raw = read_bytes(b'a,b,c\n,NA,null\nNaN,"",?\n')
    assert rows_of(raw)[1:] == [["", "NA", "null"], ["NaN", "", "?"]]


def test_columns_are_one_chunk_of_coded_text(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 1000)
    data = b"a,b\n" + b"".join(b"%d,x%d\n" % (n, n % 7) for n in range(5000))
    raw = read_bytes(data)
    assert [str(column.type) for column in raw.table.columns] == [
        "dictionary<values=string, indices=int32, ordered=0>"
    ] * 2
    assert [column.num_chunks for column in raw.table.columns] == [1, 1]
    assert raw.table.column("a").to_pylist() == [str(n) for n in range(5000)]
    assert len(raw.table.column("b").chunk(0).dictionary) == 7


def test_decimal_commas_and_commas_in_text_do_not_hide_a_semicolon():
    raw = read_bytes(b"Datum;Wert;Text, lang\n1.1.2026;3,5;a, b\n2.1.2026;4,5;c, d\n")
    assert rows_of(raw)[1:] == [["1.1.2026", "3,5", "a, b"], ["2.1.2026", "4,5", "c, d"]]


def test_delimiters_inside_quotes_do_not_count():
    raw = read_bytes(b'"a;b;c","d"\n"1;2;3","4"\n')
    assert rows_of(raw) == [["a;b;c", "d"], ["1;2;3", "4"]]


def test_a_separator_line_names_the_delimiter_and_counts_as_a_line():
    raw = read_bytes(b"sep=;\r\nNumber;Opened, then\r\n1;x,y\r\n")
    assert rows_of(raw) == [["Number", "Opened, then"], ["1", "x,y"]]
    assert raw.lines.to_pylist() == [3]


def test_blank_lines_are_no_rows_but_count_as_lines():
    raw = read_bytes(b"\na,b\n\n1,2\n\n\n3,4\n\n")
    assert rows_of(raw) == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert raw.lines.to_pylist() == [4, 7]
    assert raw.rows_read == 2


@pytest.mark.parametrize("data", [b"a;b;\n1;2;\n3;4;\n", b"a;b\n1;2;\n3;4;\n"])
def test_trailing_delimiters_make_no_column(data):
    assert rows_of(read_bytes(data)) == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_a_nameless_column_with_values_is_called_by_its_place():
    assert read_bytes(b",b\n0,2\n").table.column_names == ["column 1", "b"]


def test_spaces_around_header_names_go():
    assert read_bytes(b"\xef\xbb\xbf a ,\tb c\n1,2\n").table.column_names == ["a", "b c"]


def test_one_column_is_a_table():
    raw = read_bytes(b"title\nprinter, again\nhello\n")
    assert rows_of(raw) == [["title"], ["printer, again"], ["hello"]]
    assert raw.delimiter == ""


def test_the_last_row_needs_no_line_end():
    assert rows_of(read_bytes(b"a,b\n1,2"))[1:] == [["1", "2"]]


def test_quotes_inside_a_value_are_characters():
    raw = read_bytes(b'a,b\n5" pipe,1\n6" pipe,"x\ny"\n7,8\n')
    assert rows_of(raw)[1:] == [['5" pipe', "1"], ['6" pipe', "x\ny"], ["7", "8"]]
    assert raw.lines.to_pylist() == [2, 3, 5]


def test_rows_of_another_width_are_rejected_with_line_and_reason():
    raw = read_bytes(b'a,b\n1,"x\n\ny"\n2\n3,4\n"p\nq",5,6\n7,8\n')
    assert rows_of(raw)[1:] == [["1", "x\n\ny"], ["3", "4"], ["7", "8"]]
    assert [(row.line, row.reason) for row in raw.rejects] == [
        (5, "too few fields: 1 where the header has 2"),
        (7, "too many fields: 3 where the header has 2"),
    ]
    assert raw.lines.to_pylist() == [2, 6, 9]
    assert raw.rows_read == 5


def test_lines_stay_right_over_many_blocks(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 64)
    lines, expected, rejected = [b"n,text"], [], []
    for n in range(300):
        here = sum(part.count(b"\n") + 1 for part in lines) + 1
        if n % 11 == 5:
            lines.append(b"only one")
            rejected.append(here)
        else:
            lines.append(b'%d,"a\nb"' % n if n % 3 else b"%d,plain" % n)
            expected.append(here)
        if n % 7 == 0:
            lines.append(b"")
    raw = read_bytes(b"\n".join(lines))
    assert raw.lines.to_pylist() == expected
    assert [row.line for row in raw.rejects] == rejected


def test_a_quote_left_open_near_the_end_rejects_only_that_row():
    raw = read_bytes(b'a,b\n1,2\n3,"cut\nhere')
    assert rows_of(raw)[1:] == [["1", "2"]]
    assert [(row.line, row.reason) for row in raw.rejects] == [
        (3, "a quote opened here is never closed and takes in the last 2 lines")
    ]


def test_a_quote_that_swallows_the_file_is_an_error_with_its_line():
    with pytest.raises(InputError, match="a quote on line 3 that is never closed"):
        read_bytes(b'a,b\n1,2\n3,"open\n' + b"4,5\n" * 5000)


def test_a_late_odd_byte_makes_the_whole_file_windows_1252(tmp_path):
    path = tmp_path / "late.csv"
    path.write_bytes(b"a,b\n" + b"plain,row\n" * 100_000 + b"caf\xe9,\x80\n")
    raw = read(path)
    assert rows_of(raw)[-1] == ["café", "€"]
    assert raw.encoding == "windows-1252"
    assert "Windows-1252" in raw.warnings[0]


def test_mostly_sound_utf8_keeps_its_characters_and_tells_of_the_damage():
    raw = read_bytes("a,b\nü,ö\nä,ß\n".encode() + b"cut \xc3,x\n")
    assert rows_of(raw)[1:] == [["ü", "ö"], ["ä", "ß"], ["cut \ufffd", "x"]]
    assert raw.encoding == "utf-8"
    assert raw.warnings == ("1 characters are not valid UTF-8 and stand as \ufffd.",)


class Trickle(io.BytesIO):
    """Gives a few bytes at a time, so that characters are cut at every place."""

    def read(self, size=-1):
        return super().read(min(size, 3) if size > 0 else size)


def test_characters_cut_between_two_reads_are_whole():
    data = "a,b\nüöä€,😀\n😀,ß\n".encode()
    assert rows_of(read(Trickle(data)))[1:] == [["üöä€", "😀"], ["😀", "ß"]]


VALUES = st.text(
    st.one_of(
        st.sampled_from(list(",;\t|\"\n\r 'éß€x1")),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
    ),
    max_size=12,
)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 4))
    names = draw(
        st.lists(
            st.text("abcdeÄß ,;|\t", min_size=1, max_size=6)
            .map(str.strip)
            .filter(lambda name: name and not name.startswith("sep=")),
            min_size=width,
            max_size=width,
            unique=True,
        )
    )
    row = st.lists(VALUES, min_size=width, max_size=width).filter(any)
    return [names, *draw(st.lists(row, min_size=1, max_size=8))]


@settings(deadline=None, max_examples=60)
@given(
    rows=tables(),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    terminator=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    pack=st.sampled_from([bytes, gzip.compress, zstandard.compress]),
    block=st.integers(1, 200),
)
def test_what_was_written_is_read_back(rows, delimiter, terminator, quoting, codec, pack, block):
    # The module that writes leaves a lone return of another line end without quotes.
    assume(quoting or not any(end in value for row in rows for value in row for end in "\r\n"))
    text = written(rows, delimiter=delimiter, terminator=terminator, quoting=quoting)
    data = pack(f"sep={delimiter}{terminator}{text}".encode(codec))
    before = blocks.BLOCK
    blocks.BLOCK = block
    try:
        raw = read_bytes(data)
    finally:
        blocks.BLOCK = before
    assert rows_of(raw) == rows
    assert raw.rejects == ()
    heights = [height(row) for row in rows]
    assert raw.lines.to_pylist() == [2 + sum(heights[:n]) for n in range(1, len(rows))]


def height(row):
    pairs = sum(value.count("\r\n") for value in row)
    return 1 - pairs + sum(value.count("\r") + value.count("\n") for value in row)


def outcome(data, block):
    before = blocks.BLOCK
    blocks.BLOCK = block
    try:
        raw = read_bytes(data)
    except InputError as error:
        return str(error)
    finally:
        blocks.BLOCK = before
    return rows_of(raw), raw.lines.to_pylist(), raw.rejects


@settings(deadline=None, max_examples=300)
@given(
    body=st.lists(
        st.sampled_from(['"', '""', ",", "\n", "\r", "\r\n", "x", "é", ',"', '",']), max_size=25
    ),
    block=st.integers(1, 12),
)
def test_where_blocks_are_cut_changes_nothing_however_odd_the_quotes(body, block):
    data = ("a,b\n1,2\n" + "".join(body)).encode()
    assert outcome(data, block) == outcome(data, 1 << 20)
