"""Audits the workforce and caseload standard of a service from the exports of its record systems.

The names below are what a check file may use. They are loaded when first asked for, so that a command which makes no
check starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from caseaudit.catalogue import Evidence, Field, check
    from caseaudit.policy import Policy
    from caseaudit.vocabulary import (
        days,
        days_taken,
        distinct,
        exports,
        first_on_or_after,
        in_lookback,
        last_by,
        last_held,
        months_before,
        once,
        open_at,
        plus_days,
        plus_working_days,
        recorded,
        seen,
        settled,
        share,
        share_range,
        total,
        touches_lookback,
        with_layer,
        with_team,
        within,
        working_days,
    )

_HOMES = {"Evidence": "catalogue", "Field": "catalogue", "check": "catalogue", "Policy": "policy"}

__all__ = [
    "Evidence",
    "Field",
    "Policy",
    "check",
    "days",
    "days_taken",
    "distinct",
    "exports",
    "first_on_or_after",
    "in_lookback",
    "last_by",
    "last_held",
    "months_before",
    "once",
    "open_at",
    "plus_days",
    "plus_working_days",
    "recorded",
    "seen",
    "settled",
    "share",
    "share_range",
    "total",
    "touches_lookback",
    "with_layer",
    "with_team",
    "within",
    "working_days",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'caseaudit' has no attribute '{name}'")
    return getattr(import_module(f"caseaudit.{_HOMES.get(name, 'vocabulary')}"), name)
