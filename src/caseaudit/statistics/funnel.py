"""Funnel limits for proportions: how far chance alone may take a team or worker from the service's proportion.

After D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", *Statistics in Medicine* 24
(2005), 1185-1202: exact binomial limits, at 95 % and 99.8 % by custom, with a multiplicative allowance for
overdispersion estimated from winsorised z-scores as an option.

The convention. A count signals "high" when, at the centre's chance, so many or more have a probability of at most
(1 - level) / 2, and "low" when so few or fewer have. The limits are the outermost counts which do not signal,
divided by the denominator; so a signal is a point strictly outside the limits. They are not interpolated between
counts, which Spiegelhalter does to draw smooth curves: drawn against n they form steps. All of it is exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from caseaudit.statistics._exact import Number, fraction, open_share, share, whole
from caseaudit.statistics._tails import against, binomial_sums, exact_binomial

Side = Literal["high", "low"]


class Limits(NamedTuple):
    """Lower and upper limit as proportions; a point on a limit is inside."""

    lower: float
    upper: float


def limits(denominators: Iterable[int], centre: Number, level: Number, dispersion: Number = 1) -> list[Limits]:
    """The funnel's limits at each denominator.

    Args:
        denominators: cases per team or worker, 0 or more. Of nobody nothing is unusual: at 0 the limits are 0, 1.
        centre: the proportion all are compared with, from 0 to 1; best as ``Fraction(count, cases)``.
        level: 0.95 or 0.998, between 0 and 1, both excluded.
        dispersion: variance over that of the binomial, see ``dispersion``. Above 1 it moves each limit away from
            the centre by its square root, at most to 0 or 1; at or below 1 it changes nothing.

    Returns:
        One pair per denominator, in the same order.

    Raises:
        ValueError: a figure is out of range.
    """
    middle, cover = share(centre, "The centre"), open_share(level, "The level")
    ratio = _ratio(dispersion)
    found = []
    for cases in (whole(cases, "A denominator") for cases in denominators):
        if cases == 0:
            found.append(Limits(0.0, 1.0))
            continue
        low, high = (Fraction(count, cases) for count in _inside(cases, middle, cover))
        if ratio > 1:
            widening = Fraction(math.sqrt(ratio))
            low = max(Fraction(0), middle - widening * (middle - low))
            high = min(Fraction(1), middle + widening * (high - middle))
        found.append(Limits(float(low), float(high)))
    return found


def outside(count: int, cases: int, centre: Number, level: Number, dispersion: Number = 1) -> Side | None:
    """Whether a count lies strictly outside the funnel, decided without rounding.

    Args:
        count: of the cases, how many have the property.
        cases: the denominator.
        centre: as ``limits``.
        level: as ``limits``.
        dispersion: as ``limits``.

    Returns:
        "high", "low", or None for inside.

    Raises:
        ValueError: a figure is out of range, or the count exceeds the cases.
    """
    middle, cover = share(centre, "The centre"), open_share(level, "The level")
    ratio = _ratio(dispersion)
    if whole(count, "The count") > whole(cases, "The denominator"):
        raise ValueError("The count cannot exceed its denominator.")
    if cases == 0:
        return None
    low, high = _inside(cases, middle, cover)
    if low <= count <= high:
        return None
    side: Side = "high" if count > high else "low"
    limit = Fraction(high if side == "high" else low, cases)
    # Compared as squares, so that the root of the dispersion need not be taken.
    beyond = (Fraction(count, cases) - middle) ** 2 > ratio * (limit - middle) ** 2
    return side if beyond else None


def dispersion(counts: Sequence[int], denominators: Sequence[int], centre: Number, winsorised: Number = "0.1") -> float:
    """How many times the spread between teams exceeds what chance alone makes: the mean square z-score.

    The z-scores are winsorised first: the lowest and the highest tenth are set to the next one inwards, so that
    the very teams one looks for do not widen the limits. With fewer than 10 teams a tenth is no team at all.

    Args:
        counts: per team, how many cases have the property.
        denominators: cases per team; a team without cases is left out.
        centre: the proportion all are compared with, between 0 and 1, both excluded.
        winsorised: share of the teams at either end, at least 0 and below one half.

    Returns:
        About 1 where chance explains the spread; less than 1 is possible, and ``limits`` reads it as 1.

    Raises:
        ValueError: a figure is out of range, the lists differ in length, or no team has a case.
    """
    middle = open_share(centre, "The centre")
    part = share(winsorised, "The winsorised share")
    if part >= Fraction(1, 2):
        raise ValueError("The winsorised share must be below one half.")
    if len(counts) != len(denominators):
        raise ValueError("There must be one count per denominator.")
    # Squares that keep their sign have the same order as the z-scores and need no root.
    squares = []
    for count, cases in zip(counts, denominators, strict=True):
        if whole(count, "A count") > whole(cases, "A denominator"):
            raise ValueError("A count cannot exceed its denominator.")
        if cases:
            gap = Fraction(count, cases) - middle
            squares.append(gap * abs(gap) * cases / (middle * (1 - middle)))
    if not squares:
        raise ValueError("No denominator is above 0.")
    squares.sort()
    ends = int(part * len(squares))
    lowest, highest = squares[ends], squares[-1 - ends]
    return float(sum(abs(min(max(square, lowest), highest)) for square in squares) / len(squares))


def _ratio(dispersion: Number) -> Fraction:
    ratio = fraction(dispersion, "The dispersion")
    if ratio < 0:
        raise ValueError("The dispersion cannot be negative.")
    return max(ratio, Fraction(1))


@lru_cache(maxsize=4096)
def _inside(cases: int, centre: Fraction, level: Fraction) -> tuple[int, int]:
    """The lowest and the highest count that do not signal."""
    tail = (1 - level) / 2
    return _lowest_inside(cases, centre, tail), cases - _lowest_inside(cases, 1 - centre, tail)


def _lowest_inside(cases: int, chance: Fraction, tail: Fraction) -> int:
    """The least count of which P(at most so many) exceeds ``tail``."""
    if chance in (0, 1):
        return cases if chance == 1 else 0
    # The median lies within one of cases x chance, and tail is below one half: the search ends there at the latest.
    most = min(cases, math.ceil(cases * chance) + 1)
    return next(
        count
        for count, below in enumerate(binomial_sums(cases, chance, most))
        if (against(below, tail) or exact_binomial(count, cases, chance, tail)) > 0
    )
