"""A team's cases have not been sampled lately.

Why it matters: Only a look into single records shows whether what the figures say is true.
Who is looked at: Every team with somebody in post or an open case on the as-at date, whether or not the log names it.
What is a finding: No case sampling of the team within the limit of days before the as-at date; one on its first day is
    in time. Sampling without an outcome on record, or that names no team, where there is no other: not evidenced.
What to do: Draw a sample (`caseaudit sample`), audit it, and record the day and what came of it.
Sources: House default. Regulation 17 (good governance: audit), without a number.
Example: as at 2026-10-31
    staff       worker_id | role  | team
                W1        | Nurse | North
                W2        | Nurse | South
                W3        | Nurse | East
    governance  activity      | team  | held_on    | outcome
                case_sampling | North | 2026-08-01 | two plans to be rewritten
                case_sampling | South | 2026-07-31 | no concerns
                case_sampling | East  | 2026-10-01 |
    met North; breach South; not evidenced East
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, last_held

NEEDS = "governance.team governance.outcome staff.team"


# Medium: faults in the records stay there unseen.
@check("GOV02", severity="medium", owner="quality lead", basis="house", subject="team", needs=NEEDS)
def case_sampling_not_done(
    teams: pl.LazyFrame, governance: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per team: its last case sampling, and whether one with an outcome is recent enough."""
    sampling, limit = governance.filter(pl.col("activity") == "case_sampling"), policy.limit("case_sampling_days")
    with_outcome = last_held(teams, sampling.filter(pl.col("outcome").is_not_null()), limit, as_at)
    every = last_held(teams, sampling, limit, as_at).select("team", "held_on", done="held")
    found = with_outcome.drop("held_on").join(every, on="team", maintain_order="left")
    # False only where there is none at all; sampling of which only the outcome is missing is no evidence either way
    return found.with_columns(sampled=pl.when("held").then("held").when(~pl.col("done")).then("done"))


class Standard(Evidence):
    """What must hold of each team."""

    sampled: bool = Field(
        eq=True,
        title="cases were sampled in time, with an outcome",
        description="Last case sampling on record: {held_on}.",
    )
