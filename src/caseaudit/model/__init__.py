"""The values that flow through a run, in the order they come about. All are frozen; none knows how it is made.

    Path -> Sheet -> Export -> Tables -> Evidence -> Result -> Audit -> Report

Polars is imported for its types alone, so that a command that audits nothing starts at once.
"""

from caseaudit.model.audits import Audit, Limit, Report, SettingsFile, Statement
from caseaudit.model.exports import ORIGIN_SHIFT, SOURCE_ROW, Export, Rejected, Sheet, Source, numbered
from caseaudit.model.keeping import kept
from caseaudit.model.plans import ColumnMatch, Derived, Feed, Format, Join, SetAside, SheetPlan, Unpivot
from caseaudit.model.results import FINDING_COLUMNS, SEVERITIES, Manual, Outcome, Result, Severity, Status, reaches
from caseaudit.model.tables import SourceAccount, Tables

__all__ = [
    "FINDING_COLUMNS",
    "ORIGIN_SHIFT",
    "SEVERITIES",
    "SOURCE_ROW",
    "Audit",
    "ColumnMatch",
    "Derived",
    "Export",
    "Feed",
    "Format",
    "Join",
    "Limit",
    "Manual",
    "Outcome",
    "Rejected",
    "Report",
    "Result",
    "SetAside",
    "SettingsFile",
    "Severity",
    "Sheet",
    "SheetPlan",
    "Source",
    "SourceAccount",
    "Statement",
    "Status",
    "Tables",
    "Unpivot",
    "kept",
    "numbered",
    "reaches",
]
