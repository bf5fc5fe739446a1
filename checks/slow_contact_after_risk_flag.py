"""A person was not seen soon enough after a signal of rising risk.

Why it matters: A visit to an emergency department, a lost home or a missed prescription is when things turn; seen in
    time, the person can still be helped where they are.
Who is looked at: Risk flags whose time has run out: the last day of the signal's limit lies before the as-at date.
    Flags with a signal the policy does not know too, whatever their day.
What is a finding: No attended contact of the case from the day of the flag to the last day of the limit. A signal the
    policy does not know: not evidenced.
What to do: See the person now; find out why it took longer, and tell the supervisor where contact is not possible.
Sources: House default limits. CQC quality statement: involving people to manage risks.
Example: as at 2026-10-31
    risk_flags  flag_id | case_id | signal        | raised_on
                F1      | C1      | ed_attendance | 2026-10-12
                F2      | C2      | ed_attendance | 2026-10-12
                F3      | C1      | rumour        | 2026-10-12
    contacts  case_id | contact_on | outcome
              C1      | 2026-10-15 | attended
              C2      | 2026-10-16 | attended
    met F1; breach F2; not evidenced F3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, first_on_or_after, plus_days


# High: a known risk met without the response promised for it.
@check("ESC01", severity="high", owner="named worker", basis="house", subject="risk flag")
def slow_contact_after_risk_flag(
    flags_raised: pl.LazyFrame, attended_contacts: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per flag whose time has run out: by when the person was to be seen, and when they were."""
    limits = policy.signal_contact_days.entries
    limit = pl.col("signal").replace_strict(list(limits), list(limits.values()), default=None, return_dtype=pl.Int64)
    flags = flags_raised.with_columns(due_on=plus_days("raised_on", limit))
    ripe = flags.filter(pl.col("due_on").is_null() | (pl.col("due_on") < as_at))
    met = first_on_or_after(ripe, attended_contacts, since="raised_on", event="contact_on", into="seen_on")
    in_time = (pl.col("seen_on") <= pl.col("due_on")).fill_null(value=False)
    return met.with_columns(in_time=pl.when(pl.col("due_on").is_not_null()).then(in_time))


class Standard(Evidence):
    """What must hold of each flag."""

    in_time: bool = Field(
        eq=True,
        title="the person was seen within the limit for the signal",
        description="{signal}, raised {raised_on}; to be seen by {due_on}, next attended contact: {seen_on}.",
    )
