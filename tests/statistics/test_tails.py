"""Tails of distributions are compared exactly: a tie is a tie, and a part in 10^60 beside it is none."""

import math
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from caseaudit.statistics import _tails

SLIVER = Fraction(1, 10**60)


def assert_told_apart(compare, tail):
    if 0 < tail < 1:
        beside = (tail, tail * (1 - SLIVER), tail * (1 + SLIVER))
        assert [compare(probability) for probability in beside] == [0, 1, -1]
    else:
        assert compare(Fraction(1, 2)) == (1 if tail == 1 else -1)


@given(st.data(), st.integers(1, 300))
@settings(deadline=None)
def test_hypergeometric(data, population):
    drawn, marked, most = (data.draw(st.integers(0, population)) for _ in range(3))
    ways = sum(
        math.comb(marked, found) * math.comb(population - marked, drawn - found)
        for found in range(min(most, drawn) + 1)
    )
    assert_told_apart(
        lambda probability: _tails.compare_hypergeometric(most, marked, drawn, population, probability),
        Fraction(ways, math.comb(population, drawn)),
    )


@given(st.integers(0, 60), st.integers(1, 60), st.fractions(0, 1, max_denominator=50))
@settings(deadline=None)
def test_binomial(most, trials, rate):
    tail = sum(
        math.comb(trials, events) * rate**events * (1 - rate) ** (trials - events)
        for events in range(min(most, trials) + 1)
    )
    assert_told_apart(lambda probability: _tails.compare_binomial(most, trials, rate, probability), tail)
