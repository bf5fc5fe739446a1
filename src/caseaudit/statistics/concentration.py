"""Is the work held by a few people? Gini coefficient, Herfindahl-Hirschman index and Lorenz curve.

Gini: C. Gini, *Variabilità e mutabilità* (1912), in the form for ordered values, with the small-sample correction
n / (n - 1) of Deltas (*Review of Economics and Statistics* 85, 2003). HHI: A. O. Hirschman, *American Economic
Review* 54 (1964). Lorenz: M. O. Lorenz, *Publications of the American Statistical Association* 9 (1905).

Counts are per holder, such as high-acuity cases per worker; a worker without any is a holder of 0 and must be
given. Where nobody holds anything there is no concentration to speak of: the answer is None, not 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from caseaudit.statistics._exact import Number, fraction


def gini(counts: Iterable[Number], corrected: bool = False) -> float | None:
    """The Gini coefficient: 0 when all hold the same, (n - 1) / n when one of n holds everything.

    Args:
        counts: what each holder holds, 0 or more.
        corrected: times n / (n - 1), so that 1 is reached when one holds everything.

    Returns:
        A number from 0 to 1. None for no holders or a total of 0, and, corrected, for a single holder.

    Raises:
        ValueError: a count is blank, not a number, or negative.
    """
    ordered = sorted(_counts(counts))
    total, holders = sum(ordered), len(ordered)
    if not total or (corrected and holders == 1):
        return None
    spread = sum((2 * rank - holders - 1) * count for rank, count in enumerate(ordered, start=1))
    coefficient = Fraction(spread, holders * total)
    return float(coefficient * Fraction(holders, holders - 1) if corrected else coefficient)


def hhi(counts: Iterable[Number]) -> float | None:
    """The Herfindahl-Hirschman index: the sum of squared shares, 1 / n when shared evenly, 1 when one holds all.

    Args:
        counts: what each holder holds, 0 or more.

    Returns:
        A number above 0, at most 1; None for no holders or a total of 0.

    Raises:
        ValueError: a count is blank, not a number, or negative.
    """
    held = _counts(counts)
    total = sum(held)
    return float(sum(count * count for count in held) / (total * total)) if total else None


def lorenz(counts: Iterable[Number]) -> list[tuple[float, float]]:
    """The Lorenz curve, for a chart: from those who hold least to those who hold most.

    Args:
        counts: what each holder holds, 0 or more.

    Returns:
        n + 1 points from (0, 0) to (1, 1): share of the holders, share of the total they hold together.
        Empty for no holders or a total of 0.

    Raises:
        ValueError: a count is blank, not a number, or negative.
    """
    ordered = sorted(_counts(counts))
    total = sum(ordered)
    if not total:
        return []
    held, points = Fraction(0), [(0.0, 0.0)]
    for rank, count in enumerate(ordered, start=1):
        held += count
        points.append((rank / len(ordered), float(held / total)))
    return points


def _counts(counts: Iterable[Number]) -> list[Fraction]:
    held = [fraction(count, "A count") for count in counts]
    if any(count < 0 for count in held):
        raise ValueError("A count cannot be negative.")
    return held
