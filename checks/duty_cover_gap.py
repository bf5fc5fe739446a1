"""A team had no duty clinician on a working day.

Why it matters: The duty clinician is whom everybody in trouble that day is sent to; on a day without one, the call goes
    round until it is dropped.
Who is looked at: Each team with somebody in post or an open case on the as-at date, for each working day of the
    look-back (Monday to Friday, no public holiday). A team or day no row of the rota tells of is looked at too.
What is a finding: No row of the rota for that day, or nobody named there but workers of another layer. A row that names
    nobody, or somebody of unknown layer: not evidenced. One clinician among several names is enough.
What to do: Fill the rota ahead, with somebody who stands in; record who had the duty on the days that are blank.
Sources: House default. CQC Regulation 18 (staffing) asks for enough suitable staff.
Example: as at 2026-10-30, lookback_days = 1
    staff  worker_id | role  | layer    | team
           W1        | Nurse | clinical | North
           W2        | Nurse | clinical | South
           W3        | Nurse | clinical | West
    duty_rota  date       | team  | duty_clinician_id
               2026-10-30 | North | W1
               2026-10-30 | West  |
    met North | 2026-10-30; breach South | 2026-10-30; not evidenced West | 2026-10-30
"""

import polars as pl

from caseaudit import Evidence, Field, check, with_layer


# High: on that day nobody was there to answer a crisis.
@check(
    "ESC09",
    severity="high",
    owner="team manager",
    basis="house",
    subject="team and day",
    needs="duty_rota.duty_clinician_id staff.layer",
)
def duty_cover_gap(team_days: pl.LazyFrame, duty_rota: pl.LazyFrame, workers: pl.LazyFrame) -> pl.LazyFrame:
    """One row per team and working day: whether a clinician was named."""
    named = with_layer(duty_rota, workers, "duty_clinician_id")
    cover = named.group_by("team", "date").agg(
        clinician=(pl.col("layer") == "clinical").any(ignore_nulls=False), first=pl.col("origin").min()
    )
    days = team_days.join(cover, on=("team", "date"), how="left", maintain_order="left")
    none = pl.col("first").is_null()
    return days.with_columns(
        clinician=pl.when(none).then(statement=False).otherwise("clinician"),
        rota=pl.when(none)
        .then(pl.lit("has no row for the day"))
        .otherwise(pl.lit("names nobody of the clinical layer")),
        origin=pl.coalesce("first", "origin"),
    )


class Standard(Evidence):
    """What must hold of each team and day."""

    clinician: bool = Field(
        eq=True, title="a duty clinician was named", description="The rota of {team} for {date} {rota}."
    )
