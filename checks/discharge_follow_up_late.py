"""A person was not seen within three days of leaving inpatient care.

Why it matters: The days after discharge are those in which most people die by suicide after leaving hospital; somebody
    who is seen at once is not left alone with them.
Who is looked at: Cases with a discharge from inpatient care whose third day after it lies before the as-at date.
What is a finding: No attended contact of the case on the first to the third day after the discharge; one on the day
    itself does not count. The check is met when the target share is reached.
What to do: See the person now; have the ward tell the team of discharges before they happen.
Sources: NHS Standard Contract: 72-hour follow-up, 80 %.
Example: as at 2026-10-31
    cases  case_id | opened_on  | discharged_from_inpatient_on
           C1      | 2026-01-05 | 2026-10-12
           C2      | 2026-01-05 | 2026-10-12
    contacts  case_id | contact_on | outcome
              C1      | 2026-10-15 | attended
              C2      | 2026-10-12 | attended
              C2      | 2026-10-16 | attended
    met C1; breach C2
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, first_on_or_after, plus_days


# High: the days of the greatest risk go by unseen.
@check(
    "ESC08",
    severity="high",
    owner="named worker",
    basis="contract",
    subject="case",
    needs="cases.discharged_from_inpatient_on",
    target="discharge_follow_up_target",
)
def discharge_follow_up_late(
    episodes: pl.LazyFrame, attended_contacts: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per discharge whose time has run out: when the person was next seen."""
    left = pl.col("discharged_from_inpatient_on")
    due_on, day_after = plus_days(left, policy.discharge_follow_up_days), plus_days(left, 1)
    ripe = episodes.filter(due_on < as_at).with_columns(due_on=due_on, day_after=day_after)
    met = first_on_or_after(ripe, attended_contacts, since="day_after", event="contact_on", into="seen_on")
    return met.with_columns(in_time=(pl.col("seen_on") <= pl.col("due_on")).fill_null(value=False))


class Standard(Evidence):
    """What must hold of each discharge."""

    in_time: bool = Field(
        eq=True,
        title="the person was seen on one of the days after discharge",
        description="Discharged {discharged_from_inpatient_on}; next seen after that day: {seen_on}, due by {due_on}.",
    )
