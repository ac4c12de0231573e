import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.plots.dates import date_ticks
from headway.plots.labels import push_apart, text_width
from headway.plots.layout import arrange
from headway.plots.scales import value_scale
from headway.plots.words import decimals, measure


def scale_of(chart):
    return value_scale(chart, top=0.0, bottom=200.0)


@settings(deadline=None)
@given(st.lists(st.floats(0, 200), max_size=6))
def test_labels_are_pushed_apart_in_order_and_on_the_paper(places):
    places.sort()
    moved = push_apart(places, low=0, high=200)
    assert all(b - a >= 15 - 1e-6 for a, b in itertools.pairwise(moved))
    assert all(-1e-6 <= place <= 200 + 1e-6 for place in moved)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1000), min_size=1, max_size=6))
def test_labels_far_apart_stay_where_their_lines_are(places):
    apart = [place + 1100 * index for index, place in enumerate(places)]
    assert push_apart(apart, low=0, high=10_000) == pytest.approx(apart)


def test_scale_fits_limits_and_data_plus_twelve_percent(chart_of):
    scale = scale_of(chart_of([40, 60], (30, 50, 70)))
    assert (scale.low, scale.high) == pytest.approx((30 - 4.8, 70 + 4.8))


def test_scale_of_a_count_begins_at_zero_where_it_is_near(chart_of):
    assert scale_of(chart_of([20, 45], unit="tickets", kind="c")).low == 0
    assert scale_of(chart_of([900, 950], unit="tickets", kind="c")).low > 0


def test_scale_of_a_measure_that_is_never_negative_has_no_negative_part(chart_of):
    assert scale_of(chart_of([1, 2, 9], (-5, 4, 12))).low == 0


def test_scale_of_a_share_ends_at_a_hundred_percent(chart_of):
    assert scale_of(chart_of([88, 99], (80, 94, 108), unit="%")).high == 100


def test_scale_of_a_negative_measure_shows_it(chart_of):
    assert scale_of(chart_of([-4, 2], unit="points")).low < -4


def test_wide_ratio_of_logarithmic_limits_gets_a_log_scale(chart_of):
    assert scale_of(chart_of([1, 40], kind="i-log")).kind == "log"
    assert scale_of(chart_of([2, 40], kind="i-log")).kind == "linear"
    assert scale_of(chart_of([1, 40], kind="i")).kind == "linear"


def test_log_scale_is_named(chart_of):
    layout = arrange(chart_of([1, 4000], kind="i-log"), width=860, height=200)
    assert [note.text for note in layout.notes] == ["Log scale"]


def test_limits_that_are_not_drawn_are_not_called_provisional(chart_of):
    chart = chart_of([5, 6] * 5, provisional=True)
    assert arrange(chart, width=860, height=200).notes == ()


@pytest.mark.parametrize("width", [860, 330])
def test_the_value_of_peers_is_a_line_with_its_own_name(chart_of, width):
    chart = chart_of([21.0, 24.0] * 5, unit="%", target=19.6667, target_label="In line with peers")
    layout = arrange(chart, width=width, height=200)
    assert layout.target_y is not None
    said = [label.text for label in layout.labels] + list(layout.key)
    assert "In line with peers 19.7\u00a0%" in said


def test_far_target_does_not_squash_the_data(chart_of):
    chart = chart_of([98, 102] * 5, (90, 100, 110), target=8.0)
    assert scale_of(chart).low > 50
    layout = arrange(chart, width=860, height=200)
    assert layout.target_y is None
    assert "Target 8\u00a0h, off scale" in [label.text for label in layout.labels]


@settings(deadline=None)
@given(
    low=st.floats(1e-3, 1e6),
    ratio=st.floats(1.01, 1e5),
    height=st.floats(60, 400),
    kind=st.sampled_from(["i", "i-log"]),
)
def test_axis_figures_are_few_distinct_and_inside(chart_of, low, ratio, height, kind):
    scale = value_scale(chart_of([low, low * ratio], kind=kind), top=0, bottom=height)
    ticks = scale.ticks()
    assert 1 <= len(ticks) <= height / 18 + 2
    assert len({text for _, text in ticks}) == len(ticks)
    assert all(-1e-6 <= scale.pixel(value) <= height + 1e-6 for value, _ in ticks)


