"""A physical health check is overdue.

Why it matters: People with severe mental illness die years earlier than others, mostly of what these checks find.
Who is looked at: Each case open on the as-at date, on hold or not, with each kind of check the policy names.
What is a finding: The last check of that kind was done more days before the as-at date than the limit allows, or none
    is on record. A row of the kind that has no date may be the missing check: not evidenced, unless another is in time.
    A check dated after the as-at date is not seen. The check is met from a target share of these pairs on.
What to do: Offer the check at the next contact and record the day and the result; if the person declines, record that.
Sources: NICE QS80: physical health in psychosis, yearly. The target share is a house default.
Example: as at 2026-10-31, physical_check_types = ["glucose", "smoking"]
    cases            case_id | opened_on
                     C1      | 2025-03-03
                     C2      | 2025-03-03
    physical_checks  case_id | check_type | done_on
                     C1      | glucose    | 2025-10-31
                     C1      | smoking    | 2025-10-30
                     C2      | smoking    |
    met C1 | glucose; breach C1 | smoking, C2 | glucose; not evidenced C2 | smoking
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, last_by, seen, within


# Medium: harm comes slowly, and the next check can still find it.
@check(
    "PHY01",
    severity="medium",
    owner="named worker",
    basis="nice",
    subject="case and physical check",
    needs="physical_checks.done_on",
    target="physical_check_target",
)
def physical_check_overdue(
    open_cases: pl.LazyFrame, physical_checks: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per open case and kind of check: when it was last done, and whether that is within the limit."""
    kinds = pl.LazyFrame({"check_type": policy.physical_check_types}, schema={"check_type": pl.String})
    known = physical_checks.filter(seen("done_on", as_at).fill_null(value=True))
    last = known.group_by("case_id", "check_type").agg(
        pl.col("done_on").max(),
        undated=pl.col("done_on").is_null().any(),
        last_row=last_by("origin", "done_on", "origin"),
    )
    pairs = open_cases.select("case_id", "team", "origin").join(kinds, how="cross", maintain_order="left")
    found = pairs.join(last, on=("case_id", "check_type"), how="left")
    recent = within("done_on", policy.physical_check_days, as_at).fill_null(value=False)
    open_question = pl.col("undated").fill_null(value=False) & ~recent
    return found.with_columns(origin=pl.coalesce("last_row", "origin"), recent=pl.when(~open_question).then(recent))


class Standard(Evidence):
    """What must hold of each case and kind of check."""

    recent: bool = Field(eq=True, title="the check was done within the limit", description="Last done: {done_on}.")
