"""A person missed visit after visit and nobody raised it.

Why it matters: Somebody who stops coming may be getting worse; each missed visit alone looks like a mishap, and only
    together they are a sign.
Who is looked at: Cases with as many missed contacts in a row as the policy names, or more, the last of them in the
    look-back. An attended contact ends a row; a cancelled one neither ends it nor counts. Of several rows of a case the
    worst counts. A row whose time for an answer has not run out, and that has none yet, is not looked at.
What is a finding: No risk flag and no escalation of the case from the day of the last missed contact to the end of the
    limit.
What to do: Try to reach the person today, by another way; raise a flag, and take it to the next huddle.
Sources: House default. CQC quality statement: safe systems, pathways and transitions.
Example: as at 2026-10-31
    contacts  case_id | contact_on | outcome
              C1      | 2026-10-01 | did_not_attend
              C1      | 2026-10-08 | did_not_attend
              C2      | 2026-10-01 | did_not_attend
              C2      | 2026-10-08 | did_not_attend
    risk_flags  case_id | signal        | raised_on
                C1      | missed_visits | 2026-10-10
                C2      | missed_visits | 2026-10-11
    escalations  case_id | raised_on
    met C1; breach C2
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, first_on_or_after, in_lookback, plus_days


# High: the person at risk is the one nobody has seen.
@check("ESC07", severity="high", owner="named worker", basis="house", subject="case", needs="escalations.case_id")
def missed_visits_not_escalated(
    missed_runs: pl.LazyFrame,
    flags_raised: pl.LazyFrame,
    escalations_raised: pl.LazyFrame,
    policy: Policy,
    as_at: dt.date,
) -> pl.LazyFrame:
    """One row per case with a row of missed contacts: when it was raised, of several rows the worst."""
    runs = missed_runs.filter(pl.col("missed") >= policy.missed_visits, in_lookback("last_on", policy, as_at))
    told = pl.concat([frame.select("case_id", "raised_on", "team") for frame in (flags_raised, escalations_raised)])
    answered = first_on_or_after(runs, told, since="last_on", event="raised_on", into="raised_on")
    limit = plus_days("last_on", policy.flag_response_days)
    in_time = (pl.col("raised_on") <= limit).fill_null(value=False)
    ripe = answered.with_columns(in_time=in_time).filter(pl.col("in_time") | (limit < as_at))
    return ripe.sort("in_time", "origin").unique("case_id", keep="first", maintain_order=True)


class Standard(Evidence):
    """What must hold of each case."""

    in_time: bool = Field(
        eq=True,
        title="a flag or an escalation was raised in time",
        description="{missed} contacts missed in a row, the last {last_on}; next flag or escalation: {raised_on}.",
    )
