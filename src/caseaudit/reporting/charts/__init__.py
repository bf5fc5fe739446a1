"""Charts as SVG, drawn offline from published tables alone."""

from __future__ import annotations

from caseaudit.reporting.charts.kinds import caseload, classes, compliance
from caseaudit.reporting.charts.spreads import funnel, lorenz, mix, months

__all__ = ["caseload", "classes", "compliance", "funnel", "lorenz", "mix", "months"]
