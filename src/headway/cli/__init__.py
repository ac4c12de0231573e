"""The command line: arguments in, text out, no calculation."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headway.cli.commands import app

__all__ = ["app", "main"]


class _NoPandas(MetaPathFinder):
    """Finds every module but pandas the usual way."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("The command line does without pandas.", name=fullname)


def main() -> None:
    """Run the command line in a process of its own and end it with the exit code.

    PyArrow loads pandas wherever it is installed, which takes longer than a scan. The command line
    takes files only, so it goes without.
    """
    sys.meta_path.insert(0, _NoPandas())
    try:
        from headway.cli.commands import run
    except KeyboardInterrupt:  # before there is a command that could say more
        sys.exit(130)
    run()


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the Typer application, loaded on first use
    if name == "app":
        from headway.cli.commands import app

        return app
    raise AttributeError(name)
