"""Working days by the policy's calendar: Monday to Friday, no public holidays of its country or region."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.policy.values import Policy


@cache
def holidays_of(country: str, region: str, first_year: int, last_year: int) -> tuple[dt.date, ...]:
    """Public holidays of a country or one of its regions, first and last year included.

    Source: the `holidays` library.
    """
    import holidays

    found = holidays.country_holidays(country, subdiv=region or None, years=range(first_year, last_year + 1))
    return tuple(sorted(found))


def holidays_about(as_at: dt.date, policy: Policy) -> tuple[dt.date, ...]:
    """Public holidays of the years that limits of an audit may reach."""
    return holidays_of(policy.holiday_country, policy.holiday_region, as_at.year - 12, as_at.year + 1)


def after(day: pl.Expr, number: pl.Expr, policy: Policy, as_at: dt.date) -> pl.Expr:
    """The last day of a limit of so many working days after a day; blank when either is.

    One working day after a Friday, a Saturday or a Sunday is the Monday, or the day after a bank holiday.
    """
    return day.dt.add_business_days(number, holidays=holidays_about(as_at, policy), roll="backward")
