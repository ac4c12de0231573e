"""Words of the tools that decide whether a ticket counts, in lower case."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


CATCH_ALL_CATEGORIES = _words(
    "uncategorised, uncategorized, unclassified, unknown, other, others, none, n/a, misc,"
    " miscellaneous, general, not set, to be categorised, to be categorized, sonstiges"
)
HIGHEST_PRIORITIES = _words(
    "1, p1, critical, highest, blocker, 1 - critical, 1-critical, sev1, sev 1, 1 - kritisch"
)
SELF_SERVICE = _words(
    "self service, self-service, selfservice, self_service, portal, service portal, self-service"
    " portal, customer portal, web portal, web, webform, web form, web-form, website, internet,"
    " catalog, catalogue, service catalog, service catalogue, virtual agent, chatbot,"
    " kundenportal, serviceportal, service-portal, webportal, webformular, selbstbedienung"
)
OPEN_APPROVALS = _words(
    "requested, not yet requested, not requested, pending, open, waiting, waiting for approval,"
    " offen, angefragt, ausstehend, beantragt"
)
NO_DECISION = _words(
    "not required, no longer required, cancelled, canceled, duplicate, withdrawn, storniert"
)
STANDARD_CHANGES = frozenset({"standard"})
FAILED_OUTCOMES = frozenset({"failed"})
EMERGENCY_CHANGES = frozenset({"emergency"})
