"""A capacity exception does not say what is being done about it.

Why it matters: An exception without mitigations and a recovery plan is only a name for being overloaded.
Who is looked at: Capacity exceptions open at any time in the look-back; one exported twice counts once.
What is a finding: The threshold exceeded, the mitigations or the recovery plan is blank: not evidenced, for each of
    them. There is no breach here, since a blank says only that nothing is on record.
What to do: Complete the exception, or close it if the load has come down.
Sources: Regulation 17 (good governance). What an exception holds is a house default.
Example: as at 2026-10-31
    capacity_exceptions  exception_id | team  | opened_on  | threshold     | mitigations   | recovery_plan
                         X1           | North | 2026-10-05 | points 66/60  | no new cases  | locum from Dec
                         X2           | South | 2026-10-05 | points 71/60  |               | locum from Dec
    met X1; not evidenced X2
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, once, recorded, touches_lookback

FIELDS = ("threshold", "mitigations", "recovery_plan")
NEEDS = " ".join(f"capacity_exceptions.{field}" for field in FIELDS)


# Medium: somebody has decided; what they decided cannot be followed.
@check("CAP03", severity="medium", owner="team manager", basis="regulator", subject="capacity exception", needs=NEEDS)
def capacity_exception_incomplete(capacity_exceptions: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per exception open in the look-back: which of its parts are on record."""
    exceptions = once(capacity_exceptions, "exception_id")
    current = exceptions.filter(touches_lookback("opened_on", "closed_on", policy, as_at))
    return current.select("exception_id", "team", "origin", *(recorded(field).alias(field) for field in FIELDS))


class Standard(Evidence):
    """What must hold of each exception."""

    threshold: bool = Field(title="the threshold exceeded is recorded")
    mitigations: bool = Field(title="mitigations are recorded")
    recovery_plan: bool = Field(title="a recovery plan is recorded")
