"""Headway: from service-desk records to an honest scan.

>>> import headway as hw
>>> callable(hw.scan) and callable(hw.chart)
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headway.errors import HeadwayError
    from headway.scanning import Options, Scan, scan
    from headway.scanning.charts import draw as chart

__version__ = "0.1.0"
__all__ = ["HeadwayError", "Options", "Scan", "__version__", "chart", "scan"]

_HOMES = {
    "HeadwayError": ("headway.errors", "HeadwayError"),
    "Options": ("headway.scanning", "Options"),
    "Scan": ("headway.scanning", "Scan"),
    "chart": ("headway.scanning.charts", "draw"),
    "scan": ("headway.scanning", "scan"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - public names are loaded on first use
    if name not in _HOMES:
        raise AttributeError(f"module 'headway' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
