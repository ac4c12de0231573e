"""Names of people, kept out of what a scan shows even where they stand in another column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from headway.engine.columns import codes, words_in
from headway.engine.slices import person_names
from headway.mapping.model import ColumnRole, Mapping
from headway.records import PEOPLE, Doubt, Records
from headway.sources import RawTable

HIDDEN = "(a name)"
QUOTED = re.compile(r"'([^']*)'")
SHORTEST = 5  # a shorter name is looked for as a whole cell only: "Al" is in "Portal"


def without_examples(mappings: Sequence[Mapping], raws: Sequence[RawTable]) -> tuple[Mapping, ...]:
    """The mappings without examples that hold the name of an assignee or a requester."""
    names = names_in(mappings, raws)
    return tuple(
        replace(each, roles=tuple(_shown(entry, names) for entry in each.roles))
        for each in mappings
    )


def names_in(mappings: Sequence[Mapping], raws: Sequence[RawTable]) -> frozenset[str]:
    """Every assignee and requester of the sources, also of rows that could not be used."""
    pairs = zip(mappings, raws, strict=True)
    return frozenset().union(*(_names(each, raw) for each, raw in pairs))


def told_without_names(records: Records, names: frozenset[str]) -> Records:
    """The records with no person in their rejected values and in the words about doubts."""
    rejects = tuple(
        (*reject[:4], HIDDEN if _named(reject[4], names) else reject[4])
        for reject in records.rejects
    )
    return replace(
        records,
        rejects=rejects,
        doubts=tuple(_told(doubt, names) for doubt in records.doubts),
        warnings=tuple(_hidden(warning, names) for warning in records.warnings),
    )


def _told(doubt: Doubt, names: frozenset[str]) -> Doubt:
    examples = tuple(HIDDEN if _named(e, names) else e for e in doubt.examples)
    return replace(doubt, examples=examples, sentence=_hidden(doubt.sentence, names))


def _hidden(sentence: str, names: frozenset[str]) -> str:
    """The sentence with each quoted person left out."""
    return QUOTED.sub(lambda m: HIDDEN if _named(m.group(1), names) else m.group(0), sentence)


def without_names(tickets: pa.Table, records: Records) -> pa.Table:
    """The tickets without titles and people, also where a person stands as a group or the like."""
    names = person_names(records)
    out = tickets.drop_columns([*PEOPLE, "title"])
    for index, field in enumerate(out.schema):
        if not pa.types.is_dictionary(field.type):
            continue
        named = words_in(codes(out, field.name), names)
        if named.any():
            words = out.column(index).cast(pa.string())
            kept = pc.if_else(pa.array(named), pa.scalar(None, pa.string()), words)
            out = out.set_column(index, field.name, kept.dictionary_encode())
    return out


def _names(mapping: Mapping, raw: RawTable) -> frozenset[str]:
    found: set[str] = set()
    for role in PEOPLE:
        entry = mapping.of(role)
        if entry is not None and entry.column in raw.table.column_names:
            words = raw.table.column(entry.column).cast(pa.string()).unique().to_pylist()
            found.update(word.strip().casefold() for word in words if word)
    return frozenset(found - {""})


def _shown(entry: ColumnRole, names: frozenset[str]) -> ColumnRole:
    if entry.role == "title":  # free text may name anybody
        return replace(entry, examples=())
    kept = tuple(example for example in entry.examples if not _named(example, names))
    return entry if kept == entry.examples else replace(entry, examples=kept)


def _named(example: str, names: frozenset[str]) -> bool:
    text = example.strip().casefold()
    return text in names or any(name in text for name in names if len(name) >= SHORTEST)
