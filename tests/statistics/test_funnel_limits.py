"""Funnel limits: exact binomial, a point on the limit is inside."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from caseaudit.statistics import funnel

LEVELS = st.sampled_from(["0.95", "0.998", "0.5"])


def chance(count, cases, centre):
    return math.comb(cases, count) * centre**count * (1 - centre) ** (cases - count)


@given(st.integers(1, 40), st.fractions(0, 1, max_denominator=40), LEVELS)
@settings(deadline=None)
def test_a_count_signals_just_when_its_exact_tail_is_small_enough(cases, centre, level):
    tail = (1 - Fraction(level)) / 2
    ((lower, upper),) = funnel.limits([cases], centre, level)
    for count in range(cases + 1):
        so_few = sum(chance(other, cases, centre) for other in range(count + 1)) <= tail
        so_many = sum(chance(other, cases, centre) for other in range(count, cases + 1)) <= tail
        side = funnel.outside(count, cases, centre, level)
        assert side == ("low" if so_few else "high" if so_many else None)
        # Both are count / cases correctly rounded, so they may be compared as floats.
        assert (side == "low") == (count / cases < lower)
        assert (side == "high") == (count / cases > upper)


@given(st.integers(1, 3000), st.sampled_from([0.03, 0.171, 0.5, 0.8037]), st.sampled_from([0.95, 0.998]))
@settings(deadline=None, max_examples=60)
def test_limits_are_scipys_binomial_quantiles(cases, centre, level):
    ((lower, upper),) = funnel.limits([cases], centre, level)
    tail = (1 - level) / 2
    assert (lower, upper) == (
        stats.binom.ppf(tail, cases, centre) / cases,
        stats.binom.ppf(1 - tail, cases, centre) / cases,
    )


def test_a_tie_is_a_signal():
    # None of two at a centre of one half: exactly 1 in 4, the tail of a level of one half.
    assert funnel.outside(0, 2, "0.5", "0.5") == "low"
    assert funnel.outside(2, 2, "0.5", "0.5") == "high"
    assert funnel.outside(1, 2, "0.5", "0.5") is None
    assert funnel.outside(0, 2, "0.5", "0.500001") is None


def test_nobody_is_never_unusual_and_the_ends_hold():
    assert funnel.limits([0], 0.2, 0.95) == [(0, 1)]
    assert funnel.outside(0, 0, 0.2, 0.95) is None
    assert funnel.limits([10], 0, 0.95) == [(0, 0)]
    assert funnel.outside(1, 10, 0, 0.95) == "high"
    assert funnel.outside(9, 10, 1, 0.95) == "low"


@given(st.integers(1, 200), st.fractions(0, 1, max_denominator=30))
@settings(deadline=None)
def test_the_wider_level_has_the_wider_limits(cases, centre):
    ((low95, high95),), ((low998, high998),) = (funnel.limits([cases], centre, level) for level in ("0.95", "0.998"))
    assert low998 <= low95 <= high95 <= high998


def test_dispersion_moves_the_limits_away_from_the_centre_by_its_root():
    ((lower, upper),) = funnel.limits([100], "0.4", "0.95")
    ((wide_lower, wide_upper),) = funnel.limits([100], "0.4", "0.95", dispersion=4)
    assert (wide_lower, wide_upper) == pytest.approx((0.4 - 2 * (0.4 - lower), 0.4 + 2 * (upper - 0.4)))
    assert funnel.limits([100], "0.4", "0.95", dispersion="0.3") == [(lower, upper)]
    assert funnel.limits([3], "0.4", "0.95", dispersion=100) == [(0, 1)]
    assert funnel.outside(51, 100, "0.4", "0.95") == "high"
    assert funnel.outside(51, 100, "0.4", "0.95", dispersion=4) is None
    # The limit of 50 becomes 60 at 4: on it is inside, one past it is out.
    assert (upper, wide_upper) == (0.5, pytest.approx(0.6))
    assert funnel.outside(60, 100, "0.4", "0.95", dispersion=4) is None
    assert funnel.outside(61, 100, "0.4", "0.95", dispersion=4) == "high"


def test_dispersion_is_the_mean_square_z_score_after_winsorising():
    counts, cases = [50, 50, 50, 50, 50, 50, 50, 50, 40, 100], [100] * 10
    # z of 40 is -2, of 100 is 10. A tenth of ten teams is one at either end: both are set to their neighbour's 0.
    assert funnel.dispersion(counts, cases, "0.5") == 0.0
    assert funnel.dispersion(counts, cases, "0.5", winsorised=0) == (4 + 100) / 10
    # Nine teams have no tenth.
    assert funnel.dispersion(counts[1:], cases[1:], "0.5") == pytest.approx((4 + 100) / 9)
    assert funnel.dispersion([*counts, 0], [*cases, 0], "0.5") == 0.0


def test_the_next_one_inwards_replaces_the_extremes():
    counts = [40, 45, *[50] * 17, 60]  # two of twenty at either end
    assert funnel.dispersion(counts, [100] * 20, "0.5") == 0.0
    counts = [40, 40, 45, *[50] * 16, 60]
    assert funnel.dispersion(counts, [100] * 20, "0.5") == pytest.approx(3 * 1 / 20)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: funnel.limits([10], 1.2, 0.95),
        lambda: funnel.limits([10], 0.2, 1),
        lambda: funnel.limits([-1], 0.2, 0.95),
        lambda: funnel.limits([10], 0.2, 0.95, dispersion=-1),
        lambda: funnel.outside(11, 10, 0.2, 0.95),
        lambda: funnel.dispersion([1], [10], 0),
        lambda: funnel.dispersion([1], [10, 10], 0.5),
        lambda: funnel.dispersion([11], [10], 0.5),
        lambda: funnel.dispersion([0], [0], 0.5),
        lambda: funnel.dispersion([1], [10], 0.5, winsorised=0.5),
    ],
)
def test_figures_out_of_range_are_refused(ask):
    with pytest.raises(ValueError, match=r"must|cannot|No denominator"):
        ask()


def test_limits_of_large_denominators_close_in_on_the_centre():
    limits = funnel.limits(range(9_990, 10_000), Fraction(1234, 4321), "0.998")
    assert all(0.26 < lower < 0.2856 < upper < 0.31 for lower, upper in limits)
