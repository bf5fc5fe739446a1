"""A team loses too many of its staff.

Why it matters: Who leaves takes along what they know of people; who comes must be taught by those still there.
Who is looked at: Teams of the establishment, and teams with somebody in post or an open case that it does not name.
What is a finding: Leavers in the months up to that of the as-at date are a larger share of their mean in-post WTE
    than the limit. Leavers blank or months missing, and the limit not exceeded without them: not evidenced. So
    is a team the establishment does not name.
What to do: Learn from exit talks and supervision why people leave, and agree with the team what will change.
Sources: House default: no published limit found. Regulation 18: sufficient staff, without a number.
Example: as at 2026-10-31, turnover_months = 2
    establishment  month      | team  | role  | funded_wte | in_post_wte | leavers
                   2026-09-01 | North | Nurse | 10         | 10          | 1
                   2026-10-01 | North | Nurse | 10         | 10          | 1
                   2026-09-01 | South | Nurse | 10         | 10          | 1
                   2026-10-01 | South | Nurse | 10         | 9           | 1
                   2026-09-01 | East  | Nurse | 10         | 10          | 1
                   2026-10-01 | East  | Nurse | 10         | 10          |
    met North; breach South; not evidenced East
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, months_before, share, total


# Medium: a sign of a team in trouble, and the cause of the next one.
@check(
    "WFS03", severity="medium", owner="service manager", basis="house", subject="team", needs="establishment.leavers"
)
def turnover_high(
    posts: pl.LazyFrame, policy: Policy, as_at: dt.date, teams: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """One row per team: leavers against mean in-post WTE, and by how much the share exceeds the limit."""
    months = policy.turnover_months
    recent = pl.col("month") > months_before(as_at.replace(day=1), months)
    sums = posts.group_by("team").agg(
        leavers=pl.col("leavers").filter(recent).sum(),
        in_post=total(pl.col("in_post_wte").filter(recent)),
        blanks=pl.col("leavers").filter(recent).null_count(),
        months=pl.col("month").filter(recent).n_unique(),
        origin=pl.col("origin").min(),
    )
    over = share(pl.col("leavers") * pl.col("months"), "in_post") - policy.limit("max_turnover")
    decides = ((pl.col("blanks") == 0) & (pl.col("months") >= months)) | (over > 0)
    found = sums.with_columns(mean_wte=share("in_post", "months"), over=pl.when(decides).then(over))
    if teams is not None:
        found = pl.concat([found, teams.join(sums, on="team", how="anti")], how="diagonal")
    return found.sort("team")


class Standard(Evidence):
    """What must hold of each team."""

    over: float = Field(
        le=0,
        title="turnover keeps to the limit",
        description="{leavers} left in the {months} months on record, of {mean_wte} WTE in post on average.",
    )
