"""The rule set anhoej: charts of every kind beside slow formulas and published examples."""

import math
import statistics
from itertools import pairwise

import numpy as np
import pytest

from headway import spc
from headway.errors import InputError, OptionError

# Montgomery, Introduction to Statistical Quality Control: table 7.1, nonconforming cans in 30
# samples of 50; table 7.7, nonconformities in 26 samples of boards; example 7.6, hours between
# failures of a valve.
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9]
CANS += [12, 7, 13, 9, 6]
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24]
BOARDS += [16, 19, 17, 15]
VALVE = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214]
VALVE += [2831, 96]


def days(points):
    return np.datetime64("2024-01-01") + np.arange(points)


def chart(values, **options):
    return spc.chart(values, days(len(values)), **{"rules": "anhoej", **options})


def flagged(found):
    return [at for at, reason in enumerate(found.reasons) if reason]


def ranges(values, screened):
    found = [abs(new - old) for old, new in pairwise(values)]
    found = [one for one in found if one == one]
    if screened:
        most = 3.267 * statistics.fmean(found)
        found = [one for one in found if one < most]
    return statistics.fmean(found) / 1.128


def slow_lines(kind, values, n, base, screened):
    """Centre, sigma of each point, lowest and highest limit, on the scale of the limits."""
    fixed = [values[at] for at in base]
    known = [value for value in fixed if value == value]
    every = [1.0] * len(values)
    if kind in ("i", "t"):
        return statistics.fmean(known), [ranges(fixed, screened)] * len(every), -9e99, 9e99
    if kind in ("c", "g"):
        m = statistics.fmean(known)
        return m, [math.sqrt(m if kind == "c" else m * (m + 1))] * len(every), 0, 9e99
    weighed = [at for at in base if values[at] == values[at]]
    m = math.fsum(values[at] * n[at] for at in weighed) / math.fsum(n[at] for at in weighed)
    if kind == "i'":
        steps = [
            abs(values[at] - values[at - 1]) / math.sqrt(1 / n[at] + 1 / n[at - 1])
            for at in range(1, len(values))
        ]
        spread = math.sqrt(math.pi / 2) * statistics.fmean(s for s in steps if s == s)
        return m, [spread / math.sqrt(one) for one in n], -9e99, 9e99
    share = kind[0] == "p"
    sigma = [math.sqrt(m * (1 - m if share else 1) / one) for one in n]
    if kind.endswith("'"):
        ratio = ranges([(values[at] - m) / sigma[at] for at in base], screened)
        sigma = [ratio * one for one in sigma]
    return m, sigma, 0, 1 if share else 9e99


def generated(kind, rng):
    points = int(rng.integers(10, 60))
    n = rng.integers(40, 400, points).astype(float)
    values = {
        "i": rng.normal(10, 3, points),
        "i'": rng.normal(10, 3, points),
        "t": rng.exponential(20, points) + 0.01,
        "c": rng.poisson(3, points) * 1.0,
        "g": rng.geometric(0.1, points) * 1.0,
        "p": rng.binomial(n.astype(int), rng.beta(2, 20)) / n,
        "u": rng.poisson(n * 0.02) / n,
    }[kind.replace("p'", "p").replace("u'", "u")]
    values[rng.random(points) < 0.05] = np.nan
    return values, n


@pytest.mark.parametrize("kind", ["i", "i'", "t", "c", "g", "p", "p'", "u", "u'"])
def test_generated_series_agree_with_slow_formulas(kind):
    rng = np.random.default_rng(71)
    for trial in range(25):
        values, n = generated(kind, rng)
        count, screened = len(values), trial % 3 == 0 and kind != "i'"
        fixed = 9 if trial % 4 == 1 else count
        left_out = [2, 5] if trial % 5 == 2 else []
        found = chart(
            values,
            kind=kind,
            n=n if kind[0] in "pu" or kind == "i'" else None,
            baseline=fixed if fixed < count else None,
            exclude=days(count)[left_out],
            ranges="screened" if screened else None,
        )
        power = 3.6 if kind == "t" else 1
        base = [at for at in range(fixed) if at not in left_out]
        raw = [value ** (1 / power) for value in values.tolist()]
        centre, sigma, low, high = slow_lines(kind, raw, n.tolist(), base, screened)
        known = [values[at] for at in base if values[at] == values[at]]
        shown = statistics.median(known) if kind == "g" else centre**power
        assert np.allclose(found.centre, shown, rtol=1e-10)
        for line, times in ((found.lower, -3), (found.upper, 3), (found.inner_upper, 2)):
            slow = [min(max(centre + times * one, low), high) for one in sigma]
            slow = [math.copysign(abs(one) ** power, one) for one in slow]
            slow = [max(one, 0) if kind == "t" else one for one in slow]
            drawn = np.isfinite(values)
            assert np.allclose(line[drawn], np.array(slow)[drawn], rtol=1e-10, atol=1e-12)
        outside = np.flatnonzero((values > found.upper) | (values < found.lower))
        assert flagged(found) == outside.tolist()


