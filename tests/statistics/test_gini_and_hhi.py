"""Concentration of work on few people."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseaudit.statistics import concentration

HOLDINGS = st.lists(st.integers(0, 50), min_size=1, max_size=15).filter(any)


@pytest.mark.parametrize(
    ("counts", "gini", "corrected", "hhi"),
    [
        ([5, 5, 5, 5], 0.0, 0.0, 0.25),
        ([0, 0, 0, 8], 0.75, 1.0, 1.0),
        ([1, 2, 3, 4], 0.25, 1 / 3, 0.3),
        ([4, 1, 3, 2], 0.25, 1 / 3, 0.3),
        ([0.1, 0.2], 1 / 6, 1 / 3, 5 / 9),
        ([7], 0.0, None, 1.0),
        ([0, 0], None, None, None),
        ([], None, None, None),
    ],
)
def test_worked_examples(counts, gini, corrected, hhi):
    assert concentration.gini(counts) == gini
    assert concentration.gini(counts, corrected=True) == corrected
    assert concentration.hhi(counts) == hhi


@given(HOLDINGS)
def test_gini_is_the_mean_difference_between_two_holders(counts):
    difference = sum(abs(one - other) for one in counts for other in counts)
    assert concentration.gini(counts) == pytest.approx(difference / (2 * len(counts) * sum(counts)), abs=1e-12)


@given(HOLDINGS)
def test_gini_is_twice_the_area_between_the_lorenz_curve_and_the_diagonal(counts):
    points = concentration.lorenz(counts)
    assert points[0] == (0, 0)
    assert points[-1] == (1, 1)
    area = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points))
    assert concentration.gini(counts) == pytest.approx(1 - 2 * area, abs=1e-12)


@given(HOLDINGS, st.integers(1, 9))
def test_neither_order_nor_unit_matters_and_the_bounds_hold(counts, unit):
    scaled = [unit * count for count in reversed(counts)]
    assert concentration.gini(scaled) == concentration.gini(counts)
    assert concentration.hhi(scaled) == concentration.hhi(counts)
    assert 0 <= concentration.gini(counts) <= 1 - 1 / len(counts) + 1e-12
    assert 1 / len(counts) - 1e-12 <= concentration.hhi(counts) <= 1


def test_lorenz_runs_from_the_least_to_the_most():
    assert concentration.lorenz([3, 0, 1]) == [(0, 0), (1 / 3, 0), (2 / 3, 0.25), (1, 1)]
    assert concentration.lorenz([0]) == []


@pytest.mark.parametrize("counts", [[1, -1], [1, None], [float("nan")]])
@pytest.mark.parametrize("measure", [concentration.gini, concentration.hhi, concentration.lorenz])
def test_what_cannot_be_held_is_refused(measure, counts):
    with pytest.raises(ValueError, match="A count"):
        measure(counts)
