"""What a metric that cannot be computed is missing, and how to give it."""

from __future__ import annotations

from dataclasses import dataclass

from headway.reports.words import clean
from headway.results import MetricResult

WORDS = {
    "opened_at": "the opening time",
    "resolved_at": "the resolve time",
    "closed_at": "the closing time",
    "first_response_at": "the time of the first response",
    "target_met": "whether the target was met",
    "target_due_at": "the time by which it is due",
    "category": "the category of a ticket",
    "priority": "the priority",
    "major": "which tickets are major incidents",
    "groups_seen": "the history of groups",
    "group_returns": "the history of groups",
    "priority_changes": "the history of priorities",
    "pending_seconds": "the history of states",
    "requester": "who asked",
    "configuration_item": "the configuration item",
    "channel": "the channel",
    "first_contact": "which tickets were solved at the first contact",
    "change_id": "the change that an incident is linked to",
    "problem_id": "the problem that an incident is linked to",
    "release": "the release of each change",
    "actual_end_at": "when each change was finished",
    "approvals.requested_at": "when approvals were asked for",
    "approvals.decided_at": "when approvals were decided",
    "reassignments": "how often a ticket was passed on",
    "reopens": "how often a ticket was reopened",
    "change_type": "the type of each change",
    "authorised": "which changes were authorised",
    "outcome": "the outcome of each change",
    "feedback.score": "the scores of a survey",
    "feedback.asked_at": "when a survey was sent",
    "alterations.altered_at": "a log of alterations",
    "kind=change": "changes",
}
FILES = {
    "feedback": ("add a file of survey answers", "headway scan FILE FEEDBACK"),
    "alterations": ("add a file of alterations", "headway scan FILE ALTERATIONS"),
    "approvals": ("add a file of approvals", "headway scan FILE APPROVALS"),
}
CHANGES = ("add the file of changes", "headway scan FILE CHANGES")
FROM_HISTORY = ("groups_seen", "group_returns", "priority_changes", "pending_seconds")
HISTORY = ("export one row per update", "headway scan HISTORY")


@dataclass(frozen=True)
class Missing:
    """One metric, what it lacks in words, and the ways out: what to add, and how it is given."""

    name: str
    lacks: str
    ways: tuple[tuple[str, str], ...]


def missing(metric: MetricResult) -> Missing:
    """What ``metric`` lacks.

    >>> found = missing(MetricResult("major_incidents", "Major incidents", "", "internal",
    ...     "tickets", "lower", computable=False, needs=("major",)))
    >>> found.lacks, found.ways
    ('which tickets are major incidents', (('', '--map major=COLUMN'),))
    """
    needs = [[name.strip() for name in need.split("|")] for need in metric.needs]
    changes = ["kind=change"] in needs
    told = [each for each in needs if each != ["kind=change"]] or needs
    lacks = ", ".join(" or ".join(_words(name) for name in each) for each in told)
    ways = [_way(name, changes=changes) for each in needs for name in each]
    return Missing(clean(metric.name), lacks or clean(metric.note), tuple(dict.fromkeys(ways)))


def _words(name: str) -> str:
    return WORDS.get(name) or clean(name.rpartition(".")[2].replace("_", " ").replace("=", " "))


def _way(name: str, *, changes: bool) -> tuple[str, str]:
    """What to add and the words of the command line; a column of the file itself needs only these.

    Columns of changes come with the file of changes.
    """
    table, dot, _ = name.partition(".")
    if dot and table in FILES:
        return FILES[table]
    if name.startswith("kind=") or changes:
        return CHANGES
    if name in FROM_HISTORY:
        return HISTORY
    return "", f"--map {clean(name)}=COLUMN"
