"""A row could not be used.

Why it matters: A row that was set aside is a case, a session or a sign-off that no check has seen. What is missing may
    be the very one that would have been a finding.
Who is looked at: Every row read that is a record. Totals, repeated headers and notes are none.
What is a finding: The row, or a record it should have given, could not be used, for the reason named: a line of a
    caseload report whose opening date cannot be read is a lost case, though its last review may still be used. A row
    of which one other cell could not be read is not evidenced: what the cell would have shown is unknown. A row that
    another export tells of too was joined with it, and counts as used; its number is left blank.
What to do: Correct the row at the source, or tell the mapping how to read it, and run the audit again.
Sources: House default. CQC Regulation 17 (good governance) asks for records one can rely on, and sets no number.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | on_hold_from
           C1      | 2026-01-05 | high        |
           C2      | ?          | high        |
           C3      | 2026-01-05 | high        | ?
    met cases.csv | 2; breach cases.csv | 3; not evidenced cases.csv | 4
"""

import polars as pl

from caseaudit import Evidence, Field, check, exports


# Medium: how much harm it hides is unknown; the row itself is still in the export.
@check("DQ07", severity="medium", owner="data manager", basis="house", subject="source row")
def rejected_row(tables: exports.Tables) -> pl.LazyFrame:
    """One row per row read: whether it was used, and whether the whole of it was."""
    return exports.rows_read(tables).with_columns(
        used=~pl.col("lost"), every_part=pl.when(~pl.col("in_part")).then(statement=True)
    )


class Standard(Evidence):
    """What must hold of each row."""

    used: bool = Field(eq=True, title="the row could be used", description="{reason}.")
    every_part: bool = Field(eq=True, title="every part of the row could be used")
