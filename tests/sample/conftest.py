"""The audit of the sample service, made once."""

from __future__ import annotations

import datetime as dt

import pytest

from caseaudit import pipeline
from caseaudit.folders import SAMPLE
from caseaudit.model import Audit

AS_AT = dt.date(2026, 10, 31)


@pytest.fixture(scope="session")
def audit() -> Audit:
    return pipeline.audit(pipeline.Request((SAMPLE / "exports",), AS_AT, service="The sample service"))
