"""Process behaviour charts: limits, signals and the checks that come before them.

``chart`` draws up one series; ``individuals`` and ``headway_1`` and the diagnostics judge many
series at once as ``(series, points)`` arrays.
"""

from headway.spc.charting import chart
from headway.spc.diagnostics import autocorrelation, dispersion, ljung_box
from headway.spc.limits import Limits, individuals
from headway.spc.model import Chart, ChartKind, PointState
from headway.spc.reading import Assurance, Variation, assurance, signal_sentence, variation
from headway.spc.rules import Signals, headway_1
from headway.spc.seasons import Season, season

__all__ = [
    "Assurance",
    "Chart",
    "ChartKind",
    "Limits",
    "PointState",
    "Season",
    "Signals",
    "Variation",
    "assurance",
    "autocorrelation",
    "chart",
    "dispersion",
    "headway_1",
    "individuals",
    "ljung_box",
    "season",
    "signal_sentence",
    "variation",
]
