"""A change of acuity band is not confirmed by a clinician in time.

Why it matters: The band decides how often a person is seen; changed without a clinician, nobody clinical weighed it.
Who is looked at: Changes of band set in the look-back; a change exported twice counts once.
What is a finding: It was confirmed by somebody not of the clinical layer, or later than the limit after it was set. Not
    evidenced: nobody named or their layer not on record; no day of confirmation by the as-at date (one before the
    change confirmed something else).
What to do: Have a clinician confirm or correct the band now, and record who and when.
Sources: Regulation 12: risks are assessed by people competent to. The days are a house default.
Example: as at 2026-10-31
    staff  worker_id | role             | layer
           N1        | Nurse            | clinical
           S1        | Care coordinator | support
    bands  case_id | band | set_on     | confirmed_by | confirmed_on
           C1      | high | 2026-10-12 | N1           | 2026-10-15
           C2      | high | 2026-10-12 | N1           | 2026-10-16
           C3      | low  | 2026-10-12 | S1           | 2026-10-12
           C4      | high | 2026-10-12 |              |
    met C1 | 2026-10-12; breach C2 | 2026-10-12, C3 | 2026-10-12; not evidenced C4 | 2026-10-12
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days_taken, in_lookback, with_layer

NEEDS = "bands.confirmed_by bands.confirmed_on staff.layer"


# Medium: the band may be right; nobody who must answer for it has said so.
@check("ACU03", severity="medium", owner="clinical lead", basis="house", subject="band change", needs=NEEDS)
def band_change_unconfirmed(
    band_changes: pl.LazyFrame, workers: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per change of band in the look-back: by whom it was confirmed and how many days later."""
    changes = with_layer(band_changes.filter(in_lookback("set_on", policy, as_at)), workers, "confirmed_by")
    taken = days_taken("set_on", "confirmed_on", as_at)
    return changes.with_columns(
        days_taken=taken,
        by_clinician=pl.col("layer") == "clinical",
        days_over=taken - policy.limit("band_confirmation_days"),
    )


class Standard(Evidence):
    """What must hold of each change of band."""

    by_clinician: bool = Field(
        eq=True,
        title="a worker of the clinical layer confirmed the band",
        description="The band {band} was confirmed by a worker of the {layer} layer.",
    )
    days_over: int = Field(
        le=0,
        title="the band was confirmed in time",
        description="Set on {set_on}, confirmed {days_taken:day} later.",
    )
