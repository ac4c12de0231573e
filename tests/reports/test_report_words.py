from __future__ import annotations

from dataclasses import replace

import pytest
from example import example, finding

from headway.reports import words
from headway.series import Slice


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (-0.001, "0"),
        (-8.64, "\u22128.6"),
        (0.4, "0.4"),
        (12.14, "12.1"),
        (1234567.0, "1,234,567"),
        (float("nan"), "–"),
        (float("inf"), "–"),
        (None, "–"),
    ],
)
def test_figures_carry_separators_and_a_true_minus(value: float | None, said: str) -> None:
    assert words.number(value) == said


def test_a_unit_stays_with_its_figure() -> None:
    assert words.quantity(8.6, "h") == "8.6\u00a0h"
    assert words.quantity(12.1, "%") == "12.1\u00a0%"
    assert words.quantity(3, "hours a week") == "3\u00a0hours\u00a0a\u00a0week"
    assert words.quantity(None, "h") == "–"


def test_a_date_names_its_year_only_when_it_is_another() -> None:
    assert words.day("2026-09-14T08:00:00", year=2026) == "14\u00a0Sep"
    assert words.day("2025-09-14", year=2026) == "14\u00a0Sep\u00a02025"
    assert words.day("soon") == "soon"
    assert words.day(None) == "–"


def test_certainty_is_one_word() -> None:
    assert words.certainty(finding("a", "m", "s", q=0.01)) == "Firm"
    assert words.certainty(finding("a", "m", "s", q=0.05)) == "Likely"
    assert words.certainty(finding("a", "m", "s", q=0.001, provisional=True)) == "Provisional"


@pytest.mark.parametrize(
    ("direction", "shape"),
    [("better", "better"), ("worse", "worse"), ("up", "odd"), ("down", "odd"), (None, "odd")],
)
def test_direction_gives_the_shape(direction: str | None, shape: str) -> None:
    assert words.shape(finding("a", "m", "s", direction=direction)) == shape


def test_a_finding_about_the_data_has_its_own_shape() -> None:
    assert words.shape(finding("a", "m", "s", kind="data", direction="worse")) == "data"


def test_the_command_quotes_file_names() -> None:
    one = finding("shift-1", "m", "s")
    result = example()
    odd = replace(result, sources=("my tickets; rm.csv",))
    assert words.command(odd, one) == "headway records 'my tickets; rm.csv' --finding shift-1"
    assert words.command(replace(result, sources=("-",)), one).startswith("headway records FILE ")


def test_wide_letters_take_two_columns() -> None:
    assert words.columns("票a") == 3
    assert words.columns("e\u0301") == 1


def test_a_slice_is_said_in_words() -> None:
    assert words.place(Slice("customer_unit", "")) == "customer unit (empty)"
