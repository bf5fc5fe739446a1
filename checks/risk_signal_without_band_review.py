"""Signals of rising risk did not lead to a look at the acuity band.

Why it matters: A second signal within weeks is a pattern. If the band stays as it was unexamined, the person goes on
    being seen as often as before.
Who is looked at: Open cases with at least the number of risk flags that asks for it, raised within the window before
    the as-at date.
What is a finding: Since the first of those flags no band was set or confirmed and no review held; the day of the flag
    itself counts as since. Where no export holds changes of band, a case without a review is not evidenced.
What to do: Review the case and confirm or change the band, with the signals in hand.
Sources: House default. Regulation 12 and the quality statement Involving people to manage risks.
Example: as at 2026-10-31
    cases       case_id | opened_on
                C1      | 2026-03-02
                C2      | 2026-03-02
    risk_flags  case_id | signal        | raised_on
                C1      | ed_attendance | 2026-10-05
                C1      | housing_loss  | 2026-10-20
                C2      | ed_attendance | 2026-10-05
                C2      | missed_visits | 2026-10-20
    reviews     case_id | reviewed_on
                C1      | 2026-10-05
                C2      | 2026-10-04
    bands       case_id | band | set_on
                C2      | high | 2026-03-02
    met C1; breach C2
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, once, within


# High: risk is known to rise and nothing in the care has changed.
@check("ACU07", severity="high", owner="named worker", basis="house", subject="case")
def risk_signal_without_band_review(
    open_cases: pl.LazyFrame, risk_flags: pl.LazyFrame, last_look: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per open case with enough recent flags: the first of them, and the last look at band or case."""
    recent = once(risk_flags, "flag_id").filter(within("raised_on", policy.signal_window_days, as_at))
    flags = recent.group_by("case_id").agg(flags=pl.len(), first_on=pl.col("raised_on").min())
    cases = open_cases.join(flags, on="case_id").filter(pl.col("flags") >= policy.limit("signals_for_band_review"))
    since = (pl.col("looked_on") >= pl.col("first_on")).fill_null(value=False)
    looked_at = pl.when(since | pl.col("all_known")).then(since)
    return cases.join(last_look, on="case_id", how="left").with_columns(looked_at=looked_at)


class Standard(Evidence):
    """What must hold of each case."""

    looked_at: bool = Field(
        eq=True,
        title="the band was set or confirmed, or a review held, since the first of the signals",
        description="{flags:flag} since {first_on}; last look at band or case: {looked_on}.",
    )
