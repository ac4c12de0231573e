"""The rule set making-data-count, beside a slow reading of its rules point by point."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway import spc
from headway.errors import OptionError


def chart(values, **options):
    days = np.datetime64("2020-01-01") + 7 * np.arange(len(values))
    return spc.chart(values, days, **{"rules": "making-data-count", **options})


def slow_lines(values, fixed, screened):
    known = [value for value in values[:fixed] if not math.isnan(value)]
    centre = math.fsum(known) / len(known) if known else math.nan
    ranges = [abs(new - old) for old, new in pairwise(values[:fixed])]
    ranges = [one for one in ranges if not math.isnan(one)]
    if screened and ranges:
        most = 3.267 * math.fsum(ranges) / len(ranges)
        ranges = [one for one in ranges if one < most]
    width = 2.66 * math.fsum(ranges) / len(ranges) if ranges else math.nan
    return centre, centre - width, centre + width


def slow_patterns(side, near, steps):
    """Points of a trend, of two in three, and of a run, each as a set."""
    trend, two, run = set(), set(), set()
    for end in range(len(side)):
        three, seven = range(end - 2, end + 1), range(end - 6, end + 1)
        if end >= 6 and len({side[at] for at in seven}) == 1 and side[end]:
            run.update(seven)
        if end >= 6 and len({steps[at] for at in seven[1:]}) == 1 and steps[end]:
            trend.update(seven)
        if end >= 2 and len({side[at] for at in three}) == 1 and side[end]:
            close = {at for at in three if near[at]}
            two.update(close if len(close) > 1 else ())
    return trend, two, run


def slow_labels(values, centre, lower, upper):
    third = (upper - centre) / 3 * 2
    side = [(value > centre) - (value < centre) for value in values]
    near = [abs(value - centre) > third and lower <= value <= upper for value in values]
    steps = [0, *((new > old) - (new < old) for old, new in pairwise(values))]
    trend, two, run = slow_patterns(side, near, steps)
    labels = []
    for at, value in enumerate(values):
        where = "Above" if side[at] > 0 else "Below"
        if value > upper or value < lower:
            labels.append("Above UCL" if value > upper else "Below LCL")
        elif at in trend:
            direction = steps[at + 1] if at + 1 in trend else steps[at]
            labels.append(f"7 Point Trend ({'In' if direction > 0 else 'De'}creasing)")
        elif at in two:
            labels.append(f"2 in 3 {where} CL")
        else:
            labels.append(f"7 Points {where} CL" if at in run else "")
    return labels


def wandering(seed):
    """Series with runs, trends, ties, wild points and gaps; every kind of label comes about."""
    rng = np.random.default_rng(seed)
    points = int(rng.integers(1, 90))
    values = rng.normal(0, 2, points)
    if seed % 3 == 0:
        values = np.cumsum(rng.normal(0.2, 1, points))
    if seed % 3 == 1:
        values[points // 2 :] += 1.5
    if seed % 4 == 0:
        values = np.round(values)
    if seed % 5 == 0:
        values[rng.random(points) < 0.1] *= 8
    if seed % 7 == 0:
        values[rng.random(points) < 0.08] = np.nan
    return values


@pytest.mark.parametrize("ranges", ["screened", "all"])
def test_generated_series_agree_with_a_slow_reading_of_the_rules(ranges):
    seen = set()
    for seed in range(150):
        values = wandering(seed)
        fixed = 20 if seed % 6 == 0 else None
        middle = len(values) // 2
        cuts = [middle] if seed % 2 and middle else []
        days = np.datetime64("2020-01-01") + 7 * np.arange(len(values))
        found = chart(values, ranges=ranges, baseline=fixed, rebase=days[cuts])
        for part in np.split(np.arange(len(values)), cuts):
            own = values[part].tolist()
            lines = slow_lines(own, fixed, ranges == "screened")
            drawn = found.centre[part], found.lower[part], found.upper[part]
            for line, expected in zip(drawn, lines, strict=True):
                assert np.allclose(line, expected, rtol=1e-12, equal_nan=True)
            labels = slow_labels(own, lines[0], lines[1], lines[2])
            assert [found.reasons[at] for at in part] == labels
            seen.update(labels)
    assert len(seen) == 9


def test_large_moving_ranges_are_left_out_once_and_only_there():
    # by hand: ten ranges of 1, and 14 and 13 about the wild point; mean 37/12, times 3.267 is
    # 10.1, so both go and the limits are 2.66 about the mean 5 + 20 / 13
    values = [5.0, 4, 5, 4, 5, 4, 18, 5, 4, 5, 4, 5, 4]
    centre = sum(values) / 13
    assert chart(values).upper[0] == pytest.approx(centre + 2.66)
    assert chart(values, ranges="all").upper[0] == pytest.approx(centre + 2.66 * 37 / 12)


def test_the_first_rule_that_holds_names_the_point():
    rising = chart([1.0, 9, 1, 9, 1, 9, 1, 2, 3, 4, 5, 6, 7, 30], better="lower")
    assert rising.reasons[13] == "Above UCL"
    assert rising.reasons[6:13] == ("7 Point Trend (Increasing)",) * 7
    assert rising.states[6:] == ("worse",) * 8


def test_seven_on_a_side_need_no_point_on_the_mean_and_a_tie_ends_a_trend():
    calm = [4.0, 6.0] * 10
    assert not any(chart([*calm, 5.5, 5.4, 5.5, 5.0, 5.4, 5.5, 5.4, 4.5, 4.3, 4.4]).reasons[20:])
    tied = chart([*calm, 1.0, 2, 3, 3, 4, 5, 6, 7, 4])
    assert not any("Trend" in reason for reason in tied.reasons)


def test_a_trend_is_good_or_bad_by_its_direction_on_either_side_of_the_mean():
    falling = chart([10.0, 9, 8, 7, 6, 5, 4, 3], ranges="all", better="lower")
    assert set(falling.reasons[1:-1]) == {"7 Point Trend (Decreasing)"}
    assert falling.states[1:-1] == ("better",) * 6


def test_equal_points_have_a_mean_and_no_limits_and_one_point_too():
    for values in ([5.0] * 20, [7.0]):
        found = chart(values)
        assert found.centre[0] == values[0]
        assert np.isnan(found.upper).all()
        assert not any(found.reasons)


def test_limits_fixed_on_the_first_points_stay_for_the_rest_of_the_part_and_rebase_with_it():
    calm = [4.0, 6.0] * 8
    values = [*calm, *(20 + value for value in calm)]
    days = np.datetime64("2020-01-01") + 7 * np.arange(32)
    found = chart(values, rebase=[days[16]], baseline=12, target=30.0, better="lower")
    assert (found.centre[0], found.centre[-1]) == (5, 25)
    assert [part.baseline for part in found.parts] == [12, 12]
    assert [part.start for part in found.parts] == [0, 16]
    assert spc.assurance(found) == "Hit and miss"
    between = chart(values, rebase=[days[16] - 3, days[16]])
    assert np.array_equal(between.centre, chart(values, change_at=16).centre)


def test_fewer_than_thirteen_points_are_drawn_with_a_warning_and_not_fixed_on_eleven():
    twelve = chart([1.0, 2] * 6)
    assert twelve.parts[0].short
    assert "12 points" in twelve.warnings[0]
    assert not chart([1.0, 2] * 7).parts[0].short
    with pytest.raises(OptionError, match="baseline is 11"):
        chart([1.0, 2] * 20, baseline=11)
    with pytest.raises(OptionError, match="'p'"):
        chart([0.1, 0.2] * 20, kind="p", n=np.full(40, 50))


def test_the_name_without_a_version_is_the_newest_version():
    assert chart([1.0, 2] * 10).rules == "making-data-count-1"
    assert chart([1.0, 2] * 10, rules="making-data-count-1").rules == "making-data-count-1"


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ([4.2, 4.4, 4.6, 4.8, 5.0, 5.2, 5.4], "The last 7 weeks rise without a break"),
        ([7.2, 7.3], "At least two of the last three weeks lie near the upper limit"),
        ([4.1] * 7, "The last 7 weeks sit below the earlier level"),
        ([30.0], "lies above the limits"),
        ([5.0], "Consistent with ordinary variation"),
    ],
)
def test_the_sentence_names_the_rule_of_the_newest_point(tail, said):
    assert said in spc.signal_sentence(chart([5.5, 4.5, 6.0, 5.0] * 8 + [6.0, *tail]))


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=60, unique=True))
def test_the_mirror_image_has_mirrored_flags(values):
    turned = {"better": "worse", "worse": "better"}
    plain = chart(values, better="lower")
    mirror = chart([-value for value in values], better="lower")
    assert [turned.get(state, state) for state in plain.states] == list(mirror.states)
