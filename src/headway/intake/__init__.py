"""From raw sources and their mappings to checked records."""

from headway.intake.build import build
from headway.intake.rejects import write_rejects

__all__ = ["build", "write_rejects"]
