"""Manners of the library: own errors, nothing printed, public names explained."""

from __future__ import annotations

import ast

import pytest

BROAD = {"Exception", "BaseException"}
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def broad_handlers(tree: ast.Module) -> list[int]:
    handlers = (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))
    return [h.lineno for h in handlers if h.type is None or BROAD & names_in(h.type)]


def names_in(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def prints(tree: ast.Module) -> list[int]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [c.lineno for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"]


def unexplained(tree: ast.Module) -> list[str]:
    public = (n for n in tree.body if isinstance(n, Definition) and not n.name.startswith("_"))
    return [node.name for node in public if not ast.get_docstring(node)]


def is_private(module: str) -> bool:
    return any(part.startswith("_") and part != "__init__.py" for part in module.split("/"))


def offenders(modules, rule):
    found = {name: rule(tree) for name, tree in modules.items()}
    return {name: lines for name, lines in found.items() if lines}


def test_only_the_outermost_frame_of_the_command_may_catch_everything(modules):
    broad = offenders(modules, broad_handlers)
    assert [name for name in broad if not name.startswith("headway/cli/")] == []
    assert sum(map(len, broad.values())) <= 1


def test_the_library_prints_nothing(modules):
    assert offenders(modules, prints) == {}


def test_every_public_name_has_a_docstring(modules):
    public = {name: tree for name, tree in modules.items() if not is_private(name)}
    assert offenders(public, unexplained) == {}


@pytest.mark.parametrize(
    ("rule", "source", "found"),
    [
        (broad_handlers, "try: f()\nexcept Exception: pass", [2]),
        (broad_handlers, "try: f()\nexcept (OSError, BaseException): pass", [2]),
        (broad_handlers, "try: f()\nexcept: pass", [2]),
        (broad_handlers, "try: f()\nexcept OSError: pass", []),
        (prints, "def f():\n    print(1)", [2]),
        (prints, "console.print(1)", []),
        (unexplained, "class A:\n    def b(self): ...\nclass _C: ...", ["A"]),
        (unexplained, "def f(): ...\ndef _g(): ...", ["f"]),
    ],
)
def test_the_rules_see_what_they_must(rule, source, found):
    assert rule(ast.parse(source)) == found


def test_no_merge_was_left_half_done(repository, files):
    marks = ("<" * 7 + " ", ">" * 7 + " ")
    texts = ((name, (repository / name).read_text("utf-8", errors="ignore")) for name in files)
    assert [n for n, text in texts if any(f"\n{mark}" in f"\n{text}" for mark in marks)] == []
