"""Charts as SVG, drawn offline from published tables alone."""

from __future__ import annotations

from caseaudit.reporting.charts.kinds import caseload, classes, compliance

__all__ = ["caseload", "classes", "compliance"]
