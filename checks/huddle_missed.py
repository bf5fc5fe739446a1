"""A team did not hold its huddles of a week, or held one without a clinician.

Why it matters: The huddle is where new signals are shared and cases given out; without it, or without a clinician in
    it, each worker decides alone until the next one.
Who is looked at: Each team with somebody in post or an open case on the as-at date, for each week (Monday to Sunday)
    that lies wholly within the look-back. A team no row of huddles tells of is looked at too.
What is a finding: Fewer huddles than the policy asks for, or one whose clinician is of another layer. No clinician on
    record, or one of unknown layer: not evidenced. A row exported twice counts once.
What to do: Fix the days of the huddle and who stands in for the clinician; record those that were held.
Sources: House default; no published number was found.
Example: as at 2026-10-25, lookback_days = 7
    staff  worker_id | role  | layer    | team
           W1        | Nurse | clinical | North
           W2        | Nurse | clinical | South
    huddles  team  | held_on    | clinician_id
             North | 2026-10-20 | W1
             North | 2026-10-23 | W1
    met North | 2026-10-19; breach South | 2026-10-19
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check


# Medium: the structure that catches risk is thin; no one person is yet known to have been missed.
@check(
    "ESC03",
    severity="medium",
    owner="team manager",
    basis="house",
    subject="team and week",
    needs="huddles.clinician_id staff.layer",
)
def huddle_missed(team_weeks: pl.LazyFrame, huddle_weeks: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per team and week: how many huddles are missing, and whether a clinician was in each."""
    weeks = team_weeks.join(huddle_weeks, on=("team", "week"), how="left", maintain_order="left")
    none = pl.col("huddles").is_null()
    return weeks.with_columns(
        huddles=pl.col("huddles").fill_null(0),
        missing=policy.limit("huddles_per_week") - pl.col("huddles").fill_null(0),
        clinician=pl.when(none).then(statement=True).otherwise("clinician"),
        origin=pl.coalesce("first", "origin"),
    )


class Standard(Evidence):
    """What must hold of each team and week."""

    missing: int = Field(
        le=0,
        title="as many huddles were held as the policy asks for",
        description="{huddles:huddle} on record for the week from {week}; {missing} missing.",
    )
    clinician: bool = Field(
        eq=True,
        title="a clinician was in every huddle",
        description="A huddle of the week from {week} names somebody who is not of the clinical layer.",
    )
