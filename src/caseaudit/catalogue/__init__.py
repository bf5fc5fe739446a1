"""The catalogue: what a check declares, how its file is read, and the checks a run has to choose from."""

from __future__ import annotations

from caseaudit.catalogue.check import BrokenCheck, Catalogue, Check
from caseaudit.catalogue.declaring import Evidence, Field, check
from caseaudit.catalogue.loading import load_catalogue

__all__ = ["BrokenCheck", "Catalogue", "Check", "Evidence", "Field", "check", "load_catalogue"]
