import re
from pathlib import Path

import pytest

from headway.metrics.definition import catalogue, checked
from headway.metrics.measures import FORMULAS, STOCKS
from headway.records import SCHEMAS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "metrics.md"


def entry(**changes):
    first = catalogue()[0]
    fields = {name: getattr(first, name) for name in first.__dataclass_fields__}
    listed = {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}
    return {**listed, **changes}


def test_every_definition_has_a_formula_and_every_formula_a_definition():
    assert {d.id for d in catalogue()} == set(FORMULAS) | set(STOCKS)


def test_needs_are_columns_of_the_contract():
    for definition in catalogue():
        for need in definition.needs:
            for column in need.split(" | "):
                table, _, name = column.rpartition(".")
                assert name in SCHEMAS[table or "tickets"].names, (definition.id, column)


def test_no_metric_balances_itself():
    assert [d.id for d in catalogue() if d.balancing == d.id] == []


def test_the_reference_has_one_heading_per_metric_in_order():
    headings = re.findall(r"^## ([a-z_0-9]+)$", REFERENCE.read_text("utf-8"), re.MULTILINE)
    assert headings == [d.id for d in catalogue()]


def test_a_complete_entry_is_accepted():
    assert checked(entry()) == catalogue()[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"audience": "everybody"},
        {"better": "up"},
        {"statistics": []},
        {"statistics": ["mode"]},
        {"applies_to": ["party"]},
    ],
)
def test_an_entry_outside_the_schema_is_refused(changes):
    with pytest.raises(ValueError, match="arrivals"):
        checked(entry(**changes))
