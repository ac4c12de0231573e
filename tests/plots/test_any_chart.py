import itertools
import re
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from headway.plots import sparkline, svg, target_glyph, variation_glyph
from headway.plots.layout import arrange

NUMBERS = st.one_of(
    st.floats(0, 500),
    st.floats(-1e200, 1e200),
    st.sampled_from([float("nan"), float("inf"), -float("inf"), 0.0]),
)


@st.composite
def charts(draw, chart_of):
    count = draw(st.integers(0, 12))
    some = st.lists(NUMBERS, min_size=count, max_size=count)
    flagged = st.dictionaries(
        st.integers(0, 12), st.sampled_from(["better", "worse", "odd"]), max_size=4
    )
    return chart_of(
        draw(some),
        (draw(some), draw(some), draw(some)),
        states={i: state for i, state in draw(flagged).items() if i < count},
        span=draw(st.sampled_from(["day", "week", "month"])),
        kind=draw(st.sampled_from(["i", "i-log", "p'", "c", "t", "run"])),
        unit=draw(st.sampled_from(["h", "%", "tickets", ""])),
        target=draw(st.one_of(st.none(), NUMBERS)),
        change_at=draw(st.one_of(st.none(), st.integers(0, 13))),
        provisional=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(data=st.data(), width=st.integers(200, 1200), height=st.integers(80, 400))
def test_any_chart_is_drawn_inside_its_paper(chart_of, data, width, height):
    chart = data.draw(charts(chart_of))
    drawing = svg(chart, width=width, height=height, label="Any")
    ET.fromstring(drawing)
    assert not re.search(r'="[^"]*\b(nan|inf)\b', drawing)
    layout = arrange(chart, width=width, height=height)
    drawn = layout.y[layout.y == layout.y]
    assert ((drawn >= layout.scale.top - 0.01) & (drawn <= layout.scale.bottom + 0.01)).all()
    places = [label.y for label in layout.labels]
    assert all(b - a >= 15 - 1e-6 for a, b in itertools.pairwise(places))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_chart_has_its_glyphs(chart_of, data):
    chart = data.draw(charts(chart_of))
    line = sparkline(chart.values, chart.states, chart.lower, chart.upper)
    for drawing in (line, variation_glyph(chart), target_glyph(chart)):
        ET.fromstring(drawing)
        assert not re.search(r"\b(nan|inf)\b", drawing)
