"""An earlier scan beside this one: what is new, what continues, what is gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from headway.errors import InputError
from headway.results import Finding, FindingKind
from headway.series import Slice

_TEXT = ("id", "kind", "metric", "sentence")
_ADVICE = "Give a file written by 'headway scan --format json'."


def load_previous(path: str | Path) -> tuple[Finding, ...]:
    """The findings of a scan that was saved as JSON.

    Raises
    ------
    InputError
        When the file cannot be read or is not the JSON form of a scan.
    """
    try:
        content = json.loads(Path(path).read_bytes())
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise InputError(f"The previous scan '{path}' cannot be read: {reason}.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"The previous scan '{path}' is not JSON. {_ADVICE}") from error
    found = content.get("findings") if isinstance(content, dict) else None
    if not isinstance(found, list) or not all(_is_finding(entry) for entry in found):
        raise InputError(f"The previous scan '{path}' holds no findings of a scan. {_ADVICE}")
    return tuple(_finding(entry) for entry in found)


def compare(
    findings: Sequence[Finding], previous: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings marked ``new`` or ``continuing``, and those of before that are gone.

    >>> now = Finding(id="b", kind="shift", metric="backlog", slice=Slice(), direction="worse",
    ...               sentence="The backlog grew.")
    >>> marked, gone = compare([now], [replace(now, id="a")])
    >>> marked[0].status, gone[0].id
    ('new', 'a')
    """
    before = {finding.id for finding in previous}
    now = {finding.id for finding in findings}
    marked = tuple(
        replace(finding, status="continuing" if finding.id in before else "new")
        for finding in findings
    )
    return marked, tuple(finding for finding in previous if finding.id not in now)


def _is_finding(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and all(isinstance(entry.get(name), str) for name in _TEXT)
        and entry["kind"] in get_args(FindingKind)
        and entry.get("direction") in (None, "better", "worse", "up", "down")
        and isinstance(entry.get("slice"), dict)
    )


def _finding(entry: dict[str, Any]) -> Finding:
    part = entry["slice"]
    return Finding(
        id=entry["id"],
        kind=entry["kind"],
        metric=entry["metric"],
        slice=Slice(str(part.get("dimension", "all")), str(part.get("value", ""))),
        direction=entry.get("direction"),
        sentence=entry["sentence"],
        since=_text(entry.get("since")),
        before=_figure(entry.get("before")),
        after=_figure(entry.get("after")),
        unit=_text(entry.get("unit")) or "",
        q=_figure(entry.get("q")),
        provisional=entry.get("provisional") is True,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _figure(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
