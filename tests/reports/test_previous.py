from __future__ import annotations

import json
from pathlib import Path

import pytest
from example import FINDINGS, example

from headway import reports
from headway.errors import InputError


def test_a_saved_scan_gives_its_findings_back(tmp_path: Path) -> None:
    saved = tmp_path / "last.json"
    saved.write_text(reports.to_json(example()), encoding="utf-8")
    loaded = reports.load_previous(saved)
    assert [one.id for one in loaded] == [one.id for one in FINDINGS]
    assert [one.slice for one in loaded] == [one.slice for one in FINDINGS]
    assert [one.sentence for one in loaded] == [one.sentence for one in FINDINGS]


def test_findings_are_new_continuing_or_gone() -> None:
    marked, gone = reports.compare(FINDINGS[1:4], FINDINGS[:2])
    assert [one.status for one in marked] == ["continuing", "new", "new"]
    assert [one.id for one in gone] == [FINDINGS[0].id]


def test_without_findings_everything_is_gone() -> None:
    assert reports.compare((), FINDINGS) == ((), FINDINGS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"findings": 3}',
        b'{"findings": [3]}',
        b'{"findings": [{"id": 3}]}',
        json.dumps({"findings": [{"id": "a", "kind": "other", "metric": "m"}]}).encode(),
    ],
)
def test_another_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"^The previous scan '.*other\.json' .*\.$") as caught:
        reports.load_previous(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        reports.load_previous(tmp_path / "none.json")
    with pytest.raises(InputError, match="cannot be read"):
        reports.load_previous(tmp_path)
