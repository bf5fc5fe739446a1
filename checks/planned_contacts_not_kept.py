"""A team's planned contacts too often do not take place.

Why it matters: A plan of contacts that is not kept is contact the person does not have, whatever the plan says.
Who is looked at: Teams with planned contacts in the look-back whose day has come; the team is that of the case. A
    contact of a case without a team belongs to none.
What is a finding: Fewer of the planned contacts were attended than the target, whoever cancelled. Contacts that do not
    say whether they were planned are counted both ways: where that decides, not evidenced.
What to do: Look at the contacts that were missed or cancelled, find what they have in common and change the planning.
Sources: House default: no published target found.
Example: as at 2026-10-31, planned_contact_target = 0.5
    cases     case_id | team  | opened_on
              C1      | North | 2026-03-02
              C2      | South | 2026-03-02
              C3      | East  | 2026-03-02
    contacts  contact_id | case_id | contact_on | planned | outcome
              K1         | C1      | 2026-10-05 | yes     | attended
              K2         | C1      | 2026-10-06 | yes     | cancelled_by_client
              K3         | C2      | 2026-10-05 | yes     | did_not_attend
              K4         | C2      | 2026-10-06 | no      | attended
              K5         | C3      | 2026-10-05 | yes     | attended
              K6         | C3      | 2026-10-06 |         | did_not_attend
              K7         | C3      | 2026-10-07 |         | did_not_attend
    met North; breach South; not evidenced East
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check, settled, share_range

NEEDS = "contacts.planned cases.team"


# Medium: contact that does not happen; ACU04 shows for whom it is too little.
@check("CON01", severity="medium", owner="team manager", basis="house", subject="team", needs=NEEDS)
def planned_contacts_not_kept(planned_contacts: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per team with planned contacts: the share attended, and by how much it falls short of the target."""
    attended = pl.col("outcome") == "attended"
    lowest, highest = share_range(attended, pl.col("planned"))
    teams = planned_contacts.group_by("team").agg(
        planned=pl.len(), kept=attended.sum(), lowest=lowest, highest=highest, origin=pl.col("origin").min()
    )
    target = policy.limit("planned_contact_target")
    return teams.sort("team").with_columns(short=settled(target - pl.col("lowest"), target - pl.col("highest")))


class Standard(Evidence):
    """What must hold of each team."""

    short: float = Field(
        le=0,
        title="the share of planned contacts attended reaches the target",
        description="{kept} of {planned} planned contacts attended.",
    )
