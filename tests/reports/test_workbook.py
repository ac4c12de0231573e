from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from example import FORMULA, LONG, RTL, example

from headway import reports
from headway.errors import OutputError
from headway.results import ScanResult, Task

SHEETS = [
    "Answer", "Findings", "Metrics", "Series", "Not judged", "Data quality", "Mapping", "Method",
]  # fmt: skip


def written(result: ScanResult | None = None) -> bytes:
    memory = BytesIO()
    reports.to_xlsx(result or example(), memory)
    return memory.getvalue()


def opened(result: ScanResult | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(written(result)))


def test_each_question_has_its_sheet() -> None:
    assert opened().sheetnames == SHEETS


def test_no_cell_is_a_formula_or_could_become_one() -> None:
    seen = set()
    for sheet in opened():
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str):
                    assert not cell.value.startswith(("=", "+", "-", "@"))
                    seen.add(cell.value)
    assert f"'{FORMULA}" in seen
    assert any(LONG in text for text in seen)


def test_figures_are_figures() -> None:
    sheet = opened()["Findings"]
    names = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, names.index("after") + 1).value == 8.6
    assert sheet.cell(2, names.index("records") + 1).value == 1204


def test_the_series_are_those_that_the_findings_speak_of() -> None:
    rows = list(opened()["Series"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == (6 + 2) * 61
    assert {row[1] for row in rows} == {"all", "service"}


def test_the_same_result_gives_the_same_bytes() -> None:
    assert written() == written()


def test_a_text_longer_than_a_cell_is_cut() -> None:
    from headway.reports.workbook import text

    assert len(text("=" + "x" * 40_000)) < 32_767


def test_control_characters_and_half_letters_can_be_written() -> None:
    result = replace(example(), warnings=("a\x00\x0b\ud800" + RTL,))
    assert "a" in str(list(opened(result)["Data quality"].values))


def test_a_path_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written") as caught:
        reports.to_xlsx(example(), tmp_path / "none" / "scan.xlsx")
    assert str(caught.value).count(".") >= 1
    assert "\n" not in str(caught.value)


def test_a_path_receives_the_workbook(tmp_path: Path) -> None:
    result = replace(example(), tasks=(Task("x", 1, None, None, None),))
    reports.to_xlsx(result, tmp_path / "scan.xlsx")
    assert (tmp_path / "scan.xlsx").read_bytes()[:2] == b"PK"
