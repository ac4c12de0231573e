from __future__ import annotations

from dataclasses import replace

from example import finding
from hypothesis import given
from hypothesis import strategies as st

from headway.reports.families import families
from headway.results import Finding
from headway.series import Slice


def one(name: str, parent: str = "", **changes: object) -> Finding:
    return replace(finding(name, "backlog", f"Finding {name}.", parent=parent), **changes)


def test_a_grandchild_belongs_to_the_first() -> None:
    found = families((one("c", "b"), one("b", "a"), one("a")))
    assert [family.lead.id for family in found] == ["a"]
    assert [other.id for other in found[0].also] == ["c", "b"]


def test_a_finding_whose_parent_is_not_shown_stands_for_itself() -> None:
    assert [family.lead.id for family in families((one("a", "gone"),))] == ["a"]


def test_slices_and_second_measures_are_counted_apart() -> None:
    whole = one("a", slice=Slice())
    parts = [one(f"g{i}", "a", slice=Slice("group", str(i))) for i in range(3)]
    second = one("p", "a", slice=Slice(), metric="backlog.p85")
    assert families((whole, *parts, second))[0].said == (
        "Also seen in 3 slices and in a second measure"
    )
    assert families((whole, second))[0].said == "Also seen in a second measure"
    assert families((whole,))[0].said == ""


@given(st.lists(st.integers(0, 9), min_size=1, max_size=10))
def test_every_finding_is_told_exactly_once_whatever_the_parents(parents: list[int]) -> None:
    found = tuple(one(str(i), str(parent)) for i, parent in enumerate(parents))
    told = [each.id for family in families(found) for each in (family.lead, *family.also)]
    assert sorted(told) == sorted(each.id for each in found)
