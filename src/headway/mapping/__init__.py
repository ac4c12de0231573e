"""Which column is which, with the evidence said."""

from headway.mapping.detect import detect, detect_all
from headway.mapping.saved import load, to_yaml
from headway.mapping.text import to_text

__all__ = ["detect", "detect_all", "load", "to_text", "to_yaml"]
