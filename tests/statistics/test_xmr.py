"""XmR charts: lines, rules, precedence, icons, rebasing."""

import dataclasses
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseaudit.statistics import spc

# Pieces that hover, climb, fall and sit still, so that every rule comes up, and often just misses.
PIECES = st.one_of(
    st.lists(st.integers(-9, 9), min_size=1, max_size=12),
    st.lists(st.integers(-9, 9), min_size=5, max_size=9, unique=True).map(sorted),
    st.lists(st.integers(-9, 9), min_size=5, max_size=9, unique=True).map(lambda part: sorted(part)[::-1]),
    st.lists(st.integers(3, 6), min_size=5, max_size=9),
    st.lists(st.sampled_from([-1, 1]), min_size=8, max_size=16),
)
SERIES = st.lists(PIECES, min_size=1, max_size=4).map(lambda parts: list(chain(*parts))).filter(lambda s: len(s) > 1)
# Alternating by 2 about 10: mean moving range 2, limits 10 ± 5.32, near limits 10 ± 3.546...
CALM = [9, 11] * 8


def rules(chart):
    return [point.rule for point in chart.points]


def plain_lines(exact, screen_outliers):
    """Mean, and the distance of the limits from it."""
    mean = sum(exact) / len(exact)
    moving = [abs(b - a) for a, b in pairwise(exact)]
    average = sum(moving) / len(moving)
    if screen_outliers:
        kept = [size for size in moving if size < Fraction("3.267") * average]
        average = sum(kept) / len(kept) if any(kept) else average
    return mean, Fraction("2.66") * average if average else None


def windows(length, place, count):
    """Every stretch of so many points that holds the place."""
    starts = range(max(0, place - length + 1), min(place, count - length) + 1)
    return [range(start, start + length) for start in starts]


def judge(values, screen_outliers=True):
    """The rules once more, window by window, as a plain reading of the guidance."""
    exact = [Fraction(value) for value in values]
    mean, reach = plain_lines(exact, screen_outliers)
    count = len(exact)

    def one_side(window):
        return all(exact[i] > mean for i in window) or all(exact[i] < mean for i in window)

    def climbs(window):
        steps = [exact[i + 1] - exact[i] for i in list(window)[:-1]]
        return all(step > 0 for step in steps) or all(step < 0 for step in steps)

    def out(place):
        return reach is not None and abs(exact[place] - mean) > reach

    def near(place):
        return reach is not None and not out(place) and 3 * abs(exact[place] - mean) > 2 * reach

    def judged(place):
        if out(place):
            return "outside"
        if any(climbs(window) for window in windows(7, place, count)):
            return "trend"
        if near(place) and any(one_side(w) and sum(map(near, w)) >= 2 for w in windows(3, place, count)):
            return "two_in_three"
        if any(one_side(window) for window in windows(7, place, count)):
            return "shift"
        return None

    return [judged(place) for place in range(count)]


@given(SERIES, st.booleans())
@settings(deadline=None, max_examples=400)
def test_every_rule_as_a_plain_reading_has_it(values, screen_outliers):
    assert rules(spc.xmr(values, screen_outliers=screen_outliers)) == judge(values, screen_outliers)


def test_lines_of_a_worked_example():
    chart = spc.xmr([10, 12, 11, 13, 9])  # moving ranges 2, 1, 2, 4
    point = chart.points[0]
    assert (point.value, point.mean) == (10, 11)
    assert point.upper == pytest.approx(11 + 2.66 * 2.25, abs=1e-12)
    assert point.lower == pytest.approx(11 - 2.66 * 2.25, abs=1e-12)
    assert point.near_upper == pytest.approx(11 + 2 / 3 * 2.66 * 2.25, abs=1e-12)
    assert point.near_lower == pytest.approx(11 - 2 / 3 * 2.66 * 2.25, abs=1e-12)


def test_limits_are_not_cut_off_at_zero():
    assert spc.xmr([0, 1] * 8).points[0].lower < 0


