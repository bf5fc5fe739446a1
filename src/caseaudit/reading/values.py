"""Values of workbooks and Parquet files as the text an export would show."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from caseaudit.reading.cells import trim

_EXACT = 2**53


def as_text(value: Any) -> str:
    """A value as text: dates in ISO form, whole numbers without a point, truth as spreadsheets show it."""
    if isinstance(value, str):
        return trim(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) <= _EXACT else repr(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return _time_as_text(value)


def _time_as_text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        moment = _to_second(value)  # a spreadsheet's day fractions are never quite the second that was meant
        return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(sep=" ")
    if isinstance(value, dt.time):
        return _to_second(dt.datetime.combine(dt.date(2000, 1, 1), value)).time().isoformat()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else trim(str(value))


def _to_second(value: dt.datetime) -> dt.datetime:
    try:
        return (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    except OverflowError:
        return value.replace(microsecond=0)
