"""The command line in this process, in a folder of its own."""

import io
import sys
from dataclasses import dataclass

import pytest

from headway.cli.commands import run


@dataclass(frozen=True)
class Outcome:
    """Exit code and both streams of one command."""

    code: int
    out: str
    err: str


class Piped(io.TextIOWrapper):
    """Standard input that is no terminal."""

    def __init__(self, content: bytes):
        super().__init__(io.BytesIO(content))


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder in which the commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def headway(here, monkeypatch, capfd):
    """Runs ``headway`` with arguments and gives the outcome."""

    def command(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["headway", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", Piped(stdin))
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            run()
        said = capfd.readouterr()
        return Outcome(ended.value.code or 0, said.out, said.err)

    return command
