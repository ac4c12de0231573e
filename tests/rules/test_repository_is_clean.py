"""What may lie in the repository, and what may be said in it."""

from __future__ import annotations

import re
import tomllib

import pytest

LARGEST_KB = 200
LOCKS = ("requirements.txt", "requirements-build.txt", "requirements-dev.txt")
ADDRESS = re.compile(
    r"://|^\s*(-i|-f|--index-url|--extra-index-url|--find-links)\b| @ ", re.MULTILINE
)
DATA = {".csv", ".tsv", ".xlsx", ".parquet", ".gz", ".zst", ".db", ".pkl", ".npy", ".feather"}

# Spelled in pieces so that this file does not break its own rule.
FOLDERS = "|".join(("wo" + "rk", "tm" + "p", "ro" + "ot", "ho" + "me", "Us" + "ers"))
PLACES = re.compile(rf"(?<![\w.$}}~<)/-])/(?:{FOLDERS})/")
MAKERS = ("assi" + "stant", "clau" + "de", "anthro" + "pic", "chat" + "gpt", "language mo" + "del")
TALK = re.compile(
    rf"\b(?:{'|'.join(MAKERS)})|\b(?:this|our|another|previous|parallel|other) sess" + "ions?\\b",
    re.IGNORECASE,
)
INDEXES = re.compile(
    r"(?:py" + r"pi\.org|files\.python" + r"hosted|registry\.npm" + "js)", re.IGNORECASE
)


def texts(files):
    for path in files:
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def said(files, pattern):
    return [
        f"{path.name}: {found[0]}" for path, text in texts(files) if (found := pattern.search(text))
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_carries_an_address_and_every_pin_has_a_hash(repository, name):
    text = (repository / name).read_text("utf-8")
    pins = re.findall(r"^([a-z0-9][\w.-]*)==", text, flags=re.MULTILINE)
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert ADDRESS.search(text) is None
    assert pins
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("line", ["--index-url x", "a @ b", "a==1 --hash=sha256:1 # https://x"])
def test_an_address_in_a_lock_is_noticed(line):
    assert ADDRESS.search(f"numpy==1 \\\n    --hash=sha256:0\n{line}\n")


def test_the_locks_agree(repository):
    base, build, dev = (
        set(re.findall(r"^\S+==[^\s;]+", (repository / name).read_text("utf-8"), re.MULTILINE))
        for name in LOCKS
    )
    assert base | build <= dev


def test_every_direct_dependency_is_locked(repository):
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    groups = [d for group in project["dependency-groups"].values() for d in group]
    direct = project["project"]["dependencies"] + [d for d in groups if isinstance(d, str)]
    names = {re.match(r"[\w-]+", need)[0].lower() for need in direct}
    locked = (repository / "requirements-dev.txt").read_text("utf-8")
    assert names - set(re.findall(r"^([a-z0-9_.-]+)==", locked, re.MULTILINE)) == set()


def test_no_file_names_a_place_on_somebodys_machine(files):
    assert said(files, PLACES) == []


def test_the_project_speaks_of_itself_alone(files):
    assert said(files, TALK) == []
    assert said(files, INDEXES) == []


def test_a_place_and_a_word_too_many_are_noticed(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(f"see /{'wo' + 'rk'}/data, as an {'assi' + 'stant'} said")
    assert said([path], PLACES)
    assert said([path], TALK)
    path.write_text("the framework/data folder and ./tmp/x, in this section")
    assert said([path], PLACES) == []
    assert said([path], TALK) == []


def test_no_large_file_and_no_data_file_is_kept(files, repository):
    large = [p.name for p in files if p.stat().st_size > LARGEST_KB * 1000]
    data = [p.relative_to(repository).as_posix() for p in files if p.suffix.lower() in DATA]
    assert large == []
    assert [name for name in data if not name.startswith("tests/")] == []


def test_the_licence_is_apache_2(repository):
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    text = (repository / "LICENSE").read_text("utf-8")
    assert re.search(r"Apache License\s+Version 2\.0, January 2004", text)
    assert "END OF TERMS AND CONDITIONS" in text


def test_make_alone_lists_every_target_a_person_uses(repository):
    text = (repository / "Makefile").read_text("utf-8")
    listed = set(re.findall(r"^([a-z-]+):.*## ", text, flags=re.MULTILINE))
    assert {"setup", "demo", "test", "check", "fix", "bench", "docs", "setup-browser"} <= listed
