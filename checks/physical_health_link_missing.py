"""A team has no physical health link worker.

Why it matters: Where nobody's role is the link to physical health care, checks and their results are nobody's.
Who is looked at: Every team with somebody in post or an open case on the as-at date.
What is a finding: Nobody in post in the team has a role that contains the policy's words for the link role; capitals,
    hyphens and signs make no difference. Where the only ones in post belong to no team on record: not evidenced.
What to do: Name a physical health link in the team and show the role in the staff list.
Sources: House default. NICE QS80 asks for physical health care in psychosis, not for this role.
Example: as at 2026-10-31
    staff  worker_id | role                       | team  | left_on
           W1        | Physical-health link nurse | North |
           W2        | Physical health link       | South | 2026-10-31
           W3        | Nurse                      | South |
    met North; breach South
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check


# Low: the checks themselves (PHY01, PHY02) show whether anybody is harmed.
@check("PHY03", severity="low", owner="team manager", basis="house", subject="team", needs="staff.team")
def physical_health_link_missing(teams: pl.LazyFrame, staff_in_post: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per team: how many in post have the link role."""

    def plain(text: pl.Expr) -> pl.Expr:
        return text.str.to_lowercase().str.replace_all(r"[^a-z]+", " ").str.strip_chars()

    wanted = plain(pl.lit(policy.physical_health_link_role))
    in_role = staff_in_post.filter(plain(pl.col("role")).str.contains(wanted, literal=True))
    by_team = in_role.group_by("team").agg(links=pl.len())
    nameless = in_role.select(nameless=pl.col("team").is_null().any())
    found = teams.join(by_team, on="team", how="left", maintain_order="left").join(nameless, how="cross")
    own = pl.col("links").is_not_null()
    return found.with_columns(has_link=pl.when(own | ~pl.col("nameless")).then(own))


class Standard(Evidence):
    """What must hold of each team."""

    has_link: bool = Field(
        eq=True,
        title="a physical health link worker is in post in the team",
        description="Nobody in post in the team has the role.",
    )
