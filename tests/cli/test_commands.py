"""The commands do what they say: files, pipes, exit codes, harmless cells."""

import csv
import gzip
import io
import json
from pathlib import Path

import made_files
import openpyxl
import pytest
import zstandard

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def desk(here):
    (here / "desk.csv").write_text(made_files.good())
    return "desk.csv"


def slipping():
    """Forty weeks of forty tickets whose service named like a formula slips in the middle."""
    import datetime
    import random

    chance = random.Random(1)
    start = datetime.datetime(2024, 1, 1, 8)
    rows = []
    for n in range(1600):
        opened = start + datetime.timedelta(weeks=n // 40, hours=chance.randint(0, 100))
        odd = n % 2 == 0
        hours = chance.lognormvariate(1.5, 0.4) * (4 if odd and n >= 800 else 1)
        resolved = opened + datetime.timedelta(hours=hours)
        service = FORMULA if odd else "Email"
        rows.append(f"I{n},{opened:%F %T},{resolved:%F %T},P1,{service},A,")
    return made_files.table([*rows, "I9999,+bad date,,P1,Email,A,"])


@pytest.fixture
def slip(here):
    (here / "slip.csv").write_text(slipping())
    return "slip.csv"


def test_the_version_is_said(headway):
    done = headway("--version")
    assert done.code == 0
    assert done.out.startswith("headway 0.")


@pytest.mark.parametrize("command", ["scan", "map", "records", "demo"])
def test_every_command_explains_itself(headway, command):
    done = headway(command, "--help")
    assert done.code == 0
    assert "Usage: headway" in done.out


def test_a_pipe_carries_the_result_and_nothing_else(headway, desk):
    done = headway("scan", desk, "--format", "json")
    assert done.err == ""
    assert json.loads(done.out)["schema"] == "headway-scan-1"
    assert "\x1b" not in headway("scan", desk).out


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_standard_input_is_read_plain_and_compressed(headway, desk, here, pack):
    content = pack((here / desk).read_bytes())
    done = headway("scan", "-", "--format", "json", stdin=content)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["records"]["tickets"] == 180
    assert headway("map", "-", stdin=content).code == 0


def test_the_ending_of_the_output_chooses_the_form(headway, desk, here):
    for name, start in {"a.html": b"<!doctype", "a.json": b"{", "a.xlsx": b"PK"}.items():
        assert headway("scan", desk, "-o", name).code == 0
        assert (here / name).read_bytes().lower().startswith(start.lower())
    assert headway("scan", desk, "-o", "a.out", "--format", "text").code == 0
    assert "The answer in " in (here / "a.out").read_text()


def test_an_output_replaces_the_file_that_was_there_whole(headway, desk, here):
    (here / "a.json").write_text("x" * 1_000_000)
    assert headway("scan", desk, "-o", "a.json").code == 0
    assert json.loads((here / "a.json").read_text())
    assert {path.name for path in here.iterdir()} == {"desk.csv", "a.json"}


def test_fail_on_worse_ends_with_3_only_when_something_got_worse(headway, desk, slip, here):
    assert headway("scan", desk, "--fail-on", "worse").code == 0
    done = headway("scan", slip, "--fail-on", "worse", "-o", "slip.json")
    assert done.code == 3
    form = json.loads((here / "slip.json").read_text())
    assert any(finding["direction"] == "worse" for finding in form["findings"])


def test_a_saved_mapping_is_used_by_later_scans_in_the_folder(headway, here):
    text = made_files.good().replace("Service", "Betrifft")
    (here / "desk.csv").write_text(text)
    mapped = headway("map", "desk.csv", "--map", "service=Betrifft", "--save", "headway.yaml")
    assert mapped.code == 0
    form = json.loads(headway("scan", "desk.csv", "--format", "json").out)
    columns = {entry["role"]: entry["column"] for entry in form["mapping"][0]["roles"]}
    assert columns["service"] == "Betrifft"


def test_a_map_shows_roles_with_examples_and_the_reason(headway, desk):
    said = headway("map", desk).out
    for words in ("opened_at", "Opened", "2024-01-01", "named 'Opened'"):
        assert words in said


def test_an_ambiguous_order_is_decided_by_the_option_that_is_asked_for(headway, here):
    (here / "desk.csv").write_text(made_files.either_order())
    assert "--date-order" in headway("map", "desk.csv").out
    assert headway("scan", "desk.csv", "--date-order", "day-first").code == 0


def test_a_second_scan_tells_new_from_continuing(headway, slip, here):
    headway("scan", slip, "-o", "last.json")
    form = json.loads(headway("scan", slip, "--previous", "last.json", "--format", "json").out)
    assert {finding["status"] for finding in form["findings"]} == {"continuing"}


def test_records_lists_as_many_tickets_as_the_finding_counts(headway, slip):
    form = json.loads(headway("scan", slip, "--format", "json").out)
    lead = next(f for f in form["findings"] if f["kind"] == "shift")
    assert lead["slice"]["value"] == FORMULA
    done = headway("records", slip, "--finding", lead["id"])
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert (done.code, len(rows)) == (0, lead["records"])
    assert {row["service"] for row in rows} == {f"'{FORMULA}"}
    assert headway("records", slip, "--finding", lead["id"], "-o", "r.csv").out == ""


def test_cells_that_a_spreadsheet_would_run_are_harmless(headway, slip, here):
    assert headway("scan", slip, "-o", "a.xlsx", "--rejects", "rejects.csv").code == 0
    book = openpyxl.load_workbook(here / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(FORMULA in str(cell.value) for cell in cells)
    (reject,) = csv.DictReader(io.StringIO((here / "rejects.csv").read_text()))
    assert reject["value"] == "'+bad date"
    assert int(reject["line"]) == 1602


def test_rejected_and_used_rows_add_up(headway, slip):
    records = json.loads(headway("scan", slip, "--format", "json").out)["records"]
    assert records["read"] == 1601 == records["used"] + records["rejected"]
    assert records["rejected"] == 1


def test_several_files_are_scanned_together(headway, here):
    rows = made_files.lines()
    (here / "a.csv").write_text(made_files.table(rows[:90]))
    (here / "b.csv").write_text(made_files.table(rows[90:]))
    form = json.loads(headway("scan", "a.csv", "b.csv", "--format", "json").out)
    assert form["sources"] == ["a.csv", "b.csv"]
    assert form["records"]["tickets"] == 180


def test_no_result_is_written_over_a_source_or_over_another_result(headway, slip, here):
    before = Path(slip).read_bytes()
    for arguments in (
        ("scan", slip, "-o", slip, "--format", "json"),
        ("scan", slip, "--rejects", slip),
        ("scan", slip, "-o", "a.json", "--rejects", "a.json"),
        ("map", slip, "--save", slip),
        ("records", slip, "--finding", "x", "-o", slip),
    ):
        done = headway(*arguments)
        assert done.code == 2
        assert "already in use" in done.err
    assert Path(slip).read_bytes() == before
