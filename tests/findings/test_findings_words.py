"""Figures, dates and chances as a person says them, and one result behind every word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.engine.slices import DIMENSIONS
from headway.findings import wording
from headway.findings.phrases import phrase
from headway.findings.shift_findings import direction_of, finding_id
from headway.metrics import catalogue
from headway.series import Slice


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.004, "0"),
        (-0.004, "0"),
        (0.25, "0.25"),
        (1.0, "1"),
        (2.46, "2.5"),
        (19.96, "20"),
        (91.4, "91"),
        (1234567.0, "1,234,567"),
        (-12.0, "−12"),
        (float("nan"), "unknown"),
        (float("inf"), "unknown"),
    ],
)
def test_figures_have_two_or_three_digits_and_a_true_minus(value, text):
    assert wording.figure(value) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.05, "about 1 time in 20"),
        (0.004, "about 1 time in 250"),
        (0.0000123, "about 1 time in 81,000"),
        (0.0, "less than 1 time in 100,000"),
        (1.0, "about 1 time in 1"),
    ],
)
def test_a_chance_is_a_plain_frequency(p, text):
    assert wording.chance(p) == text


@given(st.floats(0, 1))
def test_a_chance_is_never_certain_and_never_a_per_cent(p):
    said = wording.chance(p)
    assert "1 time in " in said
    assert "%" not in said


def test_short_times_are_minutes_and_one_hour_is_one_hour():
    assert wording.measure(0.5, "h") == "30\u00a0minutes"
    assert wording.measure(1.0, "h") == "1\u00a0hour"
    assert wording.measure(36.0, "h") == "36\u00a0hours"
    assert wording.measure(3.0, "", span="month") == "3 a month"


def test_every_dimension_has_its_words():
    for dimension in DIMENSIONS:
        assert "Net work" in wording.place(Slice(dimension, "Net work"))


def test_every_metric_has_its_phrases():
    for definition in catalogue():
        words = phrase(definition.id)
        assert "{subject}" in words.rises
        assert "{subject}" in words.falls
        assert words.rises != words.falls


def test_braces_in_the_name_of_a_slice_are_harmless():
    subject = wording.place(Slice("service", "{0} {x}"))
    assert phrase("arrivals").rises.format(subject=subject).count("{0} {x}") == 1


@pytest.mark.parametrize(
    ("better", "rises", "direction"),
    [
        ("lower", True, "worse"),
        ("lower", False, "better"),
        ("higher", True, "better"),
        ("higher", False, "worse"),
        ("neither", True, "up"),
        ("neither", False, "down"),
    ],
)
def test_the_direction_follows_what_is_better(better, rises, direction):
    assert direction_of(better, rises) == direction


def test_an_id_depends_on_kind_metric_slice_and_direction():
    part = Slice("service", "Email")
    ids = {
        finding_id(kind, metric, where, direction)
        for kind in ("shift", "level")
        for metric in ("backlog", "resolved")
        for where in (part, Slice())
        for direction in ("worse", "better")
    }
    assert len(ids) == 16
    assert finding_id("shift", "backlog", part, "worse") in ids
