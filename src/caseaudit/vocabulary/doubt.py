"""Measures that blanks leave open: known only to lie between a lowest and a highest reading.

A blank must not pass, and must not make a breach either that the rest does not show: so both readings are worked out,
and the measure is blank only where they fall on different sides of the limit.
"""

from __future__ import annotations

import polars as pl

from caseaudit.vocabulary.days import share


def settled(worst: pl.Expr, best: pl.Expr) -> pl.Expr:
    """By how much a limit is exceeded (0 or less when kept), where blanks leave that open.

    Args:
        worst: the excess if every blank stood for the worse.
        best: the excess if every blank stood for the better.

    Returns:
        `worst` where even that keeps the limit, `best` where even that breaks it, otherwise blank.
    """
    return pl.when(worst <= 0).then(worst).when(best > 0).then(best)


def share_range(hit: pl.Expr, counted: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Lowest and highest share of hits among the rows of a group that count.

    Args:
        hit: whether a row is a hit, without blanks.
        counted: whether it counts at all; a blank leaves it open, row by row.
    """
    sure, maybe = counted.fill_null(value=False), counted.is_null()
    lowest = share((hit & sure).sum(), (sure | (maybe & ~hit)).sum())
    highest = share((hit & (sure | maybe)).sum(), (sure | (maybe & hit)).sum())
    return lowest, highest
