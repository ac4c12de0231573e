"""The invented organisation: its services, groups, people and words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Service:
    """A service: its share of the tickets, median working hours to resolve, and main group."""

    name: str
    share: float
    median_hours: float
    group: str
    items: tuple[str, ...]
    # Weights of CATEGORIES, in that order.
    categories: tuple[int, ...]


CATEGORIES = (
    "Access",
    "Password",
    "Fault",
    "Performance",
    "Hardware",
    "Installation",
    "Question",
    "Data",
)
SUBCATEGORIES = ("User", "Team", "Site", "Remote")
SERVICES = (
    Service("Email", 0.20, 9, "Messaging", ("mail-01", "mail-02"), (3, 4, 4, 2, 0, 1, 4, 1)),
    Service("Workplace", 0.22, 16, "Workplace", ("laptop", "desktop"), (1, 3, 4, 3, 6, 5, 3, 0)),
    Service("Network", 0.12, 7, "Network Operations", ("switch", "vpn"), (3, 1, 6, 4, 3, 1, 1, 0)),
    Service("Printing", 0.08, 11, "Field Support", ("printer",), (1, 0, 6, 1, 5, 3, 2, 0)),
    Service("Identity", 0.14, 4, "Identity", ("directory", "login"), (7, 9, 2, 0, 0, 0, 2, 1)),
    Service("Finance", 0.08, 20, "Business Systems", ("ledger",), (4, 2, 4, 2, 0, 1, 4, 5)),
    Service("HR Portal", 0.07, 18, "Business Systems", ("hr-app",), (4, 3, 3, 1, 0, 0, 5, 3)),
    Service("Intranet", 0.09, 14, "Web", ("cms", "search"), (3, 1, 4, 2, 0, 0, 4, 5)),
)
GROUPS = (
    "Service Desk",
    "Messaging",
    "Workplace",
    "Network Operations",
    "Field Support",
    "Identity",
    "Business Systems",
    "Web",
    "Database",
    "Infrastructure",
)
REOPENED = (0.05, 0.06, 0.08, 0.14, 0.07, 0.04, 0.09, 0.08, 0.06, 0.06)  # by group
PEOPLE_PER_GROUP = 7

PRIORITIES = ("1 - Critical", "2 - High", "3 - Medium", "4 - Low", "5 - Planning")
PRIORITY_SHARES = (0.01, 0.06, 0.28, 0.50, 0.15)
PRIORITY_FACTORS = (0.25, 0.5, 0.8, 1.1, 2.0)
TARGET_HOURS = (8, 16, 48, 96, 240)

TYPES = ("Incident", "Service request", "Problem")
TYPE_SHARES = (0.62, 0.365, 0.015)
TYPE_FACTORS = (1.0, 1.5, 8.0)

CHANNELS = ("Portal", "Phone", "Email", "Chat", "Monitoring")
CHANNEL_SHARES = (0.42, 0.28, 0.18, 0.07, 0.05)
DEPARTMENTS = (
    "Sales",
    "Production",
    "Logistics",
    "Finance",
    "Personnel",
    "Research",
    "Marketing",
    "Legal",
    "Purchasing",
)
LOCATIONS = ("Headquarters", "North", "South", "Harbour", "Remote")
REQUESTERS = 480

FIRST = (
    *("Ada", "Ben", "Cleo", "Dana", "Eli", "Faye", "Gus", "Hana", "Ivo", "Jana", "Kai", "Lena"),
    *("Milo", "Nora", "Otto", "Pia", "Quin", "Rosa", "Sam", "Tess", "Udo", "Vera", "Wim", "Yara"),
)
LAST = (
    *("Amber", "Birch", "Cedar", "Dale", "Elm", "Fern", "Grove", "Hazel", "Iris", "Juniper"),
    *("Knoll", "Larch", "Moor", "North", "Oak", "Pine", "Quill", "Reed", "Stone", "Thorn"),
    *("Upton", "Vale", "Wold", "Yew"),
)
NAMES = tuple(f"{first} {last}" for last, first in product(LAST, FIRST))
