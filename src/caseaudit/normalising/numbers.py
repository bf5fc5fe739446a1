"""Texts to numbers."""

from __future__ import annotations

from math import inf

import polars as pl

_PLAIN = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"
_GROUPED = r"^[+-]?[0-9]{1,3}([, ][0-9]{3})+(\.[0-9]+)?$"
# "0,8" can only be a decimal comma; "1,234" is read as a thousand, as a British export writes it.
_DECIMAL_COMMA = r"^[+-]?([0-9]+,[0-9]{1,2}|0,[0-9]+)$"
_PERCENT = r"^[+-]?[0-9]+([.,][0-9]+)?\s*%$"
_UNIT = r"(?i)\s*(w\.?t\.?e\.?|f\.?t\.?e\.?|days?)\.?$"


MOST_WTE = 2.0
"""Whole-time equivalents of one worker beyond which a number is no such thing: 37.5 under the heading is hours a week.

It is no limit of the policy. A limit says how much of something a service accepts, and a check tests it; this says what
a number can mean, as the years from 1900 to 2100 do for a date, and no policy reaches the reading of values: `inspect`
and a run read the same exports alike. A value above it stands in the reject ledger with its reason, the field is blank.
"""


def read_numbers(texts: pl.Series, most: float = inf) -> pl.DataFrame:
    """`value` (Float64; a percentage as its share of one) and `problem` for each text.

    Args:
        texts: different texts, none null.
        most: above it a number is not what the field holds. None of the fields holds one below nought.
    """
    bare = pl.col("text").str.replace(_UNIT, "").str.strip_chars()
    value = (
        pl.when(bare.str.contains(_PLAIN))
        .then(bare)
        .when(bare.str.contains(_GROUPED))
        .then(bare.str.replace_all("[, ]", ""))
        .when(bare.str.contains(_DECIMAL_COMMA))
        .then(bare.str.replace(",", ".", literal=True))
        .cast(pl.Float64, strict=False)
    )
    share = (
        pl.when(bare.str.contains(_PERCENT))
        .then(bare.str.replace(r"\s*%$", "").str.replace(",", ".", literal=True))
        .cast(pl.Float64, strict=False)
        / 100
    )
    number = pl.coalesce(value, share)
    finite = pl.when(number.is_finite()).then(number)
    too_much = finite > most
    return (
        texts.alias("text")
        .to_frame()
        .select(
            value=pl.when((finite >= 0) & ~too_much).then(finite),
            problem=pl.when(finite.is_null())
            .then(pl.lit("not a number"))
            .when(finite < 0)
            .then(pl.lit("a number below nought"))
            .when(too_much)
            .then(pl.lit(f"more than {most:g}: hours, not whole-time equivalents?")),
        )
    )
