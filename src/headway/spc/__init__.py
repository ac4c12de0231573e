"""Process behaviour charts: limits, signals and the checks that come before them."""

from headway.spc.charting import chart
from headway.spc.model import Chart, ChartKind, PointState
from headway.spc.reading import Assurance, Variation, assurance, signal_sentence, variation

__all__ = [
    "Assurance",
    "Chart",
    "ChartKind",
    "PointState",
    "Variation",
    "assurance",
    "chart",
    "signal_sentence",
    "variation",
]
