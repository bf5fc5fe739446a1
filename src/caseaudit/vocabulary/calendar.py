"""Words for what each team owes every week or every working day of the look-back, whether or not a row tells of it."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.policy import Policy
from caseaudit.policy.working_days import holidays_of
from caseaudit.vocabulary.registry import word

_WEEK = 7


@word
def teams(staff_in_post: pl.LazyFrame, open_cases: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """Every team with somebody in post or an open case at D. Columns: team, origin (of its first row)."""
    named = staff_in_post.select("team", "origin", late=0)
    if open_cases is not None:
        named = pl.concat([named, open_cases.select("team", "origin", late=1)])
    ordered = named.filter(pl.col("team").is_not_null()).sort("team", "late", "origin")
    return ordered.unique("team", keep="first", maintain_order=True).select("team", "origin")


@word
def team_weeks(teams: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """Every team with every week, Monday to Sunday, that lies wholly within the look-back.

    Columns: team, week (its Monday), origin.
    """
    first = as_at - dt.timedelta(days=policy.lookback_days - 1)
    monday = first + dt.timedelta(days=-first.weekday() % _WEEK)
    count = max(0, ((as_at - monday).days + 1) // _WEEK)
    weeks = [monday + dt.timedelta(days=_WEEK * number) for number in range(count)]
    return teams.join(pl.LazyFrame({"week": weeks}, schema={"week": pl.Date}), how="cross", maintain_order="left")


@word
def team_days(teams: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """Every team with every working day of the look-back: Monday to Friday, no public holiday.

    Columns: team, date, origin.
    """
    days = [as_at - dt.timedelta(days=back) for back in reversed(range(policy.lookback_days))]
    free = holidays_of(policy.holiday_country, policy.holiday_region, days[0].year, as_at.year) if days else ()
    working = [day for day in days if day.weekday() < 5 and day not in free]
    return teams.join(pl.LazyFrame({"date": working}, schema={"date": pl.Date}), how="cross", maintain_order="left")
