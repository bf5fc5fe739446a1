"""A field that checks need is often blank.

Why it matters: A check made on half the rows says little of the service, and a field filled in only for the easy cases
    makes it look better than it is.
Who is looked at: Every field that the checks of this run cannot do without, in the tables that are among the exports.
    Not those whose blank may say that something has not happened or does not concern the row (the day a case closed,
    who completed a task), but for such a column that is missing altogether.
What is a finding: The share of rows in which the field is filled is below the limit. Rows that were rejected because
    this field was blank or could not be read count as not filled. Where the table has no row, or no export has a
    column for the field, nothing shows how complete it is: not evidenced.
What to do: Have the field filled in at the source, or add the column to the export (`caseaudit checks` lists the checks
    that need it).
Sources: House default. CQC Regulation 17 (good governance) asks for records one can rely on, and sets no number.
Example: as at 2026-10-31 beside ACU02, min_completeness = 0.6
    cases  case_id | opened_on  | acuity_band
           C1      | 2026-01-05 | high
           C2      | 2026-01-05 |
    met cases | case_id, cases | opened_on; breach cases | acuity_band
"""

from collections.abc import Collection

import polars as pl

from caseaudit import Evidence, Field, Policy, check, exports, share


# Medium: what the other checks say is the weaker for it; nobody is harmed by it directly.
@check("DQ05", severity="medium", owner="data manager", basis="house", subject="field")
def incomplete_field(tables: exports.Tables, needed: Collection[str], policy: Policy) -> pl.LazyFrame:
    """One row per field needed: in how many of its rows it is filled, and what share that is."""
    filled = exports.filled(tables, sorted(needed))
    complete = pl.when(pl.col("rows") > 0).then(share("filled", "rows"))
    least = pl.lit(policy.min_completeness, dtype=pl.Float64)
    return filled.with_columns(complete=complete, least=least).with_columns(enough=pl.col("complete") >= least)


class Standard(Evidence):
    """What must hold of each field."""

    enough: bool = Field(
        eq=True,
        title="the field is filled in often enough",
        description="Filled in {filled} of {rows:row}; a share of {complete}, and {least} is asked for.",
    )
