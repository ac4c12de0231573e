from __future__ import annotations

from example import example

from headway.reports.refusals import by_reason
from headway.results import NotJudged
from headway.series import Slice


def test_two_thousand_refusals_become_two_rows() -> None:
    groups = by_reason(example().not_judged)
    assert [(group.count, group.reason) for group in groups] == [
        (2000, "2 to 7 weeks of records; 8 are needed"),
        (1, "less than two years"),
    ]
    assert groups[0].remedy == "1 to 6 more weeks"
    assert len(groups[0].first) == 4


def test_figures_are_ordered_as_figures() -> None:
    few = [NotJudged("m", Slice(), f"{n} records") for n in ("9", "1,200", "10")]
    assert by_reason(few)[0].reason == "9 to 1,200 records"


def test_nothing_refused_gives_no_group() -> None:
    assert by_reason(()) == ()
