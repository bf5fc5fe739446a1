"""Lower tails of the hypergeometric and the binomial distribution, compared exactly with a probability.

An audit's claim can hang on a tie: 19 of 20 cases audited without an error leave a probability of exactly 5 %.
So a comparison here is never a matter of rounding. Each tail is first worked out with 80 digits, as products
and sums of positive terms only, so that its relative error stays under about 1e-70 times the number of steps.
Unless it agrees with the probability to 50 digits that decides; if it does, whole numbers decide.
"""

from __future__ import annotations

import math
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction

# The widest exponents: a term of 10^-100000 is ordinary here and must not become zero.
WORK = Context(prec=80, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[InvalidOperation, DivisionByZero, Overflow])
_DOUBT = Decimal("1e-50")


def compare_hypergeometric(most: int, marked: int, drawn: int, population: int, probability: Fraction) -> int:
    """The sign of P(at most ``most`` marked cases among those drawn) - ``probability``.

    Args:
        most: number of marked cases (errors), 0 or more.
        marked: marked cases in the population.
        drawn: cases drawn without replacement.
        population: all cases.
        probability: between 0 and 1, both excluded.

    Returns:
        -1, 0 or 1.
    """
    fewest = max(0, drawn + marked - population)
    if most < fewest:
        return -1
    if most >= min(marked, drawn):
        return 1
    sign = against(_hypergeometric(fewest, most, marked, drawn, population), probability)
    return sign or _exact_hypergeometric(most, marked, drawn, population, probability)


def compare_binomial(most: int, trials: int, rate: Fraction, probability: Fraction) -> int:
    """The sign of P(at most ``most`` events in ``trials``, each of chance ``rate``) - ``probability``.

    Returns:
        -1, 0 or 1.
    """
    if most >= trials or rate == 0:
        return 1
    if rate == 1:
        return -1
    tail = binomial_sums(trials, rate, most)[-1]
    return against(tail, probability) or exact_binomial(most, trials, rate, probability)


def binomial_sums(trials: int, rate: Fraction, most: int) -> list[Decimal]:
    """P(at most 0), P(at most 1) ... P(at most ``most``) with 80 digits; ``rate`` strictly between 0 and 1."""
    multiply, add, divide = WORK.multiply, WORK.add, WORK.divide
    with_event, without = rate.numerator, rate.denominator - rate.numerator
    odds = divide(Decimal(with_event), Decimal(without))
    term = WORK.power(divide(Decimal(without), Decimal(rate.denominator)), trials)
    sums = [term]
    for events in range(most):
        term = divide(multiply(multiply(term, odds), trials - events), events + 1)
        sums.append(add(sums[-1], term))
    return sums


def against(tail: Decimal, probability: Fraction) -> int:
    """The sign of tail - probability, or 0 where 80 digits do not tell."""
    difference = WORK.subtract(WORK.multiply(tail, probability.denominator), probability.numerator)
    if abs(difference) <= WORK.multiply(_DOUBT, probability.numerator):
        return 0
    return 1 if difference > 0 else -1


def exact_binomial(most: int, trials: int, rate: Fraction, probability: Fraction) -> int:
    """compare_binomial in whole numbers alone; slow for many trials, but only a tie comes this far."""
    with_event, without = rate.numerator, rate.denominator - rate.numerator
    ways = sum(
        math.comb(trials, events) * with_event**events * without ** (trials - events) for events in range(most + 1)
    )
    return _sign(ways * probability.denominator - probability.numerator * rate.denominator**trials)


def _hypergeometric(fewest: int, most: int, marked: int, drawn: int, population: int) -> Decimal:
    multiply, add, divide = WORK.multiply, WORK.add, WORK.divide
    # marked and drawn may change places, so the first term is a product of as many factors as the smaller has.
    if fewest == 0:
        factors, top = min(marked, drawn), population - max(marked, drawn)
    else:
        factors, top = population - max(marked, drawn), min(marked, drawn)
    above = below = Decimal(1)
    for step in range(factors):
        above = multiply(above, top - step)
        below = multiply(below, population - step)
    term = total = divide(above, below)
    for errors in range(fewest, most):
        term = multiply(term, (marked - errors) * (drawn - errors))
        term = divide(term, (errors + 1) * (population - marked - drawn + errors + 1))
        total = add(total, term)
    return total


def _exact_hypergeometric(most: int, marked: int, drawn: int, population: int, probability: Fraction) -> int:
    """compare_hypergeometric in whole numbers alone, for a tie."""
    small, large = sorted((marked, drawn))
    ways = sum(math.comb(large, errors) * math.comb(population - large, small - errors) for errors in range(most + 1))
    return _sign(ways * probability.denominator - probability.numerator * math.comb(population, small))


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
