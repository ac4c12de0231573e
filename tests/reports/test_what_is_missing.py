"""Whatever a metric lacks is named in words, and the way out exists."""

from dataclasses import replace

import pytest

from headway.mapping.roles import all_roles
from headway.metrics import catalogue
from headway.reports.missing import WORDS, missing
from headway.results import MetricResult

NOTHING = MetricResult("", "", "", "internal", "", "lower", computable=False)


@pytest.mark.parametrize("metric", [d.id for d in catalogue()])
def test_every_need_has_words_and_a_way_that_can_be_gone(metric):
    needs = next(d.needs for d in catalogue() if d.id == metric)
    assert {name for need in needs for name in need.split(" | ")} <= set(WORDS)
    for _, command in missing(replace(NOTHING, needs=needs)).ways:
        _, _, told = command.partition("--map ")
        assert not told or told.removesuffix("=COLUMN") in all_roles()