def test_an_outlier_stays_in_the_mean_and_leaves_the_limits():
    values = [*CALM, 60]
    screened, plain = spc.xmr(values), spc.xmr(values, screen_outliers=False)
    assert screened.points[0].mean == plain.points[0].mean == pytest.approx(sum(values) / 17)
    assert screened.points[0].upper == pytest.approx(sum(values) / 17 + 2.66 * 2)
    assert plain.points[0].upper == pytest.approx(sum(values) / 17 + 2.66 * (15 * 2 + 49) / 16)


def test_screening_starts_exactly_at_3_267_times_the_mean():
    # The mean of 3267, 1 x k and 0 x j is 1000 for these: the largest lies exactly on the bound and goes.
    on_the_bound = [0, 3267, 3267 - 733, 3267 - 733, 3267 - 733]
    chart = spc.xmr(on_the_bound)
    assert chart.points[0].upper - chart.points[0].mean == pytest.approx(2.66 * 733 / 3)
    just_inside = [0, 3267, 3267 - 734, 3267 - 734, 3267 - 734]
    chart = spc.xmr(just_inside)
    assert chart.points[0].upper - chart.points[0].mean == pytest.approx(2.66 * 4001 / 4)


def test_screening_is_done_once():
    # After 100 has gone, 10 would exceed 3.267 times the mean of what is left; it stays.
    values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 10, 110]
    kept = [1] * 12 + [10]
    chart = spc.xmr(values)
    assert 3.267 * sum(kept) / 13 < 10
    assert chart.points[0].upper - chart.points[0].mean == pytest.approx(2.66 * sum(kept) / 13)


def test_a_rare_event_does_not_close_the_limits_on_the_mean():
    chart = spc.xmr([0] * 12 + [9], "decrease")
    assert chart.points[-1].rule == "outside"
    assert chart.variation == "special_cause_concern"
    assert "outside" not in rules(chart)[:-1]
    assert any("outliers not screened" in note for note in chart.notes)


def test_on_the_limit_is_inside():
    # Mean 0 and mean moving range 100 from the first points; limits at 266 exactly.
    baseline = [-50, 50] * 7
    for value, rule in [(266, None), ("266.0000001", "outside"), (-266, None), (Decimal("-266.01"), "outside")]:
        assert spc.xmr([*baseline, value], fix_after=14).points[-1].rule == rule


def test_on_the_near_limit_is_not_beyond_it():
    # Mean 0 and mean moving range 150: limits at 399, near limits at 266.
    baseline = [-75, 75] * 7
    assert rules(spc.xmr([*baseline, -75, 266, 266, 266], fix_after=14))[-3:] == [None] * 3
    beyond = "266.0000001"
    assert rules(spc.xmr([*baseline, -75, beyond, 266, beyond], fix_after=14))[-3:] == [
        "two_in_three",
        None,
        "two_in_three",
    ]


def test_a_trend_is_seven_points_and_a_tie_breaks_it():
    assert rules(spc.xmr([*CALM, 8, 9, 10, 11, 12, 13, 14], fix_after=16))[-7:] == ["trend"] * 7
    assert "trend" not in rules(spc.xmr([*CALM[:-1], 11, 12, 13, 14, 14, 14.5, 14.6], fix_after=16))
    assert "trend" not in rules(spc.xmr([*CALM, 9, 10, 11, 12, 13, 12.9], fix_after=16))


def test_a_shift_is_seven_points_and_one_on_the_mean_breaks_it():
    above = [11, 12, 11, 12, 11, 12]
    assert rules(spc.xmr([*CALM, 9, *above, 11], fix_after=16))[-7:] == ["shift"] * 7
    assert rules(spc.xmr([*CALM, 9, *above], fix_after=16))[-6:] == [None] * 6
    assert rules(spc.xmr([*CALM, 9, *above[:3], 10, *above[3:]], fix_after=16))[-7:] == [None] * 7


def test_means_are_exact_so_that_a_point_on_the_mean_is_on_it():
    # Summed as floats, the mean of 0.1, 0.2 and 0.3 is 0.20000000000000004 and every 0.2 lies below it.
    values = [0.1, 0.2, 0.3, *[0.2] * 9]
    assert (0.1 + 0.2 + 0.3) / 3 > 0.2
    assert spc.xmr(values).points[-1].mean == 0.2
    assert rules(spc.xmr(values))[3:] == [None] * 9


