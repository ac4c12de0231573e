"""What one metric counts or measures, ticket by ticket, before anything is added up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from headway.engine.columns import Flags, Floats, Ints


@dataclass(frozen=True)
class Facts:
    """The records behind one metric.

    Attributes
    ----------
    rows
        Row in the tickets of each fact, -1 for a fact without a ticket, shape (facts,).
    at
        UTC seconds on the metric's axis: which period the fact belongs to.
    counts
        For shares: whether the fact is in the numerator.
    value
        For means and durations: the measure; infinite while a duration is not over.
    so_far
        For durations: hours passed at the extract where ``value`` is infinite, else NaN.
    wait
        Elapsed hours until the outcome was known for the whole cohort (also for tickets without a
        fact yet), infinite while it is not, in no order; None where a fact is complete at once.
    left_out
        Finished tickets that cannot be measured, because an instant is missing or impossible.
    remark
        What to know of them; why there are none, where that is not simply a lack of records.
    """

    rows: Ints
    at: Ints
    counts: Flags | None = None
    value: Floats | None = None
    so_far: Floats | None = None
    wait: Floats | None = None
    left_out: int = 0
    remark: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, kept: Ints | Flags) -> Facts:
        """The same facts, only those at ``kept``."""
        return replace(
            self,
            rows=self.rows[kept],
            at=self.at[kept],
            counts=None if self.counts is None else self.counts[kept],
            value=None if self.value is None else self.value[kept],
            so_far=None if self.so_far is None else self.so_far[kept],
        )
