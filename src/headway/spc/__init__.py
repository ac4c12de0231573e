"""Process behaviour charts: limits, signals and the checks that come before them.

``chart`` draws up one series by one of the ``RULE_SETS``; ``individuals``, ``headway_1`` and the
diagnostics judge many series at once as ``(series, points)`` arrays; ``bounds`` are those of rates.
"""

from headway.spc import bounds
from headway.spc.charting import chart
from headway.spc.diagnostics import autocorrelation, dispersion, ljung_box
from headway.spc.limits import Limits, individuals
from headway.spc.model import Chart, ChartKind, Part, PointState, Runs
from headway.spc.reading import Assurance, Variation, assurance, signal_sentence, variation
from headway.spc.rules import RULE_SETS, Signals, headway_1
from headway.spc.runs import runs_analysis
from headway.spc.seasons import Season, season

__all__ = [
    "RULE_SETS",
    "Assurance",
    "Chart",
    "ChartKind",
    "Limits",
    "Part",
    "PointState",
    "Runs",
    "Season",
    "Signals",
    "Variation",
    "assurance",
    "autocorrelation",
    "bounds",
    "chart",
    "dispersion",
    "headway_1",
    "individuals",
    "ljung_box",
    "runs_analysis",
    "season",
    "signal_sentence",
    "variation",
]
