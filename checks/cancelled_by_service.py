"""A team cancels too many of its planned contacts itself.

Why it matters: A contact the service calls off is a promise not kept, and tells of too little capacity before a
    vacancy figure does.
Who is looked at: Teams with planned contacts in the look-back whose day has come; the team is that of the case. A
    contact of a case without a team belongs to none.
What is a finding: The share of the planned contacts cancelled by the service exceeds the limit. Contacts that do not
    say whether they were planned are counted both ways: where that decides, not evidenced.
What to do: Find why these contacts were cancelled, offer new ones, and bring the cause to the allocation review.
Sources: House default: no published limit found.
Example: as at 2026-10-31, max_service_cancellations = 0.5
    cases     case_id | team  | opened_on
              C1      | North | 2026-03-02
              C2      | South | 2026-03-02
              C3      | East  | 2026-03-02
    contacts  contact_id | case_id | contact_on | planned | outcome
              K1         | C1      | 2026-10-05 | yes     | attended
              K2         | C1      | 2026-10-06 | yes     | cancelled_by_service
              K3         | C2      | 2026-10-05 | yes     | cancelled_by_service
              K4         | C2      | 2026-10-06 | no      | attended
              K5         | C3      | 2026-10-05 | yes     | attended
              K6         | C3      | 2026-10-06 |         | cancelled_by_service
              K7         | C3      | 2026-10-07 |         | cancelled_by_service
    met North; breach South; not evidenced East
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check, settled, share_range

NEEDS = "contacts.planned cases.team"


# Medium: people go without the contact they were promised.
@check("CON04", severity="medium", owner="team manager", basis="house", subject="team", needs=NEEDS)
def cancelled_by_service(planned_contacts: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per team with planned contacts: the share it cancelled, and by how much that exceeds the limit."""
    called_off = pl.col("outcome") == "cancelled_by_service"
    lowest, highest = share_range(called_off, pl.col("planned"))
    teams = planned_contacts.group_by("team").agg(
        planned=pl.len(), called_off=called_off.sum(), lowest=lowest, highest=highest, origin=pl.col("origin").min()
    )
    limit = policy.limit("max_service_cancellations")
    return teams.sort("team").with_columns(over=settled(pl.col("highest") - limit, pl.col("lowest") - limit))


class Standard(Evidence):
    """What must hold of each team."""

    over: float = Field(
        le=0,
        title="the share of planned contacts cancelled by the service keeps to the limit",
        description="{called_off} of {planned} planned contacts cancelled by the service.",
    )
