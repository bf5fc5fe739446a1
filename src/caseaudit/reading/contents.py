"""What the contents of the cells of a long sheet mean, where that is evident from their XML."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from caseaudit.reading.sharedtexts import ESCAPED

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.reading.sharedtexts import SharedTexts

_OWN_TEXT, _END = ' t="inlineStr"><is><t>', "</t></is></c>"
_VALUE_BEGINS, _VALUE_ENDS = "><v>", "</v></c>"
_ATTRIBUTES = re.compile(r'(?: s="([0-9]{1,5})")?(?: t="([sn])")?')
_PLACE = r"^[0-9]{1,9}$"
_NUMBER = r"^(?:0|-?[1-9][0-9]{0,14}|-?[1-9][0-9]{0,6}\.[0-9]{0,6}[1-9]|-?0\.[1-9](?:[0-9]{0,6}[1-9])?)$"
"""A number that is shown as it is written: with so few digits that no other is as near to it."""


def plain_texts(
    contents: pl.Series, shared: SharedTexts | None, undated: Collection[int]
) -> tuple[pl.Series, pl.Series]:
    """What contents mean that are a text of their own or a shared one, with no escape in it, or a number.

    Args:
        contents: the XML of cells from behind their reference on.
        shared: the shared texts of the workbook, where they were taken apart.
        undated: the styles with which a number is a number.

    Returns:
        The texts, null for contents that mean something else; and for each content that is a shared text its place
        among those (UInt32), null for the others.
    """
    import polars as pl

    content, attributes, value = pl.col(contents.name), pl.col("field_0"), pl.col("field_1")
    plain = content.str.starts_with(_OWN_TEXT) & content.str.ends_with(_END) & ~content.str.contains(ESCAPED)
    split = content.str.strip_chars_end().str.strip_suffix(_VALUE_ENDS).str.splitn(_VALUE_BEGINS, 2).alias("split")
    parts = contents.to_frame().select(content, split).unnest("split")
    shares, numeric = [], []
    for one in parts.filter(value.is_not_null())["field_0"].unique():
        if matched := _ATTRIBUTES.fullmatch(one):
            style, kind = matched.groups()
            if kind == "s":
                shares.append(one)
            elif style is None or int(style) in undated:
                numeric.append(one)
    found = parts.select(
        own=pl.when(plain).then(content.str.strip_prefix(_OWN_TEXT).str.strip_suffix(_END)),
        number=pl.when(attributes.is_in(numeric) & value.str.contains(_NUMBER)).then(value),
        place=pl.when(attributes.is_in(shares) & value.str.contains(_PLACE)).then(value).cast(pl.UInt32),
    )
    texts = pl.Series(dtype=pl.String) if shared is None else shared.texts
    places = found["place"].set(found["place"] >= len(texts), None)
    own = found.select(pl.coalesce("own", "number", pl.lit(texts.gather(places)))).to_series()
    return own, places


def renumbered(contents: pl.Series, places: pl.Series) -> tuple[pl.Series, pl.Series | None]:
    """Contents that point to the first, the second ... of the shared texts they need, and the places of those.

    Contents as they were, and None, where one of them points to a shared text in an unusual way.

    Args:
        contents: the XML of cells from behind their reference on.
        places: for each that is a shared text its place among all of them; null for the others.
    """
    import polars as pl

    if (contents.str.contains(' t="s"', literal=True) & places.is_null()).any():
        return contents, None
    at = places.is_not_null().arg_true()
    cells = contents.gather(at).alias("cell").to_frame().with_row_index("number")
    attributes = pl.col("cell").str.splitn("<v>", 2).struct.field("field_0")
    pointing = cells.select(pl.format("{}<v>{}</v></c>", attributes, "number")).to_series()
    return contents.scatter(at, pointing), places.gather(at)
