"""Texts to days and months, by rule. Day first is the default; the order is decided per column from its values.

Two-digit years turn at 50: 49 is 2049, 50 is 1950. Days before 1900 or after 2100 are taken for mistakes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

Order = Literal["dmy", "mdy", "ymd", "mixed"]
"""`mixed`: the column's own values prove both day first and month first."""

_TIME = (
    r"[ t]+[0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2}([.,:][0-9]+)?)?( ?[ap]\.?m\.?)?"
    r"( ?(z|utc|gmt|bst|[+-][0-9]{2}:?[0-9]{2}))?( ?\(?(gmt|bst)\)?)?$"
)
_WEEKDAY = r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[, .]+"
_MONTH_NAMES = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_NAME = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"([0-9]{4}|'?[0-9]{2})"
_NUMERIC = r"^([0-9]{1,2})([-/. ])([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})$"
_ISO = r"^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})$"
_COMPACT = r"^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})$"
_DAY_NAME = rf"^([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[-/. ,]*{_NAME}[-/. ,]*{_YEAR}$"
_NAME_DAY = rf"^{_NAME}[-/. ]*([0-9]{{1,2}})(?:st|nd|rd|th)?[-/. ,]+{_YEAR}$"
_SERIAL = r"^([2-7][0-9]{4}|80000)(\.[0-9]+)?$"
_NAME_YEAR = rf"^{_NAME}[-/. ,]*{_YEAR}$"
_YEAR_NAME = rf"^([0-9]{{4}})[-/. ,]*{_NAME}$"
_YEAR_MONTH = r"^([0-9]{4})[-/.]?([0-9]{2})$"
_MONTH_YEAR = r"^([0-9]{1,2})[-/.]([0-9]{4})$"

_OPEN_ENDED = ("9999-12-31", "2999-12-31", "1900-01-01", "1899-12-30", "1899-12-31")
"""Days by which systems write "no date"."""

