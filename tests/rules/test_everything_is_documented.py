"""Metrics, commands, options, terms and decisions have their place in the docs."""

from __future__ import annotations

import datetime
import importlib.util
import re
from pathlib import Path

import yaml

OPTIONS_OF_EVERY_COMMAND = {"--help", "--install-completion", "--show-completion"}


def headings(text: str) -> list[str]:
    """Headings of a page without their marks and backticks."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^#{1,6} +(.+?) *#*$", prose, flags=re.MULTILINE)
    return [line.replace("`", "") for line in lines]


def section(text: str, title: str) -> str:
    """What stands under the second-level heading ``title``, up to the next one."""
    parts = re.split(r"^## +", text, flags=re.MULTILINE)[1:]
    found = [p for p in parts if p.partition("\n")[0].replace("`", "").strip() == title]
    return found[0].partition("\n")[2] if found else ""


def metric_ids(catalogue: Path) -> list[str]:
    pages = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(catalogue.glob("*.y*ml"))]
    entries = [entry for page in pages for entry in (page if isinstance(page, list) else [page])]
    nested = [inner for entry in entries for inner in entry.get("metrics", [entry])]
    return [entry["id"] for entry in nested]


def undocumented_metrics(ids: list[str], page: str) -> list[str]:
    words = {word for heading in headings(page) for word in re.findall(r"\w+", heading)}
    return [name for name in ids if name not in words]


def undocumented_commands(commands: dict[str, set[str]], page: str) -> list[str]:
    missing = []
    for command, options in commands.items():
        text = section(page, command)
        named = set(re.findall(r"--[a-z][a-z-]*", text))
        missing += [command] if not text else []
        missing += [f"{command} {option}" for option in sorted(options - named)]
    return missing


def commands_of(app) -> dict[str, set[str]]:
    from typer.main import get_command

    top = get_command(app)
    found = getattr(top, "commands", {})
    every = {f"headway {name}": command for name, command in found.items() if not command.hidden}
    return {name: options_of(command) for name, command in {"headway": top, **every}.items()}


def options_of(command) -> set[str]:
    visible = [p for p in command.params if not getattr(p, "hidden", False)]
    names = {n for p in visible for n in (*p.opts, *p.secondary_opts) if n.startswith("--")}
    return names - OPTIONS_OF_EVERY_COMMAND


def test_every_metric_has_its_heading(repository):
    ids = metric_ids(repository / "src/headway/metrics/catalogue")
    page = repository / "docs/reference/metrics.md"
    assert len(ids) == len(set(ids))
    assert undocumented_metrics(ids, page.read_text("utf-8") if ids else "") == []


def test_a_metric_without_a_heading_is_noticed(tmp_path):
    (tmp_path / "one.yaml").write_text("id: arrivals\n")
    (tmp_path / "more.yaml").write_text("metrics:\n- id: backlog\n- id: backlog_age\n")
    ids = metric_ids(tmp_path)
    assert ids == ["backlog", "backlog_age", "arrivals"]
    assert undocumented_metrics(ids, "## `backlog`\n\nbacklog_age\n\n## arrivals\n") == [
        "backlog_age"
    ]


def test_every_command_and_option_is_in_the_reference(repository):
    app = importlib.import_module("headway.cli").app
    page = (repository / "docs/reference/cli.md").read_text("utf-8")
    assert undocumented_commands(commands_of(app), page) == []


def test_the_reference_has_no_command_that_does_not_exist(repository):
    app = importlib.import_module("headway.cli").app
    found = headings((repository / "docs/reference/cli.md").read_text("utf-8"))
    described = {heading for heading in found if re.fullmatch(r"headway( [a-z-]+)?", heading)}
    assert described - commands_of(app).keys() == set()


def test_a_command_or_option_without_an_entry_is_noticed():
    typer = importlib.import_module("typer")
    app = typer.Typer()

    @app.command()
    def scan(period: str = "week", output: str = "") -> None: ...

    @app.command()
    def records() -> None: ...

    page = "## headway\n\nAll.\n\n## `headway scan`\n\n`--period`\n"
    assert undocumented_commands(commands_of(app), page) == [
        "headway scan --output",
        "headway records",
    ]


def test_every_term_has_one_heading(repository):
    terms = headings((repository / "docs/reference/glossary.md").read_text("utf-8"))[1:]
    lowered = [term.lower() for term in terms]
    assert len(lowered) > 20
    assert sorted(lowered) == sorted(set(lowered))
    assert lowered == sorted(lowered)


def test_decisions_are_numbered_without_gaps_and_dated(repository):
    records = sorted((repository / "docs/decisions").glob("[0-9]*.md"))
    assert [path.name[:5] for path in records] == [f"{n:04}-" for n in range(1, len(records) + 1)]
    assert records
    for path in records:
        text = path.read_text("utf-8")
        dated = re.search(r"^Date: (\d{4}-\d\d-\d\d)$", text, flags=re.MULTILINE)
        assert dated, f"{path.name} has no line 'Date: YYYY-MM-DD'"
        assert datetime.date.fromisoformat(dated[1])
        assert headings(text)[0].startswith(path.name[:4]), path.name
        assert text.count("\n") <= 60, f"{path.name} is longer than a page"
