"""A full team takes on more than it closes.

Why it matters: A team over its safe load that keeps growing will fail people it has already said yes to.
Who is looked at: Every team with somebody in post or an open case on the as-at date.
What is a finding: Over the last months of the window the team accepted more referrals than it closed cases, while its
    band points per WTE exceed the limit for teams. The load is that of the as-at date, as in CAP02. Referrals of that
    time without a day of acceptance and not closed, and accepted ones of no known team, may count: where they decide,
    or no load can be worked out: not evidenced.
What to do: Decide with the commissioner what is paused, moved or funded, and open a capacity exception until then.
Sources: House default: no national safe caseload exists.
Example: as at 2026-10-31, max_team_points_per_wte = 2
    staff      worker_id | role  | team  | wte
               W1        | Nurse | North | 1
               W2        | Nurse | South | 1
               W3        | Nurse | East  | 1
    cases      case_id | worker_id | team  | opened_on  | closed_on  | acuity_band
               C1      | W1        | North | 2026-03-02 |            | high
               C2      | W1        | North | 2026-03-02 | 2026-09-01 | high
               C3      | W2        | South | 2026-03-02 |            | high
               C4      | W3        | East  | 2026-03-02 |            | high
    referrals  referral_id | team  | received_on | accepted_on
               R1          | North | 2026-09-01  | 2026-09-02
               R2          | South | 2026-09-01  | 2026-09-02
               R3          | East  | 2026-10-30  |
    met North; breach South; not evidenced East
"""

import polars as pl

from caseaudit import Evidence, Field, check, settled

NEEDS = "referrals.accepted_on cases.closed_on cases.team cases.worker_id cases.acuity_band staff.team staff.wte"


# High: every further referral adds to a load that is unsafe already.
@check("DEM02", severity="high", owner="service manager", basis="house", subject="team", needs=NEEDS)
def demand_outruns_capacity(demand: pl.LazyFrame, team_loads: pl.LazyFrame) -> pl.LazyFrame:
    """One row per team: referrals accepted and cases closed, and whether it grew while over its safe load."""
    load = team_loads.select("team", "points", "wte", "points_over")
    growth = settled(pl.col("accepted") + pl.col("possible") - pl.col("closed"), pl.col("accepted") - pl.col("closed"))
    in_step = (growth <= 0) | (pl.col("points_over") <= 0)
    return demand.join(load, on="team", how="left", maintain_order="left").with_columns(in_step=in_step)


class Standard(Evidence):
    """What must hold of each team."""

    in_step: bool = Field(
        eq=True,
        title="the team does not grow while over its safe load",
        description="{accepted} accepted, {closed} closed; {points} points held at {wte} WTE.",
    )
