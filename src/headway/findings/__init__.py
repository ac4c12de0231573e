"""Kinds of findings, their tests, their order and the budget of false alarms."""
