"""A key stands in more than one row.

Why it matters: A case, worker or contact exported twice may be counted twice; or two people share one number, and each
    hides the other. Every figure that counts them is then in doubt.
Who is looked at: Every row with a key, of every table that has one (case, worker, contact, session, task, risk flag,
    huddle, escalation, capacity exception, referral, incident, workforce risk). A row whose key is blank has none and
    is not looked at.
What is a finding: The key stands in another row of the same table too; each of those rows is a finding with its own
    place in the file. The other checks count such a key once.
What to do: Compare the rows; take the copy out of the export, or give the second person or event its own number.
Sources: House default. CQC Regulation 17 (good governance) asks for records one can rely on, and sets no number.
Example: as at 2026-10-31
    staff  worker_id | role          | team
           W1        | Social Worker | North
           W2        | Nurse         | North
           W2        | Nurse         | South
    cases  case_id | opened_on
           C1      | 2026-01-05
    met staff | W1, cases | C1; breach staff | W2
"""

import polars as pl

from caseaudit import Evidence, Field, check, exports


# Medium: figures are in doubt; nobody is harmed by it directly.
@check("DQ01", severity="medium", owner="data manager", basis="house", subject="row")
def duplicate_key(tables: exports.Tables) -> pl.LazyFrame:
    """One row per row with a key: in how many rows of its table that key stands."""
    keyed = (
        frame.lazy()
        .filter(pl.col(key).is_not_null())
        .select(exports.of_table(name), key=key, times=pl.len().over(key), origin="origin")
        for name, frame in tables.frames.items()
        if (key := exports.spec(name).key)
    )
    return exports.stacked(keyed, table=exports.TABLE, key=pl.String(), times=pl.UInt32())


class Standard(Evidence):
    """What must hold of each row."""

    times: int = Field(
        le=1, title="the key stands in one row only", description="The key stands in {times:row} of this table."
    )
