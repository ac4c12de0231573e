"""A renamed value is one value; one that really goes or comes is not."""

import numpy as np
from made_panels import panel

from headway.findings.renaming import renamings, without
from headway.series import Slice

WEEKS = 30


def arrivals(*rows):
    value = np.vstack([np.sum(rows, axis=0), *rows]).astype(float)
    return panel(value, metric="arrivals", statistic="count", unit="tickets")


def part(seed, first, last, rate=40):
    made = np.random.default_rng(seed).poisson(rate, WEEKS)
    return np.where((np.arange(WEEKS) >= first) & (np.arange(WEEKS) < last), made, 0)


def test_a_value_that_ends_as_another_begins_was_renamed():
    made = arrivals(part(1, 0, 18), part(2, 18, 30), part(3, 0, 30))
    (found,) = renamings(made)
    assert (found.old, found.new) == (Slice("service", "S1"), Slice("service", "S2"))
    assert found.finding.kind == "data"
    assert found.finding.since == str(made.periods.starts[18])
    assert found.old not in without(made, [found]).slices
    assert Slice("service", "S3") in without(made, [found]).slices


def test_another_level_another_time_or_a_value_that_stays_is_no_renaming():
    assert renamings(arrivals(part(1, 0, 18), part(2, 18, 30, rate=90), part(3, 0, 30))) == []
    assert renamings(arrivals(part(1, 0, 12), part(2, 20, 30), part(3, 0, 30))) == []
    assert renamings(arrivals(part(1, 0, 30), part(2, 18, 30), part(3, 0, 30))) == []


def test_quiet_slices_are_left_alone():
    made = arrivals(part(1, 0, 30), part(2, 0, 30))
    assert renamings(made) == []
    assert without(made, []) is made
