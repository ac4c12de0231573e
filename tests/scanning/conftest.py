"""Service desks that several tests look at, each scanned once."""

import desk
import pytest


@pytest.fixture(scope="session")
def slipping():
    """Rows of a desk on which Payroll takes three times as long from week 18 on."""
    return desk.tickets(1, slip="Payroll")


@pytest.fixture(scope="session")
def slip(slipping):
    """The scan of the slipping desk."""
    return desk.scan_of(desk.written(slipping))


@pytest.fixture(scope="session")
def quiet():
    """The scan of a desk on which nothing happens."""
    return desk.scan_of(desk.written(desk.tickets(2)))
