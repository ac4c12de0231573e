from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

from example import FINDINGS, SHIFT, example, example_charts, finding

from headway import reports
from headway.results import ScanResult
from headway.series import Slice

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Reader(HTMLParser):
    """Elements with their attributes; every element must be closed where it was opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(result: ScanResult | None = None) -> str:
    return reports.to_html(result or example(), charts=example_charts())


def empty() -> ScanResult:
    return replace(
        example(), findings=(), gone=(), metrics=(), not_judged=(), questions=(), tasks=(),
        oldest=(), momentum=(), same_month=(), doubts=(), warnings=(), mapping=(),
        masked_slices=0, series_judged=0, panels={},
    )  # fmt: skip


def test_the_page_is_well_formed_and_asks_for_nothing() -> None:
    for tag, attributes in Reader(page()).elements:
        assert tag not in {"script", "link", "img", "iframe", "object"}
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#")


def test_the_policy_allows_this_style_and_nothing_else() -> None:
    text = page()
    style = re.search("<style>(.*)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_words_of_the_records_are_never_markup() -> None:
    text = page()
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_control_characters_are_left_out() -> None:
    hostile = finding("f\x00\x1b", "m", "Bell \x07 and \u202e turn \ud800.", slice=Slice())
    text = page(replace(example(), findings=(hostile,)))
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", text)
    assert text.encode("utf-8")


def test_ids_are_unique_and_every_link_has_its_place() -> None:
    elements = Reader(page()).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {(attributes["href"] or "")[1:] for tag, attributes in elements if tag == "a"}
    assert links <= set(ids)


def test_every_shift_has_its_chart_for_desk_paper_and_phone() -> None:
    text = page()
    charted = sum(one.kind == "shift" for one in FINDINGS)
    for width in ("wide", "paper", "narrow"):
        assert text.count(f'<div class="hw-{width}"><svg') == charted


def test_the_table_beneath_holds_the_values() -> None:
    text = page()
    assert "Values of finding 1" in text
    assert "signal, worse: one of 9 on one side of the average" in text


def test_each_metric_is_said_with_its_word() -> None:
    text = page()
    assert "Not judged</span>" in text
    assert "Ordinary</span>" in text
    assert "4 of 6 computable metrics face the customer." in text
    assert "add a file of survey answers: <code>headway scan FILE FEEDBACK</code>" in text


def test_two_thousand_refusals_do_not_fill_the_page() -> None:
    assert page().count("Team ") < 10
    assert "and 1,997 more" in page()


def test_findings_beyond_the_charted_ones_become_a_table() -> None:
    many = tuple(
        finding(f"f{i}", "m", f"Finding {i}.", slice=Slice("group", str(i))) for i in range(40)
    )
    text = page(replace(example(), findings=many))
    Reader(text)
    assert text.count("<article") == 16  # 15 findings, and what is gone
    assert "40. Finding 39." in text


def test_what_belongs_to_a_finding_stands_beneath_it_wherever_it_ranks() -> None:
    text = page(replace(example(), findings=FINDINGS[::-1]))
    _, _, card = text.partition('<article class="find" id="f-shift-time-to-resolve-1f3a9c"')
    card, _, _ = card.partition("</article>")
    assert "<summary>Also seen in 1 slice</summary>" in card
    assert '<li id="f-level-time-to-resolve-5566ab">' in card
    assert "5. Email and calendar takes longer" in card  # seven findings, one beneath, one of data


def test_the_total_beneath_a_slice_says_where_most_of_it_comes_from() -> None:
    whole = replace(FINDINGS[4], slice=Slice())
    text = page(replace(example(), findings=(whole, FINDINGS[0])))
    assert "<summary>Most of the change of the total comes from here</summary>" in text


def test_a_doubt_is_told_once_in_the_table_of_data_quality() -> None:
    doubt = example().doubts[0]
    told = finding("data-1", "category", doubt.sentence, kind="data", p=None, q=None, next_look="")
    text = page(replace(example(), findings=(told,)))
    assert '<tr id="f-data-1">' in text
    assert '<article class="known"' not in text
    assert 'href="#f-data-1"' in text


def test_findings_about_the_data_offer_no_command_for_records() -> None:
    text = page()
    assert "--finding data-arrivals-edge" not in text


def test_a_change_on_its_way_is_not_flagged_against_itself() -> None:
    better = replace(FINDINGS[3], since_interval=("2026-09-14", "2026-09-28"))
    drawn = replace(example_charts()[better.id], change_at=SHIFT)
    states = list(drawn.states)
    states[SHIFT] = states[SHIFT + 1] = "worse"
    charts = {better.id: replace(drawn, states=tuple(states))}
    text = reports.to_html(replace(example(), findings=(better,)), charts=charts)
    assert "hw-points-worse" not in text
    assert "flagged as worse" not in text


def test_a_change_that_did_not_last_is_said() -> None:
    better = replace(FINDINGS[3], since_interval=("2026-09-14", "2026-09-21"))
    drawn = replace(example_charts()[better.id], change_at=SHIFT)
    states = (*drawn.states[:-2], "worse", "worse")
    charts = {better.id: replace(drawn, states=states)}
    text = reports.to_html(replace(example(), findings=(better,)), charts=charts)
    last = "the last on 2\u00a0Nov\u00a02026"
    assert f"After the change 2 weeks are flagged as worse again, {last}." in text


def test_the_newest_point_alone_does_not_judge_a_metric() -> None:
    text = reports.to_html(replace(example(), findings=(), not_judged=()), charts=example_charts())
    assert 'class="hw-f-worse"' in text  # in the course
    glyphs = re.findall(r'<svg class="hw-glyph".*?</svg>[A-Z]\w+', text)
    assert {glyph.rpartition(">")[2] for glyph in glyphs} == {"Ordinary", "Kept", "No"}
    assert not any(flag in "".join(glyphs) for flag in ("hw-f-worse", "hw-f-better", "hw-f-odd"))


def test_a_heading_says_that_its_finding_is_provisional() -> None:
    assert re.search(r"3\. Fewer tickets of .* \(provisional\)\.", page())


def test_a_caption_speaks_only_of_limits_that_are_drawn() -> None:
    level = replace(FINDINGS[4], parent="")
    drawn = replace(example_charts()["within_target"], provisional=True)
    impossible = replace(drawn, lower=drawn.lower - 1000, upper=drawn.upper + 1000)
    text = reports.to_html(replace(example(), findings=(level,)), charts={level.id: impossible})
    assert "average of 26 weeks, no limits; rules headway-1" in text
    assert "rovisional limits" not in text


def test_the_value_of_peers_is_no_target() -> None:
    level = replace(FINDINGS[4], parent="")
    peers = replace(example_charts()["backlog"], target=9.0, target_label="In line with peers")
    text = reports.to_html(replace(example(), findings=(level,)), charts={level.id: peers})
    assert "In line with peers 9" in text
    assert '<th scope="col">Target</th>' not in text


def test_targets_are_a_column_only_where_there_is_one() -> None:
    assert '<th scope="col">Target</th>' in page()
    assert '<th scope="col">Target</th>' not in reports.to_html(example(), charts={})


def test_an_empty_scan_gives_a_helpful_page() -> None:
    text = reports.to_html(empty(), charts={})
    Reader(text)
    assert "No finding: nothing could be judged yet." in text
    assert "No metric can be computed" in text
    assert "About the data" not in text


def test_the_same_result_gives_the_same_page() -> None:
    assert page() == page()


def test_the_title_is_escaped() -> None:
    text = reports.to_html(empty(), charts={}, title="<b>Q3</b>")
    assert "<h1>&lt;b&gt;Q3&lt;/b&gt;</h1>" in text
