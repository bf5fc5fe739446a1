"""The shared vocabulary of the checks: expressions for days and shares, and words worked out once per run."""

from __future__ import annotations

from caseaudit.vocabulary import calendar, caseload, competence, exports, oversight, peers, service, workforce, workload  # noqa: F401 - each registers its words
from caseaudit.vocabulary.caseload import distinct, once
from caseaudit.vocabulary.days import (
    days,
    days_taken,
    in_lookback,
    months_before,
    open_at,
    plus_days,
    plus_working_days,
    recorded,
    seen,
    share,
    total,
    touches_lookback,
    within,
    working_days,
)
from caseaudit.vocabulary.doubt import settled, share_range
from caseaudit.vocabulary.joining import first_on_or_after, last_by, last_held, with_layer, with_team
from caseaudit.vocabulary.registry import GIVEN, WORDS, Parameter, Word, parameters, word

__all__ = [
    "GIVEN",
    "WORDS",
    "Parameter",
    "Word",
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
    "parameters",
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
    "word",
    "working_days",
]
