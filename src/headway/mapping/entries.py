"""One column's entry in a mapping, with the evidence in words."""

from __future__ import annotations

import pyarrow.compute as pc

from headway.mapping import flags
from headway.mapping.claims import Claim
from headway.mapping.dates import DateDecision
from headway.mapping.model import ColumnRole
from headway.mapping.presets import normalised, presets
from headway.mapping.profile import Profile
from headway.mapping.roles import ROLES
from headway.records import PEOPLE

_NOUNS = {"instant": "dates", "flag": "yes or no", "number": "numbers"}
_UNITS = ("seconds", "minutes", "hours", "days")
_UNIT_WORDS = {"tage": "days", "stunden": "hours", "minuten": "minutes", "sekunden": "seconds",
               "hrs": "hours", "hr": "hours", "mins": "minutes", "min": "minutes"}  # fmt: skip
_NEUTRAL = ("true", "false", "yes", "no", "y", "n", "1", "0", "1.0", "0.0", "ja", "nein", "wahr",
            "falsch", "t", "f", "j", "x", "on", "off")  # fmt: skip


def entry(
    role: str,
    seen: Profile,
    table: str,
    *,
    claim: Claim | None,
    weaker: tuple[str, ...],
    given: str,
    certain: bool,
    decision: DateDecision | None,
) -> ColumnRole:
    """The entry of the column ``seen`` as ``role``.

    ``given`` says who settled it when no name did; ``certain`` that it was not Headway; ``weaker``
    holds the columns whose names fit less well.
    """
    fitting = decision.parsed if decision else seen.fitting(ROLES[table][role])
    share = fitting / seen.known if seen.known else 0.0
    noun = _NOUNS.get(ROLES[table][role])
    words = [given or _by_name(claim, seen)]
    if weaker:
        words.append(f"preferred to {' and '.join(repr(name) for name in weaker)}")
    if noun and seen.known:
        words.append(f"{fitting:,} of {seen.known:,} values are {noun}")
    negated = role == "target_met" and _negated(seen)
    if negated:
        words.append("yes means that the target was missed")
    if role == "kind" and normalised(seen.name) in ("number", "id"):
        words = ["the letters before the number tell the kind"]
    return ColumnRole(
        role=role,
        column=seen.name,
        confidence=1.0 if certain else round(_base(claim) * (0.5 + 0.5 * share), 2),
        evidence="; ".join(words),
        examples=_examples(role, seen, table),
        date_format=decision.format if decision else "",
        date_evidence=decision.evidence if decision else "",
        missing=seen.missing,
        negated=negated,
        unit=_unit(seen.name) if role == "duration" else "",
    )


def _by_name(claim: Claim | None, seen: Profile) -> str:
    tool = f" as in {claim.tool}" if claim and claim.tool else ""
    return f"named '{seen.name}'{tool}"


def _base(claim: Claim | None) -> float:
    if claim is None:
        return 0.6
    return (0.98 if claim.tool else 0.95) - 0.1 * claim.strength[1]


def _negated(seen: Profile) -> bool:
    """'Breached: yes' is a miss; 'Breach status: met' speaks for itself."""
    name = normalised(seen.name)
    if not any(name in preset.negated for preset in presets()):
        return False
    plain = set(flags.plain(seen.values.slice(0, 20)).to_pylist())
    return plain <= set(_NEUTRAL) and bool(pc.any(flags.parse(seen.values).is_valid()).as_py())


def _unit(name: str) -> str:
    words = normalised(name).split()
    words += [_UNIT_WORDS[word] for word in words if word in _UNIT_WORDS]
    if "business duration" in normalised(name) or "calendar" in words:
        return "seconds"  # ServiceNow exports these durations in seconds
    return next((unit for unit in _UNITS if unit in words), "")


def _examples(role: str, seen: Profile, table: str) -> tuple[str, ...]:
    """Never of people, nor words astray among dates and numbers: they may be people too."""
    if role in PEOPLE:
        return ()
    values = seen.values
    if ROLES[table][role] in ("instant", "number"):
        values = (
            values
            if seen.typed is not None
            else values.filter(pc.match_substring_regex(values, "[0-9]"))
        )
    return tuple(values.slice(0, 3).to_pylist())
