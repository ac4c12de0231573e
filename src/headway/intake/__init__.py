"""From raw sources and their mappings to checked records."""

from headway.intake.build import build
from headway.intake.rejects import rejects_csv

__all__ = ["build", "rejects_csv"]