@pytest.mark.parametrize("span", ["day", "week", "month"])
@pytest.mark.parametrize("count", [1, 2, 8, 30, 62, 200, 500])
@pytest.mark.parametrize("width", [270, 800])
def test_date_labels_never_touch(chart_of, span, count, width):
    chart = chart_of([1.0] * count, span=span, start="2019-11-04")
    ticks = date_ticks(chart.dates, np.linspace(30, width, count), right=width + 20)
    ends = [(place - text_width(text) / 2, place + text_width(text) / 2) for place, text in ticks]
    assert ticks
    assert ends[0][0] >= 0
    assert ends[-1][1] <= width + 20
    assert all(b[0] > a[1] for a, b in itertools.pairwise(ends))


def test_each_january_carries_its_year(chart_of):
    chart = chart_of([1.0] * 62, start="2025-09-08")
    texts = [text for _, text in date_ticks(chart.dates, np.linspace(30, 800, 62), right=820)]
    assert "Jan 2026" in texts
    assert texts[0] == "Oct 2025"


def test_absent_periods_leave_their_room(chart_of):
    chart = chart_of([1.0] * 6)
    layout = arrange(chart, width=860, height=200)
    kept = [0, 1, 2, 5]
    thinned = replace(
        chart,
        **{
            name: getattr(chart, name)[kept]
            for name in ("dates", "values", "centre", "lower", "upper")
        },
        states=("plain",) * 4,
        reasons=("",) * 4,
    )
    found = arrange(thinned, width=860, height=200)
    assert found.x[-1] - found.x[-2] == pytest.approx(3 * (found.x[1] - found.x[0]))
    assert found.lines == ((0, 3), (3, 4))
    assert layout.lines == ((0, 6),)


def test_bands_stay_inside_the_plot(chart_of):
    layout = arrange(chart_of([5, 6, 7], (2, 6, 9)), width=860, height=200)
    runs = [run for stretch in layout.stretches for run in stretch]
    assert min(run.left for run in runs) >= layout.left
    assert max(run.right for run in runs) <= layout.right


def test_figures_tell_close_limits_apart(chart_of):
    assert decimals(chart_of([45, 46], (18.5, 31.8, 45.1))) == 1
    assert decimals(chart_of([400, 410], (310, 400, 490))) == 0
    assert decimals(chart_of([99.5, 99.6], (99.51, 99.53, 99.55), unit="%")) == 3


def test_figures_on_a_log_chart_are_rounded_each_by_its_size(chart_of):
    chart = chart_of([0.9, 410], kind="i-log")
    assert [measure(value, chart) for value in (0.9, 20.0, 410.0)] == ["0.90", "20.0", "410"]


def test_limits_that_continue_past_a_change_are_not_broken(chart_of):
    frozen = arrange(
        chart_of([5, 6] * 5 + [9, 9] * 5, (2, 5, 8), change_at=10), width=860, height=200
    )
    assert len(frozen.stretches) == 1
    assert frozen.lines == ((0, 20),)
    assert frozen.change_x is not None
    assert [label.text for label in frozen.notes] == ["Before and after 16 Mar"]


def test_steps_of_a_denominator_are_no_new_limits(chart_of):
    upper = np.array([8, 9, 8.5, 9.5, 8, 9])
    layout = arrange(
        chart_of([5, 6] * 3, (2, 5, upper), kind="p'", change_at=3), width=860, height=200
    )
    assert len(layout.stretches) == 1


def test_limits_only_after_the_change_begin_there(chart_of):
    lines = (np.repeat([np.nan, v], [4, 9]) for v in (2.0, 5.0, 8.0))
    layout = arrange(
        chart_of([9] * 4 + [5, 6, 5] * 3, tuple(lines), change_at=4), width=860, height=200
    )
    assert layout.lines == ((0, 4), (4, 13))
    assert layout.stretches[0][0].left > layout.x[3]


def test_a_change_names_its_year_where_the_chart_holds_several(chart_of):
    chart = chart_of([5, 6] * 10, (2, 5, 8), change_at=10, span="month", start="2024-06-01")
    layout = arrange(chart, width=860, height=200)
    assert layout.notes[-1].text == "Before and after 1 Apr 2025"


@pytest.mark.parametrize("at", range(1, 40))
def test_the_words_at_a_change_stay_on_the_paper(chart_of, at):
    chart = chart_of([5, 6] * 20, (2, 5, 8), change_at=at, span="month", start="2024-06-01")
    label = arrange(chart, width=330, height=210).notes[-1]
    left = label.x - label.width if label.anchor == "end" else label.x
    assert left >= 0
    assert left + label.width <= 332
