"""From files or frames to checked records: read, map, take in, narrow."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from headway import intake, mapping, readers
from headway.engine.filter import keep
from headway.errors import MappingError
from headway.mapping.model import Mapping
from headway.records import Records
from headway.scanning.options import MINIMUM_PEOPLE, Options
from headway.scanning.people import people_in, told_without_names, without_examples
from headway.sources import RawTable

Progress = Callable[[str, int, int | None], None]
Source = Any  # a path, "-", an open binary file, or a pandas, Polars or Arrow table


@dataclass(frozen=True)
class Gathered:
    """Sources, how they were read, and their records.

    Attributes
    ----------
    names, sha256
        Of each source, in the order given.
    mappings
        One per source.
    records
        All of them, before any narrowing: counts of rows are those of the sources.
    chosen
        The records that the options leave.
    """

    names: tuple[str, ...]
    sha256: tuple[tuple[str, str], ...]
    mappings: tuple[Mapping, ...]
    records: Records
    chosen: Records
    warnings: tuple[str, ...]


def gather(
    sources: Sequence[Source], options: Options, *, on_progress: Progress | None = None
) -> Gathered:
    """Read, map and check the sources.

    Raises
    ------
    InputError
        When a source cannot be read or holds nothing usable.
    MappingError
        When a column's meaning cannot be decided and the scan cannot do without it.
    """
    raws = tuple(_read(source, on_progress) for source in sources)
    mappings = map_sources(raws, options)
    check(mappings)
    built = intake.build(list(zip(raws, mappings, strict=True)), clock=options.clock)
    records = told_without_names(built, people_in(mappings, raws))
    chosen = keep(
        records,
        where=options.where,
        first=options.first,
        last=options.last,
        clock=options.clock,
        minimum_people=MINIMUM_PEOPLE,
    )
    said = (*(w for raw in raws for w in raw.warnings), *(w for m in mappings for w in m.warnings))
    return Gathered(
        names=tuple(raw.name for raw in raws),
        sha256=tuple((raw.name, raw.sha256) for raw in raws),
        mappings=mappings,
        records=records,
        chosen=chosen,
        warnings=tuple(dict.fromkeys((*said, *records.warnings))),
    )


def map_sources(raws: Sequence[RawTable], options: Options) -> tuple[Mapping, ...]:
    """The mapping of each source, with saved ones and overrides applied."""
    saved = mapping.load(options.saved) if options.saved else None
    found = mapping.detect_all(
        raws, overrides=options.overrides, saved=saved, date_order=options.date_order
    )
    return without_examples(found, raws)


def check(mappings: Sequence[Mapping]) -> None:
    """Raise MappingError for the first question that no scan can do without.

    What else is open is told in the result.
    """
    for each in mappings:
        mapping.check(each)


def read_source(source: Source, on_progress: Progress | None = None) -> RawTable:
    """One source as read."""
    return _read(source, on_progress)


def _read(source: Source, on_progress: Progress | None) -> RawTable:
    if isinstance(source, RawTable):
        return source
    if isinstance(source, str | os.PathLike):
        name = Path(source).name
        step = (lambda done, total: on_progress(name, done, total)) if on_progress else None
        return readers.read(source, on_progress=step)
    if hasattr(source, "read"):
        return readers.read(source)
    if hasattr(source, "__arrow_c_stream__") or hasattr(source, "__dataframe__"):
        return readers.from_frame(source)
    raise MappingError(
        f"A {type(source).__name__} cannot be scanned; give a path, '-', an open binary file, "
        "or a pandas, Polars or Arrow table."
    )
