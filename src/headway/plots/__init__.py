from headway.plots.exports import png, standalone_svg
from headway.plots.glyphs import shape, sparkline, target_glyph, target_word, variation_glyph
from headway.plots.scales import limited
from headway.plots.specification import spec
from headway.plots.svg import svg
from headway.plots.words import rebased

__all__ = [
    "limited",
    "png",
    "rebased",
    "shape",
    "sparkline",
    "spec",
    "standalone_svg",
    "svg",
    "target_glyph",
    "target_word",
    "variation_glyph",
]