def test_shares_agree_with_montgomery_example_7_1_revised_without_samples_15_and_23():
    found = chart(np.array(CANS) / 50, n=np.full(30, 50), kind="p", exclude=days(30)[[14, 22]])
    lines = found.lower[0], found.centre[0], found.upper[0]
    assert lines == pytest.approx((0.0407, 0.2150, 0.3893), abs=5e-5)
    assert flagged(found) == [14, 20, 22]
    assert found.parts[0].runs.useful == 28


def test_counts_agree_with_montgomery_example_7_3_first_and_revised():
    first = chart(BOARDS, kind="c")
    assert (first.centre[0], first.upper[0]) == pytest.approx((19.85, 33.21), abs=0.01)
    assert flagged(first) == [5, 19]
    revised = chart(BOARDS, kind="c", exclude=days(26)[[5, 19]])
    lines = revised.lower[0], revised.centre[0], revised.upper[0]
    assert lines == pytest.approx((6.36, 19.67, 32.97), abs=0.01)


def test_times_agree_with_montgomery_example_7_6():
    found = chart(VALVE, kind="t")
    assert found.centre[0] ** 0.2777 == pytest.approx(5.386, abs=0.01)
    assert found.upper[0] ** 0.2777 == pytest.approx(11.67, abs=0.03)
    assert found.lower[0] == 0


def test_a_run_chart_is_drawn_unless_another_kind_is_named():
    found = chart([1.0, 2, 9, 4, 5])
    assert found.kind == "run"
    assert found.centre[0] == 4
    assert np.isnan(found.upper).all()
    assert not flagged(found)


def test_limits_rest_on_the_whole_part_and_so_follow_a_shift_unless_frozen():
    calm = [4.0, 6.0] * 15
    shifted = [*calm, *(value + 3 for value in calm)]
    assert chart(shifted, kind="i").centre[0] == 6.5
    assert chart(shifted, kind="i", baseline=30).centre[0] == 5
    rebased = chart(shifted, kind="i", rebase=[days(60)[30]])
    assert (rebased.centre[0], rebased.centre[-1]) == (5, 8)
    assert [part.runs.crossings for part in rebased.parts] == [29, 29]
    assert chart(shifted, kind="i").signals


def test_sigma_z_below_one_narrows_the_limits_here_and_only_here():
    n = np.full(30, 10_000)
    share = np.tile([0.2, 0.201, 0.2005], 10)
    compatible = chart(share, n=n, kind="p'")
    ours = chart(share, n=n, kind="p'", rules="headway-1")
    assert compatible.sigma_z < 1
    assert compatible.upper[0] - 0.2005 < ours.upper[0] - 0.2005


def test_a_known_centre_line_is_used_and_drawn():
    assert chart(BOARDS, kind="c", centre=16.0).upper[0] == 28
    seldom = chart([3.0, 40, 12, 6], kind="g", centre=20.0)
    assert seldom.centre[0] == pytest.approx(0.693 * 20)
    assert seldom.upper[0] == pytest.approx(20 + 3 * math.sqrt(420))


def test_runs_are_judged_by_the_method_named():
    values = [1.0] * 8 + [-1, 1] * 5 + [-1, -1, 1, 1, 1, 1]
    assert not chart(values, centre=0.0).signals
    boxed = chart(values, centre=0.0, runs="bestbox")
    assert boxed.parts[0].runs.signal
    assert boxed.signals == ("the runs lie outside the bestbox of chance",)


def test_per_cent_have_the_limits_of_shares_times_a_hundred():
    share, n = np.array(CANS) / 50, np.full(30, 50)
    plain, hundred = chart(share, n=n, kind="p'"), chart(100 * share, n=n, kind="p'", unit="%")
    assert np.allclose(hundred.upper, 100 * plain.upper)
    assert np.allclose(hundred.centre, 100 * plain.centre)


def test_what_the_reference_refuses_is_refused():
    with pytest.raises(InputError, match="above 0"):
        chart([1.0, 0, 2], kind="t")
    with pytest.raises(OptionError, match="one or the other"):
        chart([1.0, 2] * 20, kind="i", rebase=[days(40)[20]], baseline=12)
    with pytest.raises(OptionError, match="i-log"):
        chart([1.0, 2], kind="i-log")
    with pytest.raises(OptionError, match="centre"):
        chart([1.0, 2], kind="t", centre=1.0)


@pytest.mark.parametrize(
    ("kind", "centre"), [("p", 1.2), ("p'", -0.1), ("u", -1.0), ("c", -3.0), ("g", -3.0)]
)
def test_a_centre_line_that_cannot_be_is_refused(kind, centre):
    values, n = np.tile([0.0, 1.0], 10), np.full(20, 40) if kind[0] in "pu" else None
    with pytest.raises(OptionError, match=f"centre is {centre:g}"):
        chart(values, kind=kind, n=n, centre=centre)
