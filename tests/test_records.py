import re
from pathlib import Path

import pytest

from headway.records import SCHEMAS, TICKETS, empty

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs" / "reference" / "records.md").read_text(encoding="utf-8")


def section(title):
    return REFERENCE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(title):
    return re.findall(r"^\| `(\w+)` \| ([^|]*) \|", section(title), re.MULTILINE)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_reference_describes_every_column_in_order(name):
    assert [column for column, _ in rows(name)] == SCHEMAS[name].names


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_reference_says_which_columns_are_never_null(name):
    told = {column for column, kind in rows(name) if "never null" in kind}
    assert told == {field.name for field in SCHEMAS[name] if not field.nullable}


def test_the_reference_explains_every_doubt():
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("intake", "metrics")
        for path in (ROOT / "src/headway" / folder).glob("*.py")
    )
    explained = {code for code, _ in rows("Doubts")}
    missing = {code for code in explained if f'"{code}"' not in sources}
    assert not missing
    used = set(re.findall(r'(?:doubt|report)\(\s*"(\w+)"', sources))
    assert used <= explained


def test_an_empty_table_has_the_canonical_schema():
    assert empty("tickets").schema.equals(TICKETS)
