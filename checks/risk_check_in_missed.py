"""Risk was not checked within the interval of the acuity band.

Why it matters: In the upper bands risk can change within days; a contact that does not ask about it may miss it.
Who is looked at: Open cases in a band with a risk-check interval, on hold or new ones too.
What is a finding: No attended contact within the interval before the as-at date, or none of them with a risk check. One
    on its first day is in time. Attended contacts that leave open whether risk was checked, and none that says yes: not
    evidenced.
What to do: Check risk with the person now and record it; if it was checked, record that.
Sources: House default: no published interval was found. Quality statement Involving people to manage risks.
Example: as at 2026-10-31
    cases     case_id | opened_on  | acuity_band
              C1      | 2026-03-02 | high
              C2      | 2026-03-02 | high
              C3      | 2026-03-02 | high
    contacts  contact_id | case_id | contact_on | outcome  | risk_check
              K1         | C1      | 2026-10-17 | attended | yes
              K2         | C2      | 2026-10-16 | attended | yes
              K3         | C2      | 2026-10-30 | attended | no
              K4         | C3      | 2026-10-30 | attended |
    met C1; breach C2; not evidenced C3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, days

NEEDS = "cases.acuity_band contacts.risk_check"


# High: nobody knows whether the person is safe.
@check("ACU09", severity="high", owner="named worker", basis="house", subject="case", needs=NEEDS)
def risk_check_in_missed(open_cases: pl.LazyFrame, attended_contacts: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """One row per open case in a band with a risk-check interval: whether risk was checked within it."""
    cases = open_cases.drop_nulls("risk_check_days")
    contacts = attended_contacts.join(cases.select("case_id", "risk_check_days"), on="case_id")
    near = contacts.filter(days("contact_on", as_at) <= pl.col("risk_check_days"))
    # yes if any says yes, blank if one may, no if all say no
    found = near.group_by("case_id").agg(contacts=pl.len(), risk_checked=pl.col("risk_check").any(ignore_nulls=False))
    nobody_came = pl.col("contacts").is_null()
    return cases.join(found, on="case_id", how="left").with_columns(
        pl.col("contacts").fill_null(0), risk_checked=~nobody_came & pl.col("risk_checked")
    )


class Standard(Evidence):
    """What must hold of each case."""

    risk_checked: bool = Field(
        eq=True,
        title="risk was checked at an attended contact within the interval of the acuity band",
        description="{contacts:attended contact} in {risk_check_days:day}, none with a risk check.",
    )
