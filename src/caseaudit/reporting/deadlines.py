"""By when a finding is to be acted on: working days after the as-at date, by how much harm it may stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from caseaudit.model import SEVERITIES, Limit

KEY = "action.{}_working_days"
"""Policy values by severity."""

_CALENDAR = ("holiday_country", "holiday_region")


def working_days_for(limits: Iterable[Limit]) -> Mapping[str, Limit]:
    """Severity → the policy value that gives its working days; none for a pack of before there were such values."""
    named = {limit.name: limit for limit in limits}
    return {one.value: named[KEY.format(one.value)] for one in SEVERITIES if KEY.format(one.value) in named}


def act_by(limits: Iterable[Limit], as_at: dt.date) -> dict[str, dt.date]:
    """Severity → the last day to act on a finding of it, counted from the as-at date in working days."""
    import polars as pl

    from caseaudit.policy import Policy
    from caseaudit.policy.working_days import after

    limits = tuple(limits)
    calendar: dict[str, Any] = {limit.name: limit.value for limit in limits if limit.name in _CALENDAR}
    policy = Policy("", calendar)
    given = working_days_for(limits)
    if not given or len(calendar) < len(_CALENDAR):
        return {}
    start = pl.lit(as_at)
    days = [after(start, pl.lit(limit.value), policy, as_at).alias(name) for name, limit in given.items()]
    return pl.select(days).row(0, named=True)
