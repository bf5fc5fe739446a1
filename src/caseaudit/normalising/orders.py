"""Which comes first in a source's dates, the day or the month: decided per column, from the evidence, and said."""

from __future__ import annotations

import polars as pl

from caseaudit.at_once import at_once
from caseaudit.model import Feed, SheetPlan
from caseaudit.normalising.answers import with_numbers
from caseaudit.normalising.dates import Evidence, Order, day_part, evidence
from caseaudit.normalising.words import trimmed
from caseaudit.tables import spec

_FROM_1900_TO_1904 = 1462
"""Days between the first of each calendar, 30 December 1899 and 1 January 1904."""
_DAY_NUMBER = r"^\s*([0-9]{5})(\.[0-9]+)?\s*$"
_SAID = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}


def date_headings(feed: Feed) -> dict[str, str]:
    """Heading → kind ("day" or "month") of the columns of a feed that hold dates."""
    fields = spec(feed.table).fields
    found = {heading: fields[name].kind for name, heading in feed.columns.items()}
    if feed.unpivot is not None:
        found |= dict.fromkeys(feed.unpivot.headings, fields[feed.unpivot.value_field].kind)
    return {heading: kind for heading, kind in found.items() if kind in {"day", "month"}}


def counted_from_1900(frame: pl.DataFrame, plan: SheetPlan) -> pl.DataFrame:
    """The rows of a workbook that counts days from 1904, its bare day numbers made those of the usual calendar.

    So they are in columns that are read as nothing but dates.
    """
    number = pl.col("text").str.extract(_DAY_NUMBER, 1).cast(pl.Int32, strict=False)
    usual = pl.format("{}{}", number + _FROM_1900_TO_1904, pl.col("text").str.extract(_DAY_NUMBER, 2).fill_null(""))
    moved = pl.coalesce(usual, pl.col("text"))
    columns = (frame.get_column(heading).cast(pl.String) for heading in sorted(_date_columns(plan)))
    return frame.with_columns(c.alias("text").to_frame().select(moved).to_series().alias(c.name) for c in columns)


def cut_to_days(frame: pl.DataFrame, plan: SheetPlan) -> pl.DataFrame:
    """The rows with the time of day cut off in columns that are read as nothing but dates."""
    columns = [frame.get_column(heading) for heading in sorted(_date_columns(plan))]
    return frame.with_columns(at_once(lambda column: with_numbers(day_part(column)), columns))


def _date_columns(plan: SheetPlan) -> set[str]:
    """The columns of a source that are read as nothing but dates."""
    days = {heading for feed in plan.feeds for heading in date_headings(feed)}
    others = {
        heading
        for feed in plan.feeds
        for name, heading in feed.columns.items()
        if spec(feed.table).fields[name].kind not in {"day", "month"}
    }
    return days - others


def decide(frame: pl.DataFrame, plan: SheetPlan) -> tuple[dict[str, Order], list[str], list[str]]:
    """The order of every date column of a source.

    A column is read by what the mapping file says; else by what its own values prove; else by what the other date
    columns of the source prove, if they agree; else day first if nothing in it could be read both ways, or if all
    its dates are firsts of a month.

    Returns:
        Heading → order, what was decided in sentences, and the headings about which nothing tells.
    """
    kinds: dict[str, str] = {}
    for feed in plan.feeds:
        kinds |= date_headings(feed)
    seen = {h: evidence(_different(frame.get_column(h))) for h in kinds}
    proved = {e.order for e in seen.values() if e.order is not None}
    elsewhere: Order | None = proved.pop() if len(proved) == 1 and "mixed" not in proved else None
    orders: dict[str, Order] = {}
    reasons: dict[str, list[str]] = {}
    open_headings: list[str] = []
    for heading, found in seen.items():
        order, why = _order(plan, heading, found, elsewhere)
        if order is None:
            open_headings.append(heading)
        orders[heading] = order or "dmy"
        if why:
            reasons.setdefault(why, []).append(f"“{heading}”")
    notes = [f"dates in {', '.join(headings)}: {why}" for why, headings in reasons.items()]
    return orders, notes, open_headings


def _different(column: pl.Series) -> pl.Series:
    """The different texts of a column; trimmed only then, when they are few."""
    texts = day_part(column).unique().drop_nulls().cast(pl.String)
    return day_part(trimmed(day_part(texts))).drop_nulls().unique()


def _order(plan: SheetPlan, heading: str, found: Evidence, elsewhere: Order | None) -> tuple[Order | None, str]:
    order: Order | None = None
    why = ""
    if heading in plan.date_order:
        order = _as_order(plan.date_order[heading])
        # ISO dates need no order: there is nothing to be said of them.
        said = f"{_SAID[order]}, as {plan.format.name if plan.format else plan.ordered_by} says"
        why = said if found.order or found.either else ""
    elif found.order == "mixed":
        order, why = "mixed", "some cells prove day first, some month first; what could be either is not read"
    elif found.order is not None:
        order, why = found.order, f"{_SAID[found.order]}, as their own values prove"
    elif not found.either:
        order = "dmy"
    elif elsewhere is not None:
        order, why = elsewhere, f"{_SAID[elsewhere]}, as the other dates of the same source prove"
    elif found.first_of_month:
        order, why = "dmy", "day first, assumed because every one is then the first of a month"
    return order, why


def _as_order(text: str) -> Order:
    if text == "mdy":
        return "mdy"
    return "ymd" if text == "ymd" else "dmy"
