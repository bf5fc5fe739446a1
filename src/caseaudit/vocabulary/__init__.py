"""The shared vocabulary of the checks: expressions for days and shares, and words worked out once per run."""

from __future__ import annotations

from caseaudit.vocabulary import calendar, caseload, competence, exports, workforce, workload  # noqa: F401 - each registers its words
from caseaudit.vocabulary.caseload import distinct, once
from caseaudit.vocabulary.days import (
    days,
    in_lookback,
    is_one_of,
    open_at,
    plus_days,
    recorded,
    seen,
    share,
    touches_lookback,
    within,
    working_days,
)
from caseaudit.vocabulary.joining import first_on_or_after, with_layer
from caseaudit.vocabulary.registry import GIVEN, WORDS, Parameter, Word, parameters, word

__all__ = [
    "GIVEN",
    "WORDS",
    "Parameter",
    "Word",
    "days",
    "distinct",
    "exports",
    "first_on_or_after",
    "in_lookback",
    "is_one_of",
    "once",
    "open_at",
    "parameters",
    "plus_days",
    "recorded",
    "seen",
    "share",
    "touches_lookback",
    "with_layer",
    "within",
    "word",
    "working_days",
]