def test_two_in_three_flags_only_those_beyond_the_near_limit():
    def last(*tail):
        return rules(spc.xmr([*CALM, 9, *tail], fix_after=16))[-len(tail) :]

    assert last(14, 11, 14) == ["two_in_three", None, "two_in_three"]
    assert last(14, 14, 9) == [None, None, None]  # only two of them on one side
    assert last(14, 10, 14) == [None, None, None]  # one of the three on the mean
    assert last(14, 6, 14) == [None, None, None]
    assert last(11, 14, 14) == [None, "two_in_three", "two_in_three"]
    assert last(16, 11, 14) == ["outside", None, None]  # outside does not count to the two
    assert last(14, 16, 14) == ["two_in_three", "outside", "two_in_three"]  # but may stand between them


def test_the_strongest_rule_names_the_point():
    rising = [8, 9, 10, 11, 12, 13, 16]
    assert rules(spc.xmr([*CALM, *rising], fix_after=16))[-7:] == ["trend"] * 6 + ["outside"]
    # Trend over 2-in-3, and both over shift.
    rising = [10.5, 11, 12, 12.5, 13, 14, 14.5]
    assert rules(spc.xmr([*CALM, 9, *rising], fix_after=16))[-7:] == ["trend"] * 7
    above = [11, 12, 11, 12, 11, 14, 14.2]
    assert rules(spc.xmr([*CALM, 9, *above], fix_after=16))[-7:] == ["shift"] * 5 + ["two_in_three"] * 2


@pytest.mark.parametrize(
    ("direction", "tail", "variation"),
    [
        ("increase", [20], "special_cause_improvement"),
        ("increase", [0], "special_cause_concern"),
        ("decrease", [20], "special_cause_concern"),
        ("decrease", [0], "special_cause_improvement"),
        ("neutral", [20], "special_cause_neutral"),
        ("increase", [10], "common_cause"),
        # A rise from far below is an improvement although most of it lies below the mean.
        ("increase", [5, 6, 7, 8, 9, 9.5, 9.8], "special_cause_improvement"),
        ("decrease", [5, 6, 7, 8, 9, 9.5, 9.8], "special_cause_concern"),
    ],
)
def test_variation_is_the_type_of_the_last_point(direction, tail, variation):
    chart = spc.xmr([*CALM, *tail], direction, fix_after=16)
    assert chart.variation == chart.points[-1].point_type == variation


def test_a_turning_point_keeps_the_side_of_the_trend_it_ended():
    chart = spc.xmr([*CALM, 7, 8, 9, 10, 11, 12, 13, 12, 11, 10, 9, 8, 7], fix_after=16)
    assert [point.side for point in chart.points if point.rule == "trend"] == ["high"] * 7 + ["low"] * 6


@pytest.mark.parametrize(
    ("direction", "target", "assurance"),
    [
        ("increase", 16, "consistent_fail"),
        ("increase", 4, "consistent_pass"),
        ("increase", 10, "inconsistent"),
        ("decrease", 16, "consistent_pass"),
        ("decrease", 4, "consistent_fail"),
        ("decrease", 10, "inconsistent"),
        ("neutral", 16, None),
        ("increase", None, None),
        ("increase", "15.32", "inconsistent"),  # on the limit
        ("increase", "15.3200001", "consistent_fail"),
        ("increase", "4.68", "inconsistent"),
        ("increase", 0, "consistent_pass"),
    ],
)
def test_assurance_from_the_last_limits(direction, target, assurance):
    assert spc.xmr(CALM, direction, target=target).assurance == assurance


