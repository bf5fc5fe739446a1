"""Words for days and shares. All are expressions; a blank day gives a blank answer, never a yes or a no."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from caseaudit.policy.working_days import after, holidays_about

if TYPE_CHECKING:
    from caseaudit.policy import Policy

FAR = dt.date.max


def days(earlier: str | pl.Expr, later: str | dt.date | pl.Expr) -> pl.Expr:
    """Calendar days from one day to another (Int64); negative when `later` lies before `earlier`."""
    return (_expr(later) - _expr(earlier)).dt.total_days()


def plus_days(day: str | pl.Expr, count: str | int | pl.Expr) -> pl.Expr:
    """The day `count` calendar days after a day; blank when either is."""
    number = pl.col(count) if isinstance(count, str) else pl.lit(count) if isinstance(count, int) else count
    return _expr(day) + pl.duration(days=number)


def seen(day: str | pl.Expr, as_at: dt.date) -> pl.Expr:
    """Whether an event had happened by the as-at date. Events dated after it are not seen."""
    return _expr(day) <= as_at


def in_lookback(day: str | pl.Expr, policy: Policy, as_at: dt.date) -> pl.Expr:
    """D - lookback_days < day <= D."""
    return _expr(day).is_between(as_at - dt.timedelta(days=policy.lookback_days), as_at, closed="right")


def within(day: str | pl.Expr, count: int, as_at: dt.date) -> pl.Expr:
    """Within `count` days before D: D - count <= day <= D."""
    return _expr(day).is_between(as_at - dt.timedelta(days=count), as_at)


def open_at(began: str | pl.Expr, ended: str | pl.Expr, as_at: dt.date) -> pl.Expr:
    """Began on or before D and not ended on or before D: an open case, a member of staff in post, a current allocation.

    A blank beginning counts as begun, since leaving the row out would hide it.
    """
    return (_expr(began).fill_null(as_at) <= as_at) & ~(_expr(ended).fill_null(FAR) <= as_at)


def touches_lookback(began: str | pl.Expr, ended: str | pl.Expr, policy: Policy, as_at: dt.date) -> pl.Expr:
    """A thing that spans time: began on or before D and did not end on or before D - lookback_days."""
    start = as_at - dt.timedelta(days=policy.lookback_days)
    return (_expr(began) <= as_at) & ~(_expr(ended).fill_null(FAR) <= start)


def share(part: str | pl.Expr, whole: str | pl.Expr) -> pl.Expr:
    """Part / whole, rounded at the ninth decimal so that binary noise never decides on a limit.

    0 / 0 is 0 (nothing of nothing); anything else / 0 is infinite, and so over every limit.
    """
    top, bottom = _column(part).cast(pl.Float64), _column(whole).cast(pl.Float64)
    return pl.when((top == 0) & (bottom == 0)).then(0.0).otherwise(top / bottom).round(9)


def total(field: str | pl.Expr) -> pl.Expr:
    """Sum of a measure with decimals, rounded at the ninth: which rows were added first must not show in a pack."""
    return _column(field).sum().round(9)


def recorded(field: str | pl.Expr) -> pl.Expr:
    """True where something is on record, blank where not: a blank is not evidenced, it is not a no."""
    return pl.when(_column(field).is_not_null()).then(statement=True)


def working_days(earlier: str | pl.Expr, later: str | dt.date | pl.Expr, policy: Policy, as_at: dt.date) -> pl.Expr:
    """Working days after one day up to and including another (Int64): Monday to Friday, no public holidays.

    The limit "within 1 working day" of a Friday is kept on the Monday that follows.
    """
    free = holidays_about(as_at, policy)
    next_day = pl.lit(dt.timedelta(days=1))
    return pl.business_day_count(_expr(earlier) + next_day, _expr(later) + next_day, holidays=free).cast(pl.Int64)


def plus_working_days(day: str | pl.Expr, count: str | int | pl.Expr, policy: Policy, as_at: dt.date) -> pl.Expr:
    """The last day of a limit of `count` working days after a day; blank when either is.

    One working day after a Friday, a Saturday or a Sunday is the Monday, or the day after a bank holiday.
    """
    number = pl.col(count) if isinstance(count, str) else pl.lit(count) if isinstance(count, int) else count
    return after(_expr(day), number, policy, as_at)


def months_before(day: dt.date, count: int) -> pl.Expr:
    """The day `count` calendar months before a day: of a longer month its last day where the other has none such."""
    return pl.lit(day).dt.offset_by(f"-{count}mo")


def days_taken(start: str | pl.Expr, done: str | pl.Expr, as_at: dt.date) -> pl.Expr:
    """Calendar days from what asked for an act to the act (Int64).

    Blank without either day, and where the act is dated after D (not seen) or before what asked for it (it cannot
    have answered it).
    """
    return pl.when(_expr(done).is_between(_expr(start), as_at)).then(days(start, done))


def _expr(day: str | dt.date | pl.Expr) -> pl.Expr:
    return pl.lit(day) if isinstance(day, dt.date) else _column(day)


def _column(field: str | pl.Expr) -> pl.Expr:
    return pl.col(field) if isinstance(field, str) else field
