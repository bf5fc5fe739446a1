"""A row points to something no export holds.

Why it matters: A case whose worker is on no staff list, or a contact of a case nobody exported, drops out of every
    figure by team, by layer or by case; what is missing there cannot be seen.
Who is looked at: Every filled reference (to a case or a worker) in every table, where the table it points to is among
    the exports. Names in a list of several ("decided by") are not looked at.
What is a finding: The number is not among the keys of the table it points to. A blank is no reference: whether a field
    may be blank is for the checks that need it.
What to do: Export the missing rows too (leavers, closed cases), or correct the number where it was mistyped.
Sources: House default. CQC Regulation 17 (good governance) asks for records one can rely on, and sets no number.
Example: as at 2026-10-31
    cases  case_id | opened_on  | worker_id
           C1      | 2026-01-05 | W1
           C2      | 2026-01-05 | W9
           C3      | 2026-01-05 |
    staff  worker_id | role
           W1        | Nurse
    met cases | worker_id | W1; breach cases | worker_id | W9
"""

import polars as pl

from caseaudit import Evidence, Field, check, exports


# Medium: figures are in doubt; nobody is harmed by it directly.
@check("DQ02", severity="medium", owner="data manager", basis="house", subject="reference")
def orphan_reference(tables: exports.Tables) -> pl.LazyFrame:
    """One row per filled reference: whether the key it names is found."""
    pointing = (
        frame.lazy()
        .filter(pl.col(field).is_not_null())
        .select(
            exports.of_table(name),
            exports.of_field(field),
            key=field,
            found=pl.col(field).is_in(keys.implode()),
            origin="origin",
        )
        for name, frame in tables.frames.items()
        for field, keys in exports.references(tables, name)
    )
    columns = {"table": exports.TABLE, "field": exports.FIELD, "key": pl.String(), "found": pl.Boolean()}
    return exports.stacked(pointing, **columns)


class Standard(Evidence):
    """What must hold of each reference."""

    found: bool = Field(
        eq=True,
        title="what it points to is among the exports",
        description="{field} of this row names a number that is not in the table it points to.",
    )
