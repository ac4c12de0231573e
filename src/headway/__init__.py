"""Headway: from service-desk records to an honest scan."""

__version__ = "0.1.0"
__all__ = ["__version__"]
