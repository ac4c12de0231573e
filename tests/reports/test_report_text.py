from __future__ import annotations

import re
from dataclasses import replace

import pytest
from example import FINDINGS, example, finding
from hypothesis import given
from hypothesis import strategies as st

from headway import reports
from headway.reports.lines import table, wrap
from headway.reports.words import columns
from headway.results import ScanResult
from headway.series import Slice


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = reports.to_text(example(), width=width)
    assert max(columns(line) for line in text.splitlines()) <= width


def test_the_answer_comes_first_and_every_part_follows() -> None:
    text = reports.to_text(example())
    titles = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        "The answer in ten lines",
        "Findings",
        "About the data",
        "Metrics",
        "The same month last year",
        "Most frequent tasks",
        "Oldest open tickets",
        "Momentum",
        "What could not be judged, and why",
        "Questions and the options that answer",
        "Data quality",
        "Mapping",
        "Method",
    ]


def test_shapes_say_what_colours_say() -> None:
    text = reports.to_text(example())
    assert f"  2 ◆ {FINDINGS[0].sentence}".replace("\u00a0", " ") in text
    assert "  4 ● Fewer devices tickets" in text
    assert "  5 ■ More tickets arrive" in text
    assert "    ▫ The extract ends" in text


def test_the_key_lists_only_shapes_that_occur() -> None:
    assert "● better, ◆ worse, ■ unusual" in reports.to_text(example())
    calm = reports.to_text(replace(example(), findings=(FINDINGS[3],), not_judged=(), questions=()))
    assert "  ● better, · ordinary\n" in calm


def test_the_metrics_say_how_many_face_the_customer() -> None:
    assert "  4 of 6 computable metrics face the customer.\n" in reports.to_text(example())


def test_evidence_of_dates_and_missing_values_is_never_cut() -> None:
    text = " ".join(reports.to_text(example(), width=60).split())
    assert "· opened_at: day first, proven by 14,117 values over 12" in text
    assert "· service: read as missing: ?" in text


def test_a_provisional_finding_says_so_in_its_heading() -> None:
    text = " ".join(reports.to_text(example()).partition("\nFindings")[2].split())
    assert "was 92 % (provisional)." in text


def test_a_question_shows_the_option_that_answers_it() -> None:
    assert "--map closed_at=finished" in reports.to_text(example())


def test_the_command_that_lists_the_records_is_whole() -> None:
    text = reports.to_text(example())
    assert "headway records tickets-2026.csv --finding shift-time_to_resolve-1f3a9c" in text


def test_escape_sequences_of_the_records_never_reach_the_terminal() -> None:
    hostile = finding("f", "m", "Look \x1b]0;title\x07 \x9b31m\u202e here.", slice=Slice())
    text = reports.to_text(replace(example(), findings=(hostile,)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_colour_changes_no_word() -> None:
    plain = reports.to_text(example(), width=90)
    coloured = reports.to_text(example(), width=90, colour=True)
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_many_findings_are_cut_and_counted() -> None:
    many = tuple(
        finding(f"f{i}", "m", f"Finding {i}.", slice=Slice("group", str(i))) for i in range(50)
    )
    text = reports.to_text(replace(example(), findings=many))
    assert "30 more findings" in text


def family(size: int) -> ScanResult:
    whole = finding(
        "whole",
        "time_to_resolve",
        "Tickets take longer.",
        slice=Slice(),
        detail=("Evidence 1 in 9.",),
    )
    parts = tuple(
        finding(
            f"part-{i}", "time_to_resolve", f"Team {i} is slower.",
            slice=Slice("group", f"Team {i}"), parent="whole",
        )
        for i in range(size)
    )  # fmt: skip
    return replace(example(), findings=(*parts, whole))


def test_what_belongs_to_a_finding_stands_beneath_it_one_line_each() -> None:
    text = reports.to_text(family(3))
    assert "  1 ◆ Tickets take longer." in text
    assert "Also seen in 3 slices:" in text
    assert "◆ group Team 0: 8.6 h, was 6.3 h; since 14 Sep; 185 h a week; part-0" in text
    assert "  2 ◆" not in text.partition("\nFindings")[2]


def test_at_most_eight_of_a_family_are_listed() -> None:
    text = reports.to_text(family(12))
    assert len(set(re.findall("part-[0-9]+", text))) == 8
    assert "and 4 more, in the JSON form" in text


def test_chance_is_said_once() -> None:
    text = reports.to_text(family(1))
    assert text.count("by chance about 1 in 250") == 1
    assert "Evidence 1 in 9." not in text


def test_what_cannot_be_computed_is_said_with_the_way_out() -> None:
    text = reports.to_text(example(), width=160)
    way = "add a file of survey answers: headway scan FILE FEEDBACK"
    assert f"· Satisfaction: the scores of a survey; {way}" in text


def test_an_empty_scan_is_said_in_words() -> None:
    result = replace(
        example(), findings=(), gone=(), metrics=(), not_judged=(), questions=(), tasks=(),
        oldest=(), momentum=(), same_month=(), doubts=(), warnings=(), mapping=(),
        masked_slices=0,
    )  # fmt: skip
    text = reports.to_text(result)
    assert "No finding: everything that could be judged shows ordinary variation." in text


@given(st.text(max_size=300), st.integers(10, 120))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width, first="- ", indent="  ")
    assert all(columns(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "-" + text.replace(" ", "").replace("\u00a0", "")


def test_the_widest_column_gives_way() -> None:
    lines = table([["a", "b"], ["x" * 80, "12"]], right=(1,), width=30)
    assert all(len(line) <= 30 for line in lines)
    assert lines[1].endswith("…  12")