def test_rebasing_begins_a_group_at_the_named_point():
    months = [date(2023 + month // 12, month % 12 + 1, 1) for month in range(32)]
    values = CALM + [value + 20 for value in CALM]
    by_label = spc.xmr(values, labels=months, rebase=[date(2024, 5, 1)])
    by_index = spc.xmr(values, rebase=[16])
    assert [point.group for point in by_label.points] == [0] * 16 + [1] * 16
    assert [point.label for point in by_label.points] == months
    assert [dataclasses.replace(point, label=None) for point in by_label.points] == list(by_index.points)
    assert (by_index.points[0].mean, by_index.points[-1].mean) == (10, 30)
    assert set(rules(by_index)) == {None}
    assert set(rules(spc.xmr(values))) != {None}


def test_each_group_stands_alone():
    first, second = [3, 5, 2, 8, 9, 1], [20, 21, 22, 23, 24, 25, 26, 3]
    chart = spc.xmr(first + second, rebase=[6], target=100)
    for part, alone in ((chart.points[:6], spc.xmr(first)), (chart.points[6:], spc.xmr(second))):
        assert [dataclasses.replace(point, group=0) for point in part] == list(alone.points)
    assert chart.assurance == spc.xmr(second, target=100).assurance


@pytest.mark.parametrize(
    "arguments",
    [
        {"rebase": [16]},
        {"rebase": [-1]},
        {"rebase": [date(2024, 5, 1)]},
        {"rebase": [date(2024, 5, 2)], "labels": [date(2024, 5, 1), *range(15)]},
        {"labels": ["a"]},
        {"labels": ["a"] * 16},
        {"direction": "up"},
        {"fix_after": 1},
        {"target": "high"},
    ],
)
def test_arguments_that_do_not_fit_are_refused(arguments):
    with pytest.raises(ValueError, match=r"not in the data|label|direction|fix the limits|target"):
        spc.xmr(CALM, **arguments)


@pytest.mark.parametrize("values", [[], [1, None, 2], [1, float("nan")], [1, "n/a"], [1, float("inf")]])
def test_blanks_are_refused_not_skipped(values):
    with pytest.raises(ValueError, match="value"):
        spc.xmr(values)


def test_fixed_limits_carry_on():
    chart = spc.xmr([*CALM, 30, 31, 5], fix_after=16)
    assert {(point.mean, point.upper) for point in chart.points} == {(10, 15.32)}
    assert rules(chart)[-3:] == ["outside", "outside", None]
    # Fewer points than are to fix the limits: all there are.
    assert spc.xmr(CALM[:5], fix_after=24) == spc.xmr(CALM[:5])


def test_fewer_than_13_points_make_trial_limits():
    assert any("trial limits" in note for note in spc.xmr(CALM[:12]).notes)
    assert spc.xmr(CALM[:13]).notes == ()
    assert any("trial limits" in note for note in spc.xmr(CALM, fix_after=12).notes)
    assert [note[:24] for note in spc.xmr(CALM, rebase=[13]).notes] == ["From 13 on: trial limits"]


@pytest.mark.parametrize(("values", "note"), [([5] * 20, "constant series: no limits"), ([5], "no limits")])
def test_without_variation_there_are_no_limits_and_it_says_so(values, note):
    chart = spc.xmr(values, target=4)
    assert {(point.lower, point.upper, point.near_lower, point.near_upper) for point in chart.points} == {(None,) * 4}
    assert chart.points[0].mean == 5
    assert chart.variation == "common_cause"
    assert chart.assurance is None
    assert any(note in said for said in chart.notes)


@given(SERIES, st.integers(-50, 50), st.integers(1, 9))
@settings(deadline=None)
def test_shifting_and_scaling_a_measure_changes_no_rule(values, offset, factor):
    moved = spc.xmr([Decimal(value * factor + offset) / 10 for value in values])
    assert rules(moved) == rules(spc.xmr(values))


@given(SERIES)
@settings(deadline=None)
def test_turning_measure_and_direction_round_changes_no_icon(values):
    turned = spc.xmr([-value for value in values], "decrease", target=-3)
    chart = spc.xmr(values, "increase", target=3)
    assert [point.point_type for point in turned.points] == [point.point_type for point in chart.points]
    assert turned.assurance == chart.assurance


def test_a_chart_cannot_be_changed_afterwards():
    chart = spc.xmr(CALM)
    with pytest.raises(dataclasses.FrozenInstanceError):
        chart.variation = "common_cause"


def test_the_colours_are_those_of_the_programme():
    assert spc.COLOURS == {
        "common_cause": "#a6a6a6",
        "special_cause_improvement": "#00b0f0",
        "special_cause_concern": "#e46c0a",
        "special_cause_neutral": "#490092",
    }
    assert spc.TARGET_COLOUR == "#de1b1b"
