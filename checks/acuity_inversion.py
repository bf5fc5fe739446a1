"""People of higher acuity are seen less than people of lower acuity.

Why it matters: Contact should follow need. Where it does not, time goes to those who are easy to reach.
Who is looked at: Teams with at least a least number of open cases in each of two acuity bands.
What is a finding: In such a pair, the median of attended contacts per case in the window before the as-at date is lower
    in the higher band. Cases nobody saw count as 0; those without a team or a band of the scale are left out.
What to do: Look at the contact plans of the higher band in the team, and move time to them.
Sources: House default. Regulation 12: safe care.
Example: as at 2026-10-31, inversion_min_cases = 1
    cases     case_id | team  | opened_on  | acuity_band
              C1      | North | 2026-03-02 | high
              C2      | North | 2026-03-02 | low
              C3      | South | 2026-03-02 | high
              C4      | South | 2026-03-02 | low
    contacts  contact_id | case_id | contact_on | outcome
              K1         | C1      | 2026-10-20 | attended
              K2         | C2      | 2026-10-21 | attended
              K3         | C4      | 2026-10-22 | attended
    met North; breach South
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, within

NEEDS = "cases.team cases.acuity_band"


# Medium: a pattern of a team, not yet a person left unseen.
@check("ACU05", severity="medium", owner="team manager", basis="house", subject="team", needs=NEEDS)
def acuity_inversion(
    open_cases: pl.LazyFrame, attended_contacts: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per team with two bands to compare: in how many pairs the higher band is seen less."""
    recent = attended_contacts.filter(within("contact_on", policy.inversion_window_days, as_at))
    seen = recent.group_by("case_id").agg(contacts=pl.len())
    cases = open_cases.drop_nulls(["team", "rank"]).join(seen, on="case_id", how="left")
    figures = {"cases": pl.len(), "median": pl.col("contacts").fill_null(0).median(), "origin": pl.col("origin").min()}
    bands = cases.group_by("team", "rank", "acuity_band").agg(**figures)
    enough = bands.filter(pl.col("cases") >= policy.limit("inversion_min_cases"))
    pairs = enough.join(enough, on="team", suffix="_lower").filter(pl.col("rank") > pl.col("rank_lower"))
    less = pl.col("median") < pl.col("median_lower")
    shown = pl.col("acuity_band", "median", "acuity_band_lower", "median_lower").filter(less).first()
    ordered = pairs.sort("team", "rank", "rank_lower")
    origin = pl.coalesce(pl.col("origin").filter(less).first(), pl.col("origin").first())
    return ordered.group_by("team", maintain_order=True).agg(shown, origin, inversions=less.sum())


class Standard(Evidence):
    """What must hold of each team."""

    inversions: int = Field(
        eq=0,
        title="people in a higher band are seen no less than people in a lower one",
        description="Median contacts: {median} in {acuity_band}, {median_lower} in {acuity_band_lower}.",
    )
