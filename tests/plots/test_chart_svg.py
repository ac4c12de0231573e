import re
import time
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from headway.plots import svg

NS = "{http://www.w3.org/2000/svg}"


def texts(drawing):
    return [node.text for node in ET.fromstring(drawing).iter(f"{NS}text")]


def test_drawing_is_well_formed_without_style_script_or_id(slower):
    root = ET.fromstring(svg(slower, label="Slower"))
    for node in root.iter():
        assert node.tag.removeprefix(NS) in {"svg", "g", "path", "circle", "text", "title"}
        assert not {"style", "id"} & set(node.attrib)
        assert not any(name.startswith("on") for name in node.attrib)


def test_drawing_is_an_image_that_says_its_finding(slower):
    root = ET.fromstring(svg(slower, label="Email takes longer"))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Email takes longer"
    assert "marks" in root.get("class").split()


def test_label_with_markup_and_control_characters_is_escaped(slower):
    label = 'R&D "<b>\x00\x1f\ud800\ufffe'
    assert ET.fromstring(svg(slower, label=label)).get("aria-label") == 'R&D "<b>'


def test_unit_with_markup_is_escaped(chart_of):
    drawing = svg(chart_of([1, 2], unit="<&"), label="x")
    assert "1.0\u00a0<&" in "".join(ET.fromstring(drawing).itertext())


def test_awkward_charts_are_drawn_on_both_papers(awkward):
    for width in (860, 330):
        drawing = svg(awkward, width=width, label="Awkward")
        ET.fromstring(drawing)
        assert not re.search(r"\b(nan|inf)\b", drawing)


def test_very_small_paper_still_holds_a_drawing(slower):
    assert "nan" not in svg(slower, width=60, height=20, label="Small")


def test_chart_without_values_says_so(chart_of):
    assert texts(svg(chart_of([np.nan, np.nan]), label="x")) == ["No values"]


@pytest.mark.parametrize(
    ("state", "shape"), [("better", "circle"), ("worse", "path"), ("odd", "path")]
)
def test_each_flagged_point_has_the_shape_of_its_state(chart_of, state, shape):
    chart = chart_of([5, 9, 5, 9], (1, 5, 8), states={1: state, 3: state})
    root = ET.fromstring(svg(chart, label="x"))
    group = next(g for g in root.iter(f"{NS}g") if g.get("class") == f"hw-points-{state}")
    assert [node.tag for node in group] == [f"{NS}{shape}"] * 2
    assert group.get("fill") == f"var(--hw-{state})"


def test_worse_and_odd_differ_in_outline_not_only_in_colour(chart_of):
    outlines = []
    for state in ("worse", "odd"):
        drawing = svg(chart_of([5, 9], states={1: state}), label="x")
        outlines.append(re.search(rf'hw-points-{state}.*?d="M[^a-z]*([a-z][^"]*)"', drawing)[1])
    assert outlines[0] != outlines[1]


def test_each_point_says_its_period_value_and_reason(slower):
    titles = [node.text for node in ET.fromstring(svg(slower, label="x")).iter(f"{NS}title")]
    assert len(titles) == 23
    assert "Week of 5 Jan 2026: 6.1\u00a0h" in titles
    assert "Week of 25 May 2026: 9.1\u00a0h, outside the limits" in titles


def test_lines_are_named_at_their_right_end(slower):
    named = texts(svg(slower, label="x"))
    for words in ("Upper limit 8.4", "Average 6.3", "Lower limit 4.2", "Target 8"):
        assert f"{words}\u00a0h" in named


def test_narrow_paper_says_the_lines_under_the_axis(slower):
    assert texts(svg(slower, width=330, label="x"))[-1] == (
        "Limits 4.2 to 8.4\u00a0h, average 6.3\u00a0h, target 8\u00a0h"
    )


def test_text_is_twelve_pixels(slower):
    assert set(re.findall(r'font-size="(\d+)"', svg(slower, label="x"))) == {"12"}


def test_missing_period_breaks_the_line(chart_of):
    whole = svg(chart_of([5, 6, 5, 6, 5]), label="x")
    broken = svg(chart_of([5, 6, np.nan, 6, 5]), label="x")
    line = r'<path d="([^"]*)" stroke="var\(--hw-plain\)"'
    assert re.search(line, whole)[1].count("M") == 1
    assert re.search(line, broken)[1].count("M") == 2


def test_provisional_band_is_outlined_and_named(chart_of):
    firm = svg(chart_of([5, 6] * 5, (2, 5, 9)), label="x")
    early = svg(chart_of([5, 6] * 5, (2, 5, 9), provisional=True), label="x")
    assert 'fill="var(--hw-band)"' in firm
    assert 'fill="var(--hw-band)"' not in early
    assert "Provisional limits" in texts(early)
    assert (
        "Provisional limits"
        in texts(svg(chart_of([5, 6] * 5, (2, 5, 9), provisional=True), width=330, label="x"))[-1]
    )


def test_change_keeps_both_bands_and_says_since_when(chart_of):
    limits = tuple(np.repeat([high, low], 10) for high, low in ((8, 4), (10, 6), (12, 8)))
    drawing = svg(chart_of([10, 10.5] * 5 + [6, 6.5] * 5, limits, change_at=10), label="x")
    assert re.search(r'<path d="([^"]*)" fill="var\(--hw-band\)"', drawing)[1].count("Z") == 2
    assert {"Average 10.0\u00a0h", "Since 16 Mar"} <= set(texts(drawing))


def test_limits_that_follow_a_denominator_are_stepped(chart_of):
    upper = np.array([10, 12, 9, 11, 10.0])
    drawing = svg(chart_of([5] * 5, (1, 5, upper), kind="p'", unit="%"), label="x")
    edges = re.search(r'<path d="([^"]*)" stroke="var\(--hw-limit\)" stroke-dash', drawing)[1]
    assert edges.count("V") == 4


def test_limits_nobody_can_cross_are_not_named(chart_of):
    named = texts(svg(chart_of([90, 99] * 6, (-3, 95, 106), unit="%"), label="x"))
    assert not [text for text in named if "limit" in text]


def test_fifty_charts_take_less_than_a_second(chart_of):
    chart = chart_of([6.1, 6.6, 5.9, 6.4] * 13, (4, 6, 8))
    begin = time.process_time()
    drawings = [svg(chart, width=width, label="x") for width in (860, 330) for _ in range(25)]
    assert time.process_time() - begin < 1
    assert max(map(len, drawings)) < 12_000
