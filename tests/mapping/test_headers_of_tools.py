"""Exports of known tools are mapped without options; the header names are cited beside each."""

from pathlib import Path

import pytest
import yaml

from headway.mapping.detect import detect
from headway.mapping.presets import presets
from headway.readers import read

FOLDER = Path(__file__).parent / "headers"
EXPORTS = sorted(path.stem for path in FOLDER.glob("*.csv"))


@pytest.fixture(params=EXPORTS)
def export(request):
    expected = yaml.safe_load((FOLDER / f"{request.param}.yaml").read_text("utf-8"))
    return detect(read(FOLDER / f"{request.param}.csv")), expected


def test_every_column_gets_its_role_and_no_other_column_gets_one(export):
    mapping, expected = export
    found = {entry.role: entry.column for entry in mapping.roles}
    # The letters of a number may tell the kind; then the number fills both roles.
    told = {"kind": found["id"]} if found.get("kind") == found["id"] else {}
    assert found == told | expected["roles"]
    every = (*found.values(), *mapping.unused)
    assert set(mapping.unused).isdisjoint(found.values())
    assert len(set(every)) == len(set(found.values())) + len(mapping.unused)


def test_tool_and_kind_are_told_and_nothing_is_asked(export):
    mapping, expected = export
    assert (mapping.preset, mapping.kind) == (expected["preset"], expected["kind"])
    assert (mapping.table, mapping.shape) == ("tickets", "record")
    assert not mapping.questions


def test_every_header_names_its_source():
    texts = [(FOLDER / f"{name}.yaml").read_text("utf-8") for name in EXPORTS]
    assert all(len(yaml.safe_load(text)["source"]) > 30 for text in texts)


def test_every_tool_has_a_header():
    tools = {preset.id for preset in presets() if preset.tool} - {"xes"}
    texts = [(FOLDER / f"{name}.yaml").read_text("utf-8") for name in EXPORTS]
    assert {yaml.safe_load(text)["preset"] for text in texts} == tools
