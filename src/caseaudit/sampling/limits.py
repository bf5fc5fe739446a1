"""How many cases of the whole frame may be in error, given what a sample showed: simple or stratified draws.

Simple draw: the exact limit of ``statistics.sampling.upper_count``.

Stratified draw: the same formula would take the cases for drawn from one heap, which they were not. With shares in
exact proportion it errs on the safe side in practice, but shares are whole cases: a stratum that got one case fewer
than its part, or none, is a place where errors may hide. So the limit here holds for the draw as it was made. A number
K of errors is ruled out when, *however they lie among the strata*, the chance of a sample with so few errors is at most
1 - confidence (Wendell and Schmee, *Journal of the American Statistical Association* 91, 1996: the least favourable
division). That worst chance is

- for a sample without an error, exact. An error added to a stratum with N cases, n of them sampled and K in error so
  far multiplies the chance by 1 - n / (N - K), and that factor falls as K grows; so adding each error where the factor
  is greatest finds the worst division.
- for a sample with errors, bounded from above. The number found in a stratum is hypergeometric, hence distributed as a
  sum of independent yes-or-no trials, of which at most min(n, K) can say yes (Vatutin and Mikhailov, *Theory of
  Probability and its Applications* 27, 1982); so is the total. Its mean is least when the errors lie in the strata with
  the smallest sampled share. By Hoeffding (*Annals of Mathematical Statistics* 27, 1956, theorem 4) the chance of at
  most k is then not above that of a binomial with this mean and min(n, K) trials, as long as k is at most the mean less
  one. The limit can be a case or two wider than the best possible one, never narrower.

A stratum without a sampled case may be in error throughout, and the limit says so.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from caseaudit.statistics import sampling


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum of a frame.

    Attributes:
        name: the value that its cases share; "" for cases where it is blank, and for an unstratified frame.
        cases: how many it holds.
        sampled: how many of them are in the sample.
    """

    name: str
    cases: int
    sampled: int


def most_in_error(errors: int, strata: Sequence[Stratum], confidence: Decimal) -> int:
    """The most cases of the frame that may be in error at this confidence.

    Args:
        errors: cases in error among those sampled.
        strata: the frame, at least one stratum; at least one case is sampled.
        confidence: between 0 and 1, both excluded.

    Raises:
        ValueError: as ``statistics.sampling.upper_count``.
    """
    filled = [stratum for stratum in strata if stratum.cases]
    population, sampled = sum(s.cases for s in filled), sum(s.sampled for s in filled)
    if len(filled) == 1:
        return sampling.upper_count(errors, sampled, confidence, population)
    certain = population - sampled + errors + 1  # so many could not have stayed out of the sample
    if errors == 0:
        return _most_unseen(filled, 1 - Fraction(confidence), certain) - 1
    least, most = errors + 1, certain
    while least < most:
        middle = (least + most) // 2
        if _ruled_out(errors, middle, filled, confidence):
            most = middle
        else:
            least = middle + 1
    return most - 1


def supports(errors: int, strata: Sequence[Stratum], confidence: Decimal, rate: Decimal) -> bool:
    """Whether "fewer than ``rate`` of the cases are in error" may be said: the limit lies strictly below it."""
    too_many = math.ceil(Fraction(rate) * sum(stratum.cases for stratum in strata))
    return most_in_error(errors, strata, confidence) < too_many


def _most_unseen(strata: Sequence[Stratum], doubt: Fraction, certain: int) -> int:
    """The fewest errors whose chance of all staying unseen is at most ``doubt``, wherever they lie."""
    heap = [(Fraction(s.sampled, s.cases), s.cases, s.sampled) for s in strata]
    heapq.heapify(heap)
    unseen, of_all = doubt.denominator, doubt.numerator
    for placed in range(1, certain):
        _, left, sampled = heapq.heappop(heap)
        unseen, of_all = unseen * (left - sampled), of_all * left
        if unseen <= of_all:
            return placed
        if left > 1:
            heapq.heappush(heap, (Fraction(sampled, left - 1), left - 1, sampled))
    return certain


def _ruled_out(errors: int, marked: int, strata: Sequence[Stratum], confidence: Decimal) -> bool:
    """Whether so many errors in the frame are ruled out by a sample with ``errors``, wherever they lie."""
    mean, left = Fraction(0), marked
    for share, cases in sorted((Fraction(s.sampled, s.cases), s.cases) for s in strata):
        mean += min(left, cases) * share
        left -= min(left, cases)
    trials = min(marked, sum(stratum.sampled for stratum in strata))
    return errors <= mean - 1 and sampling.below(errors, trials, confidence, mean / trials)