NOT_A_DATE = "not a date"
EITHER_WAY = "day and month could be either way round; the column proves both orders"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the all-number dates of one column say of their order.

    Attributes:
        day_first: different texts whose first number can only be a day.
        month_first: different texts whose second number can only be a day.
        either: different texts that can be read both ways and mean different days.
        first_of_month: every such text has 1 as its first number ("01/04/2026" for April).
    """

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    first_of_month: bool = False

    @property
    def order(self) -> Order | None:
        """The order the column proves; None where nothing in it tells."""
        told = self.day_first + self.month_first
        if not told:
            return None
        # One slip of the pen among a hundred dates does not make a column month-first; it is reported by itself.
        if self.day_first >= 0.95 * told:
            return "dmy"
        if self.month_first >= 0.95 * told:
            return "mdy"
        return "mixed"


def evidence(texts: pl.Series) -> Evidence:
    """What the different texts of a column (trimmed) say of the order of day and month."""
    parts = _plain(texts).select(n=pl.col("text").str.extract_groups(_NUMERIC)).unnest("n")
    first, second = pl.col("1").cast(pl.Int32), pl.col("3").cast(pl.Int32)
    either = (first <= 12) & (second <= 12) & (first != second)
    row = parts.select(
        day_first=((first > 12) & (second <= 12)).sum(),
        month_first=((second > 12) & (first <= 12)).sum(),
        either=either.sum(),
        first_of_month=(first == 1).all() & either.any(),
    ).row(0, named=True)
    return Evidence(**row)


def day_part(column: pl.Series) -> pl.Series:
    """The column without the time of day, where a date-time is written as systems write it.

    A column of date-times has nearly as many different texts as rows; cut to their days they are few again.
    """
    if column.dtype != pl.String:
        return column  # kept by numbers, and so its different texts are few
    longest = column.str.len_bytes().max()
    if not isinstance(longest, int) or longest < len("2026-01-01 10:"):
        return column
    # The one step that costs much on a single column: Polars uses every core where it is told to read in portions.
    rows, text, timed = column.to_frame().lazy(), pl.col(column.name), r"(?s)^[ T]..:$"
    mark, day = text.str.slice(10, 4), text.str.slice(0, 10)
    marks = rows.select(mark.unique()).collect(engine="streaming").to_series()
    if not marks.str.contains(timed).all():
        day = pl.when(mark.str.contains(timed)).then(day).otherwise(text).alias(column.name)
    return rows.select(day).collect(engine="streaming").to_series().rechunk()


def read_days(texts: pl.Series, order: Order) -> pl.DataFrame:
    """Days from texts.

    Args:
        texts: different trimmed texts, none null.
        order: of the numbers in dates written with numbers alone.

    Returns:
        `value` (Date), `problem` (a reason, null where read) and `how` ("serial" for an Excel serial number,
        "open" for a day that stands for no date; null otherwise).
    """
    plain = _plain(texts)
    year, month, day = _numeric(order)
    parts = plain.with_columns(
        numeric=pl.col("text").str.extract_groups(_NUMERIC),
        iso=pl.col("text").str.extract_groups(_ISO),
        compact=pl.col("text").str.extract_groups(_COMPACT),
        day_name=pl.col("text").str.extract_groups(_DAY_NAME),
        name_day=pl.col("text").str.extract_groups(_NAME_DAY),
    )
    shapes = [
        _joined(year, month, day),
        _joined(_part("iso", 1), _part("iso", 2), _part("iso", 3)),
        _joined(_part("compact", 1), _part("compact", 2), _part("compact", 3)),
        _joined(_year(_part("day_name", 3)), _month(_part("day_name", 2)), _part("day_name", 1)),
        _joined(_year(_part("name_day", 3)), _month(_part("name_day", 1)), _part("name_day", 2)),
    ]
    written = pl.coalesce(shapes).str.to_date("%Y-%m-%d", strict=False)
    serial = pl.col("text").str.extract(_SERIAL, 1).cast(pl.Int32, strict=False)
    value = pl.coalesce(written, pl.date(1899, 12, 30) + pl.duration(days=serial))
    open_ended = written.is_in([pl.Series([d]).str.to_date("%Y-%m-%d").item() for d in _OPEN_ENDED])
    sane = value.dt.year().is_between(1900, 2100) & ~open_ended.fill_null(value=False)
    read = parts.select(
        value=pl.when(sane).then(value),
        how=pl.when(open_ended).then(pl.lit("open")).when(serial.is_not_null()).then(pl.lit("serial")),
        undecided=_either_way("numeric") if order == "mixed" else pl.lit(value=False),
    )
    return read.select(
        pl.when(~pl.col("undecided")).then(pl.col("value")).alias("value"),
        pl.when(pl.col("undecided"))
        .then(pl.lit(EITHER_WAY))
        .when(pl.col("value").is_null() & (pl.col("how").is_null() | (pl.col("how") != "open")))
        .then(pl.lit(NOT_A_DATE))
        .alias("problem"),
        "how",
    )


def read_months(texts: pl.Series, order: Order) -> pl.DataFrame:
    """First days of months from texts such as "Oct 2026", "2026-10", "10/2026" or a whole date; as read_days."""
    parts = _plain(texts).with_columns(
        name_year=pl.col("text").str.extract_groups(_NAME_YEAR),
        year_name=pl.col("text").str.extract_groups(_YEAR_NAME),
        year_month=pl.col("text").str.extract_groups(_YEAR_MONTH),
        month_year=pl.col("text").str.extract_groups(_MONTH_YEAR),
    )
    first = pl.lit("1")
    shapes = [
        _joined(_year(_part("name_year", 2)), _month(_part("name_year", 1)), first),
        _joined(_part("year_name", 1), _month(_part("year_name", 2)), first),
        _joined(_part("year_month", 1), _part("year_month", 2), first),
        _joined(_part("month_year", 2), _part("month_year", 1), first),
    ]
    month = parts.select(m=pl.coalesce(shapes).str.to_date("%Y-%m-%d", strict=False)).to_series()
    # 202610 is both a month and an Excel serial out of range; a month wins, a whole date comes last.
    return (
        read_days(texts, order)
        .with_columns(month=month)
        .select(
            value=pl.coalesce("month", pl.col("value").dt.truncate("1mo")),
            problem=pl.when(pl.col("month").is_null()).then(pl.col("problem").replace({NOT_A_DATE: "not a month"})),
            how=pl.when(pl.col("month").is_null()).then(pl.col("how")),
        )
    )


def _plain(texts: pl.Series) -> pl.DataFrame:
    """The texts in lower case without weekday and time of day."""
    text = pl.col("text").str.to_lowercase().str.replace(_TIME, "").str.replace(_WEEKDAY, "").str.strip_chars(" ,")
    return texts.alias("text").to_frame().select(text)


def _part(group: str, number: int) -> pl.Expr:
    return pl.col(group).struct.field(str(number))


def _month(name: pl.Expr) -> pl.Expr:
    return name.str.slice(0, 3).replace_strict(_MONTH_NAMES, default=None, return_dtype=pl.Int32).cast(pl.String)


def _year(digits: pl.Expr) -> pl.Expr:
    bare = digits.str.strip_chars("'")
    century = pl.when(bare.cast(pl.Int32) < 50).then(pl.lit("20")).otherwise(pl.lit("19"))
    return pl.when(bare.str.len_bytes() == 2).then(century + bare).otherwise(bare)


def _joined(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    return pl.concat_str([year.str.zfill(4), month.str.zfill(2), day.str.zfill(2)], separator="-", ignore_nulls=False)


def _numeric(order: Order) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    first, second, third = (_part("numeric", n) for n in (1, 3, 4))
    if order == "ymd":
        return _year(first), second, third
    if order == "mdy":
        return _year(third), first, second
    if order == "mixed":
        # What can be read both ways is reported as a problem; the rest has a 13 or more that tells.
        turned = second.cast(pl.Int32) > 12
        month = pl.when(turned).then(first).otherwise(second)
        return _year(third), month, pl.when(turned).then(second).otherwise(first)
    return _year(third), second, first


def _either_way(group: str) -> pl.Expr:
    first, second = _part(group, 1).cast(pl.Int32), _part(group, 3).cast(pl.Int32)
    return ((first <= 12) & (second <= 12) & (first != second)).fill_null(value=False)
