"""Small rooms: the size and the names of modules and functions."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

MODULE_LINES = 400
FUNCTION_LINES = 50
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def long_functions(tree: ast.Module) -> list[str]:
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return [f.name for f in functions if code_lines(f) > FUNCTION_LINES]


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring, which may be as long as it has to be."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    words = function.body[0]
    return lines - ((words.end_lineno or 0) - words.lineno + 1)


def test_no_module_has_more_than_400_lines(repository, modules):
    lengths = {n: (repository / "src" / n).read_text("utf-8").count("\n") for n in modules}
    assert {n: lines for n, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_function_has_more_than_50_lines(modules):
    long = {name: long_functions(tree) for name, tree in modules.items()}
    assert {name: found for name, found in long.items() if found} == {}


def test_a_function_of_51_lines_is_noticed_and_its_docstring_not_counted():
    body = "    x = 1\n" * 49
    assert long_functions(ast.parse("def f():\n" + body)) == []
    assert long_functions(ast.parse("def f():\n" + body + "    x = 2\n")) == ["f"]
    assert long_functions(ast.parse('def f():\n    """Words.\n\n    More."""\n' + body)) == []


def test_modules_are_named_after_what_is_in_them(modules):
    words = {name: {part.lower() for part in PurePosixPath(name[:-3]).parts} for name in modules}
    stems = {
        n: {piece for word in found for piece in word.split("_")} for n, found in words.items()
    }
    assert {n for n, found in stems.items() if found & NAMES_THAT_SAY_NOTHING} == set()
