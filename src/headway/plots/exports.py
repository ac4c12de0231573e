"""A chart that stands alone: colours resolved, as PNG or SVG."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Literal

from headway.plots.svg import svg
from headway.spc.model import Chart

Theme = Literal["light", "dark"]


@cache
def tokens(theme: Theme) -> dict[str, str]:
    """Return the colours of a theme by name.

    >>> tokens("light")["worse"]
    '#c04d05'
    """
    text = resources.files("headway.plots").joinpath("tokens.json").read_text("utf-8")
    found: dict[str, str] = json.loads(text)[theme]
    return found


def resolved(text: str, *, theme: Theme) -> str:
    """Return the text with each ``var(--hw-…)`` replaced by its colour.

    >>> resolved('fill="var(--hw-odd)"', theme="dark")
    'fill="#b7a0f2"'
    """
    colours = tokens(theme)
    return re.sub(r"var\(--hw-([a-z0-9-]+)\)", lambda found: colours[found[1]], text)


def standalone_svg(
    chart: Chart,
    *,
    width: int = 860,
    height: int = 190,
    label: str,
    theme: Theme = "light",
) -> str:
    """Return the chart as an SVG document with its own ground and colours, for notebooks and files.

    Parameters as for `svg`. The drawing is the same.
    """
    drawing = svg(chart, width=width, height=height, label=label)
    opening, rest = drawing.split(">", 1)
    ground = '<rect width="100%" height="100%" fill="var(--hw-surface)"/>'
    # Only our own attributes are replaced: what a label says in words stays as it is.
    coloured = re.sub(
        r'(?<=fill="|roke=")var\([^)]*\)(?=")',
        lambda found: resolved(found[0], theme=theme),
        ground + rest,
    )
    return f"{opening}>{coloured}"


def png(
    chart: Chart,
    *,
    width: int = 860,
    height: int = 190,
    theme: Theme = "light",
    scale: float = 2,
    label: str = "",
) -> bytes:
    """Return the chart as a PNG image, ``scale`` times as many pixels as the drawing's size.

    Parameters as for `svg`. The drawing is the same, on the ground of the theme.
    """
    # Imported here because the library is large and most scans draw no image.
    import vl_convert

    drawing = standalone_svg(chart, width=width, height=height, label=label, theme=theme)
    image: bytes = vl_convert.svg_to_png(drawing, scale=scale)
    return image
