"""A case was closed because the person did not attend.

Why it matters: Staying away is often the first sign of getting worse. Closing the case then leaves nobody looking.
Who is looked at: Cases closed in the look-back.
What is a finding: The reason for closing is non-attendance; or the case was closed within the limit of days after a
    contact the person did not attend, with no attended one on a later day up to the closing. No reason recorded: not
    evidenced.
What to do: Try to reach the person, consider reopening the case, and record the clinical reason for closing.
Sources: Regulation 12; quality statement Safe systems, pathways and transitions. The days are a house default.
Example: as at 2026-10-31
    cases     case_id | opened_on  | closed_on  | close_reason
              C1      | 2026-01-05 | 2026-10-12 | goals_met
              C2      | 2026-01-05 | 2026-10-12 | goals_met
              C3      | 2026-01-05 | 2026-10-12 |
    contacts  case_id | contact_on | outcome
              C1      | 2026-09-13 | did_not_attend
              C2      | 2026-09-14 | did_not_attend
              C3      | 2026-10-01 | attended
    met C1; breach C2; not evidenced C3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, in_lookback


# High: a person who may be getting worse has been let go.
@check("REV04", severity="high", owner="team manager", basis="house", subject="case", needs="cases.close_reason")
def case_closed_after_missed_contact(
    episodes: pl.LazyFrame, contacts_seen: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per case closed in the look-back: its reason, and the last contact missed and not made up for."""
    closed = episodes.filter(in_lookback("closed_on", policy, as_at))
    contacts = contacts_seen.join(closed.select("case_id", "closed_on"), on="case_id")
    before = contacts.filter(pl.col("contact_on") <= pl.col("closed_on"))
    on = {kind: pl.col("contact_on").filter(pl.col("outcome") == kind).max() for kind in ("attended", "did_not_attend")}
    cases = closed.join(before.group_by("case_id").agg(**on), on="case_id", how="left")
    unmet = pl.col("did_not_attend") >= pl.col("attended").fill_null(dt.date.min)
    soon = days("did_not_attend", "closed_on") <= policy.limit("dna_closure_days")
    return cases.with_columns(
        other_reason=~pl.col("close_reason").is_in(policy.non_attendance_reasons),
        not_after_a_miss=~(unmet & soon).fill_null(value=False),
    )


class Standard(Evidence):
    """What must hold of each case."""

    other_reason: bool = Field(
        eq=True,
        title="the reason recorded for closing is not non-attendance",
        description="Closed on {closed_on} with the reason '{close_reason}'.",
    )
    not_after_a_miss: bool = Field(
        eq=True,
        title="the case was not closed soon after a missed contact that no attended one followed",
        description="Closed on {closed_on}; contact missed on {did_not_attend}, none attended since.",
    )
