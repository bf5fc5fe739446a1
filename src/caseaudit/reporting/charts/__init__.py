"""Charts as SVG, drawn offline from published tables alone."""

from __future__ import annotations

from caseaudit.reporting.charts.courses import Line, course
from caseaudit.reporting.charts.drawing import NARROW, WIDE, alternative_of, recoloured
from caseaudit.reporting.charts.kinds import MOST_BARS, Bar, caseload, classes, shares, vacancies
from caseaudit.reporting.charts.matrix import Mark, heat_map
from caseaudit.reporting.charts.spreads import funnel, lorenz, mix

__all__ = [
    "MOST_BARS",
    "NARROW",
    "WIDE",
    "Bar",
    "Line",
    "Mark",
    "alternative_of",
    "caseload",
    "classes",
    "course",
    "funnel",
    "heat_map",
    "lorenz",
    "mix",
    "recoloured",
    "shares",
    "vacancies",
]
