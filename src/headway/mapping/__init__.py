"""Which column is which, with the evidence said."""

from headway.mapping.detect import check, detect, detect_all
from headway.mapping.saved import load, to_yaml
from headway.mapping.text import to_text

__all__ = ["check", "detect", "detect_all", "load", "to_text", "to_yaml"]
