import json
import struct
from xml.etree import ElementTree as ET

import pytest
import vl_convert

from headway.plots import png, spec, standalone_svg, svg
from headway.plots.exports import resolved, tokens


def size(image):
    assert image.startswith(b"\x89PNG")
    return struct.unpack(">II", image[16:24])


def test_image_has_the_size_asked_for(slower):
    assert size(png(slower, width=400, height=200, scale=2)) == (800, 400)


def test_themes_differ(slower):
    light, dark = (png(slower, width=200, height=100, theme=theme) for theme in ("light", "dark"))
    assert light != dark


def test_awkward_charts_become_images(awkward):
    assert size(png(awkward, width=330, height=190, scale=1))[0] == 330


def test_standalone_drawing_needs_no_page(slower):
    drawing = standalone_svg(slower, label="Slower")
    ET.fromstring(drawing)
    assert "var(" not in drawing
    assert tokens("light")["worse"] in drawing


def test_words_of_a_label_are_not_taken_for_colours(slower):
    label = 'fill="var(--hw-odd)" and fill="var(--hw-none)"'
    assert ET.fromstring(standalone_svg(slower, label=label)).get("aria-label") == label


def test_every_colour_used_is_a_token_in_both_themes(slower):
    assert set(tokens("light")) == set(tokens("dark"))
    assert "var(" not in resolved(svg(slower, label="x"), theme="dark")


@pytest.mark.parametrize("width", [330, 860])
def test_specification_compiles(awkward, width):
    plan = json.dumps(spec(awkward, width=width, height=200, label="Awkward"), allow_nan=False)
    ET.fromstring(vl_convert.vegalite_to_svg(plan))


def test_specification_keeps_colours_as_properties(slower):
    drawing = vl_convert.vegalite_to_svg(spec(slower, width=860, height=200))
    assert drawing.count("var(--hw-worse)") == 3
    for words in ("Upper limit 8.4", "Average 6.3", "Lower limit 4.2", "Target 8"):
        assert words in drawing


def test_specification_holds_the_series(slower):
    rows = spec(slower, width=860, height=200)["data"]["values"]
    assert [row["value"] for row in rows] == slower.values.tolist()
    assert [row["state"] for row in rows] == list(slower.states)
