"""A row holds dates that cannot be.

Why it matters: A case closed before it was opened, or a review held next year, puts the case into the wrong population
    or makes an interval look kept; the other checks cannot tell.
Who is looked at: Every row of every table in which at least one date is filled.
What is a finding: A period ends before it begins (on the same day is possible), or something that has happened is dated
    after the as-at date. Days that may lie ahead (due, next, planned, expiry, end of an allocation) are no events. A
    blank date is no fault of this kind. Where a row has several such faults, the finding names the first.
What to do: Look the dates up in the record and correct them at the source; a day and month turned round is common.
Sources: House default. CQC Regulation 17 (good governance) asks for records one can rely on, and sets no number.
Example: as at 2026-10-31
    cases  case_id | opened_on  | closed_on
           C1      | 2026-01-05 | 2026-01-05
           C2      | 2026-01-05 | 2026-01-04
           C3      | 2026-11-01 |
    staff  worker_id | role  | started_on
           W1        | Nurse |
           W2        | Nurse | 2026-12-01
    met cases | C1, staff | W2; breach cases | C2, cases | C3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, exports


# Medium: other checks may pass or fail wrongly; nobody is harmed by it directly.
@check("DQ03", severity="medium", owner="data manager", basis="house", subject="row")
def impossible_date(tables: exports.Tables, as_at: dt.date) -> pl.LazyFrame:
    """One row per row with a date: which period is reversed, which event lies ahead."""
    dated = (
        frame.lazy()
        .filter(pl.any_horizontal(pl.col(*dates).is_not_null()))
        .select(
            exports.of_table(name),
            key=exports.row_name(name),
            period=exports.reversed_span(name),
            event=exports.event_ahead(name, as_at),
            origin="origin",
        )
        for name, frame in tables.frames.items()
        if (dates := exports.dates_of(name))
    )
    columns = {"table": exports.TABLE, "key": pl.String(), "period": exports.LABEL, "event": exports.LABEL}
    found = exports.stacked(dated, **columns)
    return found.with_columns(in_order=pl.col("period").is_null(), happened=pl.col("event").is_null())


class Standard(Evidence):
    """What must hold of each row."""

    in_order: bool = Field(eq=True, title="no period ends before it begins", description="{period}.")
    happened: bool = Field(
        eq=True,
        title="nothing that has happened is dated after the as-at date",
        description="{event} is dated after the as-at date.",
    )
