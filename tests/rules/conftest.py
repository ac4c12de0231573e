"""What the house rules look at: the modules of the package and the files of the repository."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

NOT_OURS = {".git", ".venv", ".hypothesis", "__pycache__", "demo", "build", "dist"}


def listed_by_git(root: Path) -> list[Path]:
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
    try:
        listing = subprocess.run(
            [*command, "--exclude-standard"], cwd=root, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return []
    return [root / name for name in listing.stdout.decode().split("\0") if name]


def found_in_folders(root: Path) -> list[Path]:
    inside = (path for path in root.rglob("*") if not NOT_OURS & set(path.relative_to(root).parts))
    return [path for path in inside if "_cache" not in path.as_posix()]


@pytest.fixture(scope="session")
def files(repository: Path) -> list[Path]:
    """Files of the repository; without git, whatever lies in its folders."""
    listed = listed_by_git(repository) or found_in_folders(repository)
    return sorted(path for path in listed if path.is_file())


@pytest.fixture(scope="session")
def modules(repository: Path) -> dict[str, ast.Module]:
    """Syntax tree of each module of the package by its path inside ``src``."""
    source = repository / "src"
    found = {p.relative_to(source).as_posix(): p for p in sorted(source.rglob("*.py"))}
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in found.items()}
