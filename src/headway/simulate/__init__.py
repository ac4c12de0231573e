"""A service desk with known truth, for the demo and the tests: invented, and the same by seed."""

from headway.simulate.alterations import alterations
from headway.simulate.approvals import approvals
from headway.simulate.changes import changes
from headway.simulate.desk import Desk
from headway.simulate.events import events
from headway.simulate.feedback import feedback
from headway.simulate.scenarios import SCENARIOS, scenario
from headway.simulate.suggestions import suggestions
from headway.simulate.tickets import ticket_blocks, tickets
from headway.simulate.truths import Truth, truths
from headway.simulate.writing import write, write_desk

__all__ = [
    "SCENARIOS",
    "Desk",
    "Truth",
    "alterations",
    "approvals",
    "changes",
    "events",
    "feedback",
    "scenario",
    "suggestions",
    "ticket_blocks",
    "tickets",
    "truths",
    "write",
    "write_desk",
]
