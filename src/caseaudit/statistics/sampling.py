"""Audit samples: how many cases, which ones, and what the result lets one claim.

The method is that of attribute ("discovery") sampling in audit (AICPA Audit Guide *Audit Sampling*; ISA 530).
The claim is one-sided: "at 95 % confidence fewer than 5 % of the cases are in error". Sizes and limits follow
from the hypergeometric distribution where the number of cases is known, and otherwise from the binomial, whose
upper limit is the one-sided limit of Clopper and Pearson (*Biometrika* 26, 1934).

All decisions are exact. Rates and confidences are decimals: a float means the shortest decimal that prints as it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from caseaudit.statistics._exact import Number, open_share, whole
from caseaudit.statistics._exact import share as closed_share
from caseaudit.statistics._tails import compare_binomial, compare_hypergeometric
from caseaudit.statistics._tickets import select, ticket

__all__ = [
    "allocate",
    "below",
    "joint_commission_size",
    "plan_size",
    "select",
    "shown_upper_limit",
    "ticket",
    "upper_count",
    "upper_limit",
]


def plan_size(
    tolerable_rate: Number, confidence: Number, expected_errors: int = 0, population: int | None = None
) -> int:
    """The least number of cases to audit so that few enough errors support the claim.

    With a population of N cases, K0 = ceil(rate x N) is the fewest errors that would be too many. The size is
    the least n for which, with K0 errors among the N, finding at most the expected errors in n cases has a
    probability of at most 1 - confidence. Without a population every case is in error with the tolerable rate.

    Args:
        tolerable_rate: share of cases in error that would just be too many, between 0 and 1, both excluded.
        confidence: share, between 0 and 1, both excluded.
        expected_errors: errors the sample may hold and still support the claim.
        population: number of cases the sample is drawn from, or None if it is unknown or endless.

    Returns:
        The number of cases.

    Raises:
        ValueError: a figure is out of range, or no size will do because the errors expected are already as
            many as the tolerable rate allows in the whole population.
    """
    rate = open_share(tolerable_rate, "The tolerable rate")
    doubt = 1 - open_share(confidence, "The confidence")
    errors = whole(expected_errors, "The number of expected errors")
    if population is None:
        most = errors + 1
        while compare_binomial(errors, most, rate, doubt) > 0:
            most *= 2
        return _first(errors + 1, most, lambda size: compare_binomial(errors, size, rate, doubt) <= 0)
    cases = whole(population, "The population", least=1)
    too_many = math.ceil(rate * cases)
    if errors >= too_many:
        raise ValueError(
            f"No sample size will do: among {cases} cases {too_many} errors would be too many, "
            f"and {errors} are expected in the sample alone."
        )
    return _first(errors + 1, cases, lambda size: compare_hypergeometric(errors, too_many, size, cases, doubt) <= 0)


def upper_limit(errors: int, sample_size: int, confidence: Number, population: int | None = None) -> float:
    """The one-sided upper limit of the share of cases in error.

    With a population it is ``upper_count(...) / population``. Without, it is the rate at which so few errors
    would have a probability of exactly 1 - confidence, given as the float nearest to it.

    Args:
        errors: cases in error found in the sample.
        sample_size: cases audited, at least 1.
        confidence: share, between 0 and 1, both excluded.
        population: number of cases the sample was drawn from, without replacement, or None.

    Returns:
        A share from 0 to 1. Print it with ``shown_upper_limit``, which never rounds down.

    Raises:
        ValueError: a figure is out of range, or the sample is larger than the population.
    """
    if population is not None:
        return upper_count(errors, sample_size, confidence, population) / population
    doubt = 1 - open_share(confidence, "The confidence")
    _check_sample(errors, sample_size, None)

    def lies_above(rate: Fraction) -> bool:
        return compare_binomial(errors, sample_size, rate, doubt) > 0

    low, high = 0.0, 1.0
    while low < (middle := (low + high) / 2) < high:
        if lies_above(Fraction(middle)):
            low = middle
        else:
            high = middle
    # Neighbouring floats by now. The nearer one, so that a limit of exactly 30 % reads 0.3 and prints as 30 %.
    return high if lies_above((Fraction(low) + Fraction(high)) / 2) else low


def upper_count(errors: int, sample_size: int, confidence: Number, population: int) -> int:
    """The most cases in error there may be in the population, at this confidence.

    It is the largest K for which finding at most ``errors`` in the sample has a probability above
    1 - confidence. Arguments and errors raised as ``upper_limit``.
    """
    doubt = 1 - open_share(confidence, "The confidence")
    _check_sample(errors, sample_size, population)
    # Beyond this many the sample would have had to show more errors than it did.
    most = population - sample_size + errors
    return (
        _first(
            errors,
            most + 1,
            lambda marked: compare_hypergeometric(errors, marked, sample_size, population, doubt) <= 0,
        )
        - 1
    )


def below(errors: int, sample_size: int, confidence: Number, rate: Number, population: int | None = None) -> bool:
    """Whether "fewer than ``rate`` of the cases are in error" may be said: the upper limit lies strictly below.

    Decided exactly, not by comparing floats. A sample of ``plan_size`` cases with no more than the expected
    errors supports the claim; the one exception is a limit that equals the rate itself, which without a
    population can happen for round figures (2 cases, 75 % confidence, rate 50 %).

    Args:
        errors: cases in error found in the sample.
        sample_size: cases audited, at least 1.
        confidence: share, between 0 and 1, both excluded.
        rate: share from 0 to 1.
        population: number of cases the sample was drawn from, or None.

    Raises:
        ValueError: as ``upper_limit``.
    """
    threshold = closed_share(rate, "The rate")
    doubt = 1 - open_share(confidence, "The confidence")
    _check_sample(errors, sample_size, population)
    if population is None:
        return compare_binomial(errors, sample_size, threshold, doubt) < 0
    # U / N < rate holds just when U stays below the fewest cases that make up the rate.
    fewest = math.ceil(threshold * population)
    return compare_hypergeometric(errors, fewest, sample_size, population, doubt) <= 0


def shown_upper_limit(limit: Number, places: int = 1) -> str:
    """An upper limit in per cent as it is printed: rounded up, since a limit rounded down claims too much.

    Args:
        limit: share from 0 to 1.
        places: decimal places of the percentage.

    Returns:
        For example ``"7.7 %"`` for 0.07664.

    Raises:
        ValueError: the limit is not from 0 to 1, or ``places`` is negative.
    """
    steps = closed_share(limit, "The limit") * 100 * 10 ** whole(places, "The number of decimal places")
    return f"{Decimal(math.ceil(steps)).scaleb(-places):f} %"


def allocate(total: int, sizes: Sequence[int]) -> list[int]:
    """Share a sample out over strata in proportion to their sizes, by largest remainder (Hamilton's method).

    Each stratum gets the whole part of its proportional share; the cases left over go, one each, to the
    largest remainders, and where these tie to the stratum named first. So each share is within one case of
    proportional, none exceeds its stratum, and an empty stratum gets none. A small stratum may get none as well.

    Args:
        total: cases in the whole sample.
        sizes: cases in each stratum.

    Returns:
        One number per stratum, in the same order; they sum to ``total``.

    Raises:
        ValueError: a size is negative, or the strata hold fewer than ``total`` cases.
    """
    wanted = whole(total, "The sample size")
    cases = [whole(size, "The size of a stratum") for size in sizes]
    if wanted > sum(cases):
        raise ValueError(f"The strata hold {sum(cases)} cases, fewer than the {wanted} to be sampled.")
    if wanted == 0:
        return [0] * len(cases)
    shares = [divmod(wanted * size, sum(cases)) for size in cases]
    allocation = [part for part, _ in shares]
    by_remainder = sorted(range(len(cases)), key=lambda stratum: -shares[stratum][1])
    for stratum in by_remainder[: wanted - sum(allocation)]:
        allocation[stratum] += 1
    return allocation


def joint_commission_size(population: int) -> int:
    """The Joint Commission's sample size for a month's cases, an alternative named by its source.

    Fewer than 25 cases: all of them; 25 to 125: 25; 126 to 500: 20 %, rounded up; more: 101. The table takes
    no account of rate or confidence; ``upper_limit`` says what such a sample supports.

    Raises:
        ValueError: the population is negative.
    """
    cases = whole(population, "The population")
    if cases <= 125:
        return min(cases, 25)
    return -(-cases // 5) if cases <= 500 else 101


def _check_sample(errors: int, sample_size: int, population: int | None) -> None:
    whole(errors, "The number of errors")
    whole(sample_size, "The sample size", least=1)
    if errors > sample_size:
        raise ValueError("There cannot be more errors than cases in the sample.")
    if population is not None and sample_size > whole(population, "The population", least=1):
        raise ValueError("The sample cannot be larger than the population.")


def _first(least: int, most: int, holds: Callable[[int], bool]) -> int:
    """The first number from least to most of which ``holds`` is true; it is of ``most``, and stays so."""
    while least < most:
        middle = (least + most) // 2
        if holds(middle):
            most = middle
        else:
            least = middle + 1
    return most
