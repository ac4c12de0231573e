import csv
import io
from dataclasses import replace

import pytest
from intake_tables import records

from headway.intake import rejects_csv

HEADER = ["source", "line", "reason", "column", "value"]


def rows(made):
    return list(csv.reader(io.StringIO(rejects_csv(made), newline="")))


def rejected(value):
    return records({"id": ["A", "B"], "opened_at": ["2026-01-05", value]})


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_cells_that_a_spreadsheet_would_run_are_neutralised(start):
    told = ["tickets.csv", "3", "its date cannot be read", "opened_at", f"'{start}cmd()"]
    assert rows(rejected(f"{start}cmd()")) == [HEADER, told]


@pytest.mark.parametrize("start", ["\t", "\r"])
def test_leading_control_characters_are_neutralised_too(start):
    reject = ("tickets.csv", 3, "it has too many cells", "", f"{start}=1")
    assert rows(replace(rejected("x"), rejects=(reject,)))[1][4].startswith("'")
