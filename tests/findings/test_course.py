"""A change at once and a change over weeks are told apart."""

import numpy as np

from headway.findings.course import follow


def course_of(values, cut, low, high):
    values = np.asarray(values, dtype=float)
    return follow(values, np.ones(len(values)), cut, low, high)


def noise(seed, points):
    return np.random.default_rng(seed).normal(scale=0.2, size=points)


def test_a_step_stays_a_step_with_the_interval_of_its_date():
    for seed in range(20):
        y = np.r_[np.zeros(12), np.full(12, 4.0)] + noise(seed, 24)
        course = course_of(y, 12, 12, 12)
        assert (course.begin, course.end, course.gradual) == (12, 12, False)


def test_a_passage_is_seen_with_its_first_and_last_week():
    y = np.r_[np.zeros(10), np.linspace(0, 6, 12)[1:-1], np.full(10, 6.0)]
    found = [course_of(y + noise(seed, 30), 15, 14, 16) for seed in range(20)]
    assert all(course.gradual for course in found)
    assert all(abs(course.begin - 10) <= 2 and abs(course.end - 20) <= 2 for course in found)


def test_noise_alone_is_no_passage():
    gradual = [course_of(noise(seed, 26), 13, 10, 11).gradual for seed in range(100)]
    assert np.mean(gradual) <= 0.1


def test_weeks_without_a_value_keep_their_place_on_the_calendar():
    y = np.r_[np.zeros(10), np.linspace(0, 6, 12)[1:-1], np.full(10, 6.0)] + noise(3, 30)
    y[[2, 5, 24]] = np.nan
    course = course_of(y, 15, 14, 16)
    assert course.gradual
    assert abs(course.begin - 10) <= 2
    assert abs(course.end - 20) <= 2


def test_a_step_whose_date_is_not_well_known_is_still_a_step():
    y = np.r_[np.zeros(12), np.full(12, 1.2)] + 2 * noise(4, 24)
    course = course_of(y, 12, 8, 15)
    assert (course.begin, course.end, course.gradual) == (8, 15, False)
