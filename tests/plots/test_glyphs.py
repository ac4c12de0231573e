from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from headway.plots import shape, sparkline, target_glyph, target_word, variation_glyph

STATES = ("better", "worse", "odd", "plain", "data")


def test_the_value_of_peers_is_no_target(chart_of):
    chart = chart_of([5, 6] * 5, (2, 5, 9), target=10.0)
    assert target_word(chart) == "Kept"
    assert target_word(replace(chart, target_label="In line with peers")) == "No target"


def test_each_state_has_its_own_shape():
    drawings = [shape(state) for state in STATES]
    forms = [drawing.split("<", 2)[2].split('class="')[0] for drawing in drawings]
    assert len(set(forms)) == len(STATES)
    for drawing in drawings:
        assert ET.fromstring(drawing).get("aria-hidden") == "true"


def test_awkward_charts_have_glyphs_and_sparklines(awkward):
    line = sparkline(awkward.values, awkward.states, awkward.lower, awkward.upper)
    for drawing in (line, variation_glyph(awkward), target_glyph(awkward)):
        ET.fromstring(drawing)
        assert "nan" not in drawing
        assert "inf" not in drawing
        assert "style=" not in drawing


def test_sparkline_marks_flagged_points_and_breaks_at_missing_ones():
    values = np.array([5, 6, np.nan, 7, 9.5])
    line = sparkline(
        values, ["plain", "plain", "missing", "plain", "worse"], np.full(5, 4.0), np.full(5, 9.0)
    )
    assert line.count("hw-f-worse") == 1
    assert line.count("hw-f-better") == 0
    path = next(n.get("d") for n in ET.fromstring(line) if n.get("class") == "hw-s-ink2")
    assert path.count("M") == 2


def test_variation_glyph_shows_the_last_six_points(chart_of):
    chart = chart_of([5] * 9 + [9], (1, 5, 8), states={0: "worse", 9: "worse"})
    glyph = variation_glyph(chart)
    assert glyph.count("hw-f-plain") == 5
    assert glyph.count("hw-f-worse") == 1


def test_variation_glyph_draws_higher_values_higher(chart_of):
    root = ET.fromstring(variation_glyph(chart_of([2, 4, 6, 8], (1, 5, 9))))
    heights = [float(n.get("cy")) for n in root if n.get("cy")]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize(
    ("better", "target", "word"),
    [
        ("lower", 9, "Kept"),
        ("lower", 8, "Kept"),
        ("lower", 6, "Hit and miss"),
        ("lower", 4, "Hit and miss"),
        ("lower", 3, "Missed"),
        ("higher", 9, "Missed"),
        ("higher", 6, "Hit and miss"),
        ("higher", 4, "Kept"),
        ("higher", 3, "Kept"),
        ("neither", 6, "No target"),
        ("lower", None, "No target"),
    ],
)
def test_target_word_follows_the_limits(chart_of, better, target, word):
    chart = chart_of([5, 6, 7], (4, 6, 8), better=better, target=target)
    assert target_word(chart) == word


def test_target_word_is_judged_on_the_last_limits(chart_of):
    limits = tuple(np.repeat([high, low], 3) for high, low in ((10, 3), (12, 4), (14, 5)))
    assert target_word(chart_of([12] * 3 + [4] * 3, limits, change_at=3, target=8)) == "Kept"


def test_target_glyphs_differ_by_sign(chart_of):
    glyphs = {target_glyph(chart_of([5], (4, 6, 8), target=t)) for t in (9, 6, 3, None)}
    assert len(glyphs) == 4
