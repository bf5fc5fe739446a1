"""A supervisor has too many people to supervise.

Why it matters: Supervision by somebody who has no time for it is held late, cut short, or not at all.
Who is looked at: Everybody the staff list names as supervisor of somebody in post on the as-at date.
What is a finding: More supervisees in post than the limit. A supervisor who has left still counts (SUP08 reports that).
What to do: Move supervisees to another supervisor, or free time for supervision.
Sources: House default: no published number was found. Regulation 18(2)(a) (supervision), without a number.
Example: as at 2026-10-31, max_supervisees = 1
    staff  worker_id | role        | supervisor_id
           L1        | Team leader | L2
           L2        | Team leader |
           W1        | Nurse       | L1
           W2        | Nurse       | L1
    met L2; breach L1
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check


# Medium: sessions may still be held; there is no room for one that takes longer.
@check(
    "SUP07",
    severity="medium",
    owner="service manager",
    basis="house",
    subject="supervisor",
    needs="staff.supervisor_id",
)
def supervisor_overstretched(staff_in_post: pl.LazyFrame, workers: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per supervisor of staff in post: how many they supervise, and how many too many that is."""
    supervised = staff_in_post.drop_nulls("supervisor_id").group_by("supervisor_id")
    counted = supervised.agg(supervisees=pl.len().cast(pl.Int64), first=pl.col("origin").min()).sort("supervisor_id")
    about = workers.select(supervisor_id="worker_id", team="team", role="role", origin="origin")
    found = counted.join(about, on="supervisor_id", how="left")
    limit = policy.limit("max_supervisees").alias("limit")
    return found.with_columns(limit, origin=pl.coalesce("origin", "first")).with_columns(
        too_many=pl.col("supervisees") - pl.col("limit")
    )


class Standard(Evidence):
    """What must hold of each supervisor."""

    too_many: int = Field(
        le=0,
        title="the number of supervisees keeps to the limit",
        description="{supervisees:supervisee} in post; at most {limit} are meant.",
    )
