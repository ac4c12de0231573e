"""Names of people, kept out of what a scan shows even where they stand in another column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headway.engine.columns import codes
from headway.engine.people import People, people_of
from headway.mapping.model import ColumnRole, Mapping
from headway.records import PEOPLE, Doubt, Records
from headway.sources import RawTable

HIDDEN = "(a name)"
QUOTED = re.compile(r"'([^']*)'")


def without_examples(mappings: Sequence[Mapping], raws: Sequence[RawTable]) -> tuple[Mapping, ...]:
    """The mappings without examples that hold the name of an assignee or a requester."""
    people = people_in(mappings, raws)
    return tuple(
        replace(each, roles=tuple(_shown(entry, people) for entry in each.roles))
        for each in mappings
    )


def people_in(mappings: Sequence[Mapping], raws: Sequence[RawTable]) -> People:
    """Every assignee and requester of the sources, also of rows that could not be used."""
    pairs = zip(mappings, raws, strict=True)
    return People(frozenset().union(*(_names(each, raw) for each, raw in pairs)))


def told_without_names(records: Records, people: People) -> Records:
    """The records with no person in their rejected values and in the words about doubts."""
    rejects = tuple(
        (*reject[:4], HIDDEN if people.mentioned_in(reject[4]) else reject[4])
        for reject in records.rejects
    )
    return replace(
        records,
        rejects=rejects,
        doubts=tuple(_told(doubt, people) for doubt in records.doubts),
        warnings=tuple(_hidden(warning, people) for warning in records.warnings),
    )


def _told(doubt: Doubt, people: People) -> Doubt:
    examples = tuple(HIDDEN if people.mentioned_in(e) else e for e in doubt.examples)
    return replace(doubt, examples=examples, sentence=_hidden(doubt.sentence, people))


def _hidden(sentence: str, people: People) -> str:
    """The sentence with each quoted person left out."""
    return QUOTED.sub(lambda m: HIDDEN if people.mentioned_in(m.group(1)) else m.group(0), sentence)


def without_names(tickets: pa.Table, records: Records) -> pa.Table:
    """The tickets without titles and people, also where a person stands as a group or the like."""
    people = people_of(records)
    out = tickets.drop_columns([*PEOPLE, "title"])
    for index, field in enumerate(out.schema):
        if not pa.types.is_dictionary(field.type):
            continue
        row_codes, values = codes(out, field.name)
        named = np.array([*(people.named_by(value or "") for value in values), False])[row_codes]
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
            found.update(word for word in words if word)
    return frozenset(found)


def _shown(entry: ColumnRole, people: People) -> ColumnRole:
    if entry.role == "title":  # free text may name anybody
        return replace(entry, examples=())
    kept = tuple(example for example in entry.examples if not people.mentioned_in(example))
    return entry if kept == entry.examples else replace(entry, examples=kept)
