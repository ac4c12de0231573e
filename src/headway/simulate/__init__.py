"""A service desk with known truth, for the demo and the tests: invented, and the same by seed."""

from headway.simulate.changes import changes
from headway.simulate.desk import Desk
from headway.simulate.feedback import feedback
from headway.simulate.tickets import tickets
from headway.simulate.truths import Truth, truths
from headway.simulate.writing import write

__all__ = ["Desk", "Truth", "changes", "feedback", "tickets", "truths", "write"]
