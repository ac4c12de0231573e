"""What cannot be scanned ends with one sentence on standard error and the right exit code."""

import re

import made_files
import pytest

BROKEN = {
    "empty.csv": (b"", "empty.csv is empty"),
    "header.csv": (made_files.HEADER.encode(), "header.csv has a header but no rows"),
    "rubbish.csv": (made_files.rubbish(), "rubbish.csv is not text"),
    "rubbish.xlsx": (made_files.rubbish(), "rubbish.xlsx"),
    "rubbish.parquet": (b"PAR1" + made_files.rubbish(), "rubbish.parquet"),
    "cut.csv.gz": (made_files.truncated_gzip(), "cut.csv.gz is cut short or damaged"),
    "two.csv": (made_files.two_claims().encode(), "--map opened_at=Opened"),
    "dates.csv": (made_files.no_dates().encode(), "holds no readable dates"),
    "order.csv": (made_files.either_order().encode(), "--date-order"),
}


def one_sentence(text):
    """Whether the text is one line that names the program and has no traceback in it."""
    return bool(re.fullmatch(r"headway: [^\n]+[.!]\n", text)) and "Traceback" not in text


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gets_one_sentence_and_exit_code_1(headway, here, name):
    content, words = BROKEN[name]
    (here / name).write_bytes(content)
    for command in ("scan", "records"):
        more = ("--finding", "shift-000000") if command == "records" else ()
        done = headway(command, name, *more)
        assert (done.code, done.out) == (1, "")
        assert one_sentence(done.err), done.err
        assert words in done.err


@pytest.mark.parametrize(
    ("name", "words"), [("missing.csv", "does not exist"), (".", "is a folder")]
)
def test_a_file_that_is_not_there_is_said_so(headway, name, words):
    for command in ("scan", "map"):
        done = headway(command, name)
        assert (done.code, done.out) == (1, "")
        assert one_sentence(done.err)
        assert words in done.err


OPTIONS = [
    (1, ("--time-zone", "Mars/Base"), "Mars/Base"),
    (1, ("--hours", "9to5"), "9to5"),
    (1, ("--holidays", "XX"), "XX"),
    (1, ("--where", "planet=x"), "no dimension 'planet'"),
    (1, ("--where", "service=Nope"), "no ticket has this service"),
    (1, ("--where", "service"), "dimension=value"),
    (1, ("--from", "2031-01-01"), "No ticket is left"),
    (1, ("--map", "role_of_none=Number"), "no role 'role_of_none'"),
    (1, ("--map", "opened_at=Nada"), "no column 'Nada'"),
    (1, ("--previous", "nothing.json"), "nothing.json"),
    (1, ("-o", "no/folder/report.html"), "no/folder/report.html"),
    (1, ("-o", "/dev/full", "--format", "json"), "no space left"),
    (1, ("-o", "/dev/full", "--format", "html"), "no space left"),
    (1, ("--rejects", "/dev/full"), "/dev/full"),
    (2, ("--period", "fortnight"), "fortnight"),
    (2, ("--from", "yesterday"), "write it as 2026-09-30"),
    (2, ("--date-order", "year-first"), "year-first"),
    (2, ("--clock", "sun"), "use elapsed or working"),
    (2, ("--pending", "some"), "use included or excluded"),
    (2, ("--format", "pdf"), "pdf"),
    (2, ("--format", "xlsx"), "-o scan.xlsx"),
    (2, ("-o", "report.pdf"), "report.pdf"),
    (2, ("--fail-on", "better"), "better"),
]


@pytest.mark.parametrize(("code", "options", "words"), OPTIONS)
def test_an_option_that_cannot_be_used_is_named_with_the_way_out(
    headway, here, code, options, words
):
    (here / "desk.csv").write_text(made_files.good())
    done = headway("scan", "desk.csv", *options)
    assert (done.code, done.out) == (code, "")
    assert one_sentence(done.err), done.err
    assert words in done.err
    assert {path.name for path in here.iterdir()} == {"desk.csv"}


@pytest.mark.parametrize(
    "arguments",
    [(), ("fly",), ("scan",), ("scan", "desk.csv", "--nope"), ("records", "desk.csv"), ("--nope",)],
)
def test_wrong_usage_ends_with_2_and_shows_the_usage(headway, arguments):
    done = headway(*arguments)
    assert done.code == 2
    assert "Usage: headway" in done.err + done.out
    assert "Traceback" not in done.err


def test_a_finding_that_is_not_there_is_said_so(headway, here):
    (here / "desk.csv").write_text(made_files.good())
    done = headway("records", "desk.csv", "--finding", "shift-000000")
    assert done.code == 1
    assert one_sentence(done.err)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"findings": 3}', '{"findings": [{}]}'])
def test_an_earlier_scan_that_is_none_is_refused(headway, here, content):
    (here / "desk.csv").write_text(made_files.good())
    (here / "last.json").write_text(content)
    done = headway("scan", "desk.csv", "--previous", "last.json")
    assert (done.code, done.out) == (1, "")
    assert one_sentence(done.err)


@pytest.mark.parametrize("content", ["", "][", "sources: 7", "sources: [{roles: x}]", "\x00"])
def test_a_saved_mapping_that_is_none_is_refused(headway, here, content):
    (here / "desk.csv").write_text(made_files.good())
    (here / "headway.yaml").write_text(content)
    done = headway("scan", "desk.csv")
    assert (done.code, done.out) == (1, "")
    assert one_sentence(done.err)
    assert "headway.yaml" in done.err
