"""The limit for stratified draws, against counting every way the errors can lie."""

from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseaudit.sampling.limits import Stratum, most_in_error, supports
from caseaudit.statistics import sampling

SURE = Decimal("0.95")


def chance(errors: int, marked: tuple[int, ...], strata: list[Stratum]) -> Fraction:
    """The chance of at most so many errors in the sample, by counting."""
    found = {0: Fraction(1)}
    for stratum, k in zip(strata, marked, strict=True):
        n, cases = stratum.sampled, stratum.cases
        one = {x: Fraction(comb(k, x) * comb(cases - k, n - x), comb(cases, n)) for x in range(min(n, k) + 1)}
        found = {
            total: sum((found[a] * one[total - a] for a in found if total - a in one), Fraction(0))
            for total in {a + b for a in found for b in one}
        }
    return sum((p for total, p in found.items() if total <= errors), Fraction(0))


def most_by_counting(errors: int, strata: list[Stratum], confidence: Decimal) -> int:
    """The most errors that some division among the strata leaves possible."""
    ways = product(*(range(stratum.cases + 1) for stratum in strata))
    return max(sum(way) for way in ways if chance(errors, way, strata) > 1 - Fraction(confidence))


drawn = st.lists(
    st.integers(1, 7).flatmap(lambda cases: st.tuples(st.just(cases), st.integers(0, cases))), min_size=2, max_size=3
).filter(lambda parts: any(sampled for _, sampled in parts))


@settings(max_examples=60, deadline=None)
@given(drawn, st.sampled_from(["0.8", "0.9", "0.95"]))
def test_without_errors_the_limit_is_the_best_possible(parts: list[tuple[int, int]], confidence: str) -> None:
    strata = [Stratum(str(i), cases, sampled) for i, (cases, sampled) in enumerate(parts)]
    assert most_in_error(0, strata, Decimal(confidence)) == most_by_counting(0, strata, Decimal(confidence))


@settings(max_examples=60, deadline=None)
@given(drawn, st.integers(1, 4), st.sampled_from(["0.8", "0.9", "0.95"]))
def test_with_errors_the_limit_is_never_too_narrow(parts: list[tuple[int, int]], errors: int, confidence: str) -> None:
    strata = [Stratum(str(i), cases, sampled) for i, (cases, sampled) in enumerate(parts)]
    errors = min(errors, sum(stratum.sampled for stratum in strata))
    assert most_in_error(errors, strata, Decimal(confidence)) >= most_by_counting(errors, strata, Decimal(confidence))


def test_a_simple_draw_has_the_limit_of_the_statistics() -> None:
    assert most_in_error(1, [Stratum("", 400, 60)], SURE) == sampling.upper_count(1, 60, SURE, 400) == 28


@pytest.mark.parametrize("errors", [0, 1, 2])
def test_even_shares_cost_at_most_two_cases_over_a_simple_draw(errors: int) -> None:
    strata = [Stratum(name, 80, 11) for name in "ABCDE"]
    simple = sampling.upper_count(errors, 55, SURE, 400)
    assert simple <= most_in_error(errors, strata, SURE) <= simple + 2


def test_a_stratum_nobody_looked_at_may_be_in_error_throughout() -> None:
    looked_at = [Stratum("A", 50, 50)]
    assert most_in_error(0, looked_at, SURE) == 0
    assert most_in_error(0, [*looked_at, Stratum("B", 7, 0)], SURE) == 7
    assert most_in_error(2, [*looked_at, Stratum("B", 7, 0)], SURE) == 9


def test_when_every_case_was_audited_the_limit_is_what_was_found() -> None:
    assert most_in_error(3, [Stratum("A", 10, 10), Stratum("B", 5, 5)], SURE) == 3


def test_a_limit_that_equals_the_rate_does_not_support_it() -> None:
    strata = [Stratum("", 400, 60)]  # one error: at most 28 of 400, which is 7 % exactly
    assert not supports(1, strata, SURE, Decimal("0.07"))
    assert supports(1, strata, SURE, Decimal("0.0701"))
