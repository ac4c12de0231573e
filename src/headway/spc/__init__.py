"""Process behaviour charts: limits, signals and the checks that come before them."""

from headway.spc.charting import chart
from headway.spc.model import Chart, ChartKind, PointState

__all__ = ["Chart", "ChartKind", "PointState", "chart"]
