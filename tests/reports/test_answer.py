from __future__ import annotations

from dataclasses import replace

import pytest
from example import FINDINGS, example, finding

from headway.reports import Line, ten_lines
from headway.reports.words import told
from headway.results import ScanResult
from headway.series import Slice


def quiet(result: ScanResult) -> ScanResult:
    return replace(
        result, findings=(), not_judged=(), questions=(), momentum=(), tasks=(), oldest=()
    )


def sentences(lines: tuple[Line, ...]) -> str:
    return "\n".join(line.sentence for line in lines)


def test_the_answer_has_at_most_ten_lines() -> None:
    many = tuple(
        finding(f"f{i}", "m", f"Finding {i}.", slice=Slice("group", str(i))) for i in range(40)
    )
    assert len(ten_lines(replace(example(), findings=many))) == 10
    assert len(ten_lines(example())) == 10


def test_findings_keep_their_rank() -> None:
    lines = ten_lines(example())
    assert [line.sentence for line in lines[1:5]] == [told(one) for one in FINDINGS[:4]]
    assert [line.shape for line in lines[1:5]] == ["worse", "worse", "worse", "better"]


def test_a_provisional_finding_says_so_before_its_full_stop() -> None:
    assert FINDINGS[2].provisional
    assert ten_lines(example())[3].sentence.endswith(" was 92\u00a0% (provisional).")


def test_rows_without_use_name_the_option_that_lists_them() -> None:
    said = "118 rows could not be used; --rejects FILE lists each with its reason."
    assert ten_lines(example())[0].sentence.endswith(said)


def test_a_finding_about_the_data_is_among_the_lines() -> None:
    assert FINDINGS[-1].sentence in sentences(ten_lines(example()))


def test_a_finding_that_a_shown_one_explains_is_left_out() -> None:
    first, second = FINDINGS[0], FINDINGS[4]
    assert second.parent == first.id
    lines = ten_lines(replace(example(), findings=(first, second)))
    assert second.sentence not in sentences(lines)
    turned = ten_lines(replace(example(), findings=(second, first)))
    assert second.sentence not in sentences(turned)
    alone = ten_lines(replace(example(), findings=(second,)))
    assert second.sentence in sentences(alone)


def test_nothing_found_is_said_as_a_result() -> None:
    lines = ten_lines(quiet(example()))
    assert "No finding: all 312 series that could be judged show ordinary" in sentences(lines)


def test_five_tickets_say_what_is_missing() -> None:
    result = replace(
        quiet(example()),
        counts={"tickets": 5, "read": 5, "used": 5, "rejected": 0},
        series_judged=0,
        panels={},
    )
    lines = ten_lines(result)
    assert lines[0].sentence.startswith("5 tickets, 8\u00a0Sep\u00a02025 to")
    assert "Every row could be used." in lines[0].sentence
    assert "No series is long enough" in sentences(lines)


def test_only_data_findings_still_count_as_calm() -> None:
    result = replace(example(), findings=FINDINGS[-1:])
    text = sentences(ten_lines(result))
    assert FINDINGS[-1].sentence in text
    assert "No finding: all 312" in text


def test_the_last_line_says_where_to_look_first() -> None:
    last = ten_lines(example())[-1]
    assert last.lead == "Look first at"
    assert last.sentence.startswith("Look first at access tickets")
    assert last.anchor == "f-shift-time-to-resolve-1f3a9c"


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        ("Look first at tickets from Leeds.", "Look first at tickets from Leeds."),
        ("Look at the queue.", "Look first at the queue."),
        ("Compare the teams.", "Look first: compare the teams."),
    ],
)
def test_advice_is_never_doubled(advice: str, said: str) -> None:
    one = finding("f", "m", "More.", next_look=advice)
    last = ten_lines(replace(example(), findings=(one,)))[-1]
    assert last.sentence == said
    assert said.startswith(last.lead)


def test_without_advice_the_records_of_what_got_worse_are_the_place_to_look() -> None:
    better = finding("a", "m", "Sooner.", direction="better", next_look="")
    worse = finding("b", "m", "Later.", slice=Slice(), next_look="")
    last = ten_lines(replace(example(), findings=(better, worse)))[-1]
    assert last.sentence == "Look first at the 1,204 records behind finding 2."
    assert last.anchor == "f-b"


def test_the_weight_lies_on_what_a_finding_says_before_its_figures() -> None:
    line = ten_lines(example())[1]
    assert line.lead == "Email and calendar takes longer to resolve"


def test_without_findings_the_most_frequent_task_is_the_place_to_look() -> None:
    result = replace(example(), findings=(), questions=())
    assert "the most frequent task, Password reset" in ten_lines(result)[-1].sentence


def test_the_usual_arrivals_are_those_of_complete_periods() -> None:
    result = example()
    panel = result.panels["arrivals"]
    panel.value[0, :10] = 5000.0
    usable = panel.usable.copy()
    usable[:10] = False
    changed = replace(result, panels={"arrivals": replace(panel, usable=usable)})
    assert "Typically 40" in sentences(ten_lines(changed))
