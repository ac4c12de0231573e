"""Check the docs: links lead somewhere, Python examples parse, commands exist with their options.

Exit status 1 with one line for each thing that is wrong. Addresses outside the repository are not
visited: the docs must build without a network.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    """All pages of the documentation."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def anchors(page: Path) -> set[str]:
    """Anchors that the headings of a page get when it is shown."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#{1,6} +(.+?) *#*$", prose, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def dead_links(page: Path, text: str) -> Iterator[str]:
    """Relative links of a page to a file or a heading that is not there."""
    for target in LINK.findall(FENCE.sub("", text)):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        aim = (page.parent / path).resolve() if path else page
        if not aim.exists():
            yield f"the link to {target} leads nowhere"
        elif anchor and aim.suffix == ".md" and anchor not in anchors(aim):
            yield f"the link to {target} names a heading that is not there"


def unreachable(found: list[Path]) -> Iterator[str]:
    """Pages of the docs that no other page links to."""
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in found
        for target in LINK.findall(page.read_text(encoding="utf-8"))
    }
    inside = (page for page in found if page.is_relative_to(ROOT / "docs"))
    for page in inside:
        if page.resolve() not in linked and page != ROOT / "docs/index.md":
            yield f"{page.relative_to(ROOT)}: no page links here"


def broken_examples(text: str) -> Iterator[str]:
    """Python blocks that are not Python."""
    for language, block in FENCE.findall(text):
        if language == "python" and ">>>" not in block:
            try:
                ast.parse(block)
            except SyntaxError as error:
                yield f"a Python example does not parse: {error.msg}"


def command_line() -> dict[str, Any] | None:
    """Commands of the installed command line by name, or None while there is none."""
    if importlib.util.find_spec("headway.cli") is None:
        return None
    get_command = importlib.import_module("typer.main").get_command
    return dict(get_command(importlib.import_module("headway.cli").app).commands)


def typed_commands(text: str) -> Iterator[list[str]]:
    """Words after ``headway`` in each line of the shell blocks that calls it."""
    for language, block in FENCE.findall(text):
        if language not in {"sh", "bash", "console"}:
            continue
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words and words[0] in {"headway", ".venv/bin/headway"}:
                yield words[1:]


def unknown_commands(text: str, commands: dict[str, Any]) -> Iterator[str]:
    """Typed commands and options that the command line does not have."""
    for words in typed_commands(text):
        name = next((word for word in words if not word.startswith("-")), "")
        if name and name not in commands:
            yield f"there is no command 'headway {name}'"
        elif name:
            known = {o for p in commands[name].params for o in (*p.opts, *p.secondary_opts)}
            typed = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
            yield from (
                f"'headway {name}' has no option {option}"
                for option in sorted(typed - known - {"--help"})
            )


def main() -> int:
    """Print what is wrong and return the exit status."""
    found = pages()
    commands = command_line()
    wrong = list(unreachable(found))
    for page in found:
        text = page.read_text(encoding="utf-8")
        complaints = [*dead_links(page, text), *broken_examples(text)]
        if commands is not None:
            complaints += unknown_commands(text, commands)
        wrong += [f"{page.relative_to(ROOT)}: {complaint}" for complaint in complaints]
    print("\n".join(wrong) if wrong else f"docs: {len(found)} pages, nothing wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
