"""Texts to numbers."""

from __future__ import annotations

import polars as pl

_PLAIN = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"
_GROUPED = r"^[+-]?[0-9]{1,3}([, ][0-9]{3})+(\.[0-9]+)?$"
# "0,8" can only be a decimal comma; "1,234" is read as a thousand, as a British export writes it.
_DECIMAL_COMMA = r"^[+-]?([0-9]+,[0-9]{1,2}|0,[0-9]+)$"
_PERCENT = r"^[+-]?[0-9]+([.,][0-9]+)?\s*%$"
_UNIT = r"(?i)\s*(w\.?t\.?e\.?|f\.?t\.?e\.?|days?)\.?$"


def read_numbers(texts: pl.Series) -> pl.DataFrame:
    """`value` (Float64; a percentage as its share of one) and `problem` for each text."""
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
    return (
        texts.alias("text")
        .to_frame()
        .select(value=finite, problem=pl.when(finite.is_null()).then(pl.lit("not a number")))
    )
