"""Headway: from service-desk records to an honest scan.

>>> import headway as hw
>>> callable(hw.scan) and callable(hw.chart)
True
"""

__version__ = "0.1.0"

from headway.errors import HeadwayError
from headway.scanning import Scan, scan
from headway.scanning.charts import draw as chart

__all__ = ["HeadwayError", "Scan", "__version__", "chart", "scan"]
