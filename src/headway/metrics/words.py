"""Words of the tools that decide whether a ticket counts, in lower case."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


FINISHED_STATES = _words(
    "closed, resolved, done, complete, completed, cancelled, canceled, rejected, withdrawn, solved,"
    " fixed, implemented, finished, closed complete, closed incomplete, closed skipped, won't do,"
    " won't fix, geschlossen, gelöst, erledigt, abgeschlossen, abgebrochen"
)
CATCH_ALL_CATEGORIES = _words(
    "uncategorised, uncategorized, unclassified, unknown, other, others, none, n/a, misc,"
    " miscellaneous, general, not set, to be categorised, to be categorized, sonstiges"
)
HIGHEST_PRIORITIES = _words(
    "1, p1, critical, highest, blocker, 1 - critical, 1-critical, sev1, sev 1, 1 - kritisch"
)
FAILED_OUTCOMES = _words(
    "failed, failure, unsuccessful, backed out, backed_out, rolled back, rolled_back, rollback,"
    " reverted, aborted, fehlgeschlagen"
)
EMERGENCY_CHANGES = _words("emergency, notfall")
