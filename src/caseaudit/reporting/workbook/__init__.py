"""findings.xlsx: the findings for a spreadsheet: typed, filtered, linked, answered, and nothing a formula."""

from caseaudit.reporting.workbook.commissioner import public_workbook_file
from caseaudit.reporting.workbook.internal import workbook_file
from caseaudit.reporting.workbook.replies import Reply, read_replies, replies_in

__all__ = ["Reply", "public_workbook_file", "read_replies", "replies_in", "workbook_file"]
