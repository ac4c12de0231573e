"""The main job: records in, a scan out."""

from headway.scanning.gather import Gathered, gather
from headway.scanning.options import Options
from headway.scanning.scans import Scan, scan, scan_gathered

__all__ = ["Gathered", "Options", "Scan", "gather", "scan", "scan_gathered"]
