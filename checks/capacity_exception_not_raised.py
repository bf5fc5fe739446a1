"""A worker or team is over a safe threshold and no capacity exception is open.

Why it matters: Being over the threshold is sometimes unavoidable. Nobody having decided to accept it, for how long and
    with what safeguards, is not.
Who is looked at: Workers over the limit of points per WTE (CAP01) or of high-acuity cases (ACU01), and teams whose open
    cases, held by somebody or not, have more points than the team limit per WTE of its holders in post (blank WTE: 0).
What is a finding: No capacity exception is open on the as-at date: for the worker, or for their team as a whole; for a
    team, one for the team as a whole (with no worker named). The row of a team has a blank worker.
What to do: Bring the load down, or open an exception with threshold, mitigations, recovery plan and a day of review.
Sources: House default. Regulation 17 (good governance) and the quality statement Safe and effective staffing.
Example: as at 2026-10-31, max_points_per_wte = 5, max_team_points_per_wte = 20
    staff                worker_id | role  | team  | wte
                         W1        | Nurse | North | 1.0
                         W2        | Nurse | North | 1.0
    cases                case_id | worker_id | opened_on  | acuity_band
                         C1      | W1        | 2026-03-02 | very_high
                         C2      | W2        | 2026-03-02 | very_high
    capacity_exceptions  team  | worker_id | opened_on  | closed_on
                         North | W1        | 2026-10-05 |
                         North | W2        | 2026-10-05 | 2026-10-31
    met North | W1; breach North | W2
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, open_at

NEEDS = "cases.worker_id cases.acuity_band staff.team staff.wte"


# High: people are carried past the safe load without anybody answering for it.
@check("CAP02", severity="high", owner="team manager", basis="house", subject="worker or team", needs=NEEDS)
def capacity_exception_not_raised(
    points_held: pl.LazyFrame,
    acuity_held: pl.LazyFrame,
    team_loads: pl.LazyFrame,
    capacity_exceptions: pl.LazyFrame,
    as_at: dt.date,
) -> pl.LazyFrame:
    """One row per worker or team over a threshold: whether an exception that covers it is open."""
    acuity = acuity_held.select("worker_id", "high_acuity_over", "concentration_over")
    over = pl.any_horizontal(pl.col("points_over", "high_acuity_over", "concentration_over") > 0)
    workers = points_held.join(acuity, on="worker_id").filter(over)
    teams = team_loads.filter(pl.col("points_over") > 0).with_columns(worker_id=pl.lit(None, dtype=pl.String))
    loads = pl.concat([part.select("team", "worker_id", "points", "wte", "origin") for part in (workers, teams)])
    exceptions = capacity_exceptions.filter(open_at("opened_on", "closed_on", as_at))
    own = exceptions.drop_nulls("worker_id").select("worker_id", own=True).unique()
    whole = exceptions.filter(pl.col("worker_id").is_null()).select("team", whole=True).unique()
    found = loads.join(own, on="worker_id", how="left").join(whole, on="team", how="left")
    return found.with_columns(covered=pl.any_horizontal(pl.col("own", "whole").fill_null(value=False)))


class Standard(Evidence):
    """What must hold of each worker or team."""

    covered: bool = Field(eq=True, title="a capacity exception is open", description="{points} points at {wte} WTE.")
