
from headway.plots.exports import png, standalone_svg
from headway.plots.glyphs import shape, sparkline, target_glyph, variation_glyph
from headway.plots.svg import svg

__all__ = [
    "png",
    "shape",
    "sparkline",
    "standalone_svg",
    "svg",
    "target_glyph",
    "variation_glyph",
]
