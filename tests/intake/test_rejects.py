import csv
from dataclasses import replace

import pytest
from intake_tables import records

from headway.errors import OutputError
from headway.intake import write_rejects


def rejected(value):
    return records({"id": ["A", "B"], "opened_at": ["2026-01-05", value]})


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_cells_that_a_spreadsheet_would_run_are_neutralised(start, tmp_path):
    path = tmp_path / "rejects.csv"
    write_rejects(rejected(f"{start}cmd()"), path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["source", "line", "reason", "column", "value"],
        ["tickets.csv", "3", "its date cannot be read", "opened_at", f"'{start}cmd()"],
    ]


@pytest.mark.parametrize("start", ["\t", "\r"])
def test_leading_control_characters_are_neutralised_too(start, tmp_path):
    path = tmp_path / "rejects.csv"
    reject = ("tickets.csv", 3, "it has too many cells", "", f"{start}=1")
    write_rejects(replace(rejected("x"), rejects=(reject,)), path)
    assert f"'{start}=1" in path.read_bytes().decode()


def test_a_folder_that_is_missing_is_one_clear_sentence(tmp_path):
    with pytest.raises(OutputError, match=r"could not be written to '.*': No such file"):
        write_rejects(rejected("x"), tmp_path / "none" / "rejects.csv")
