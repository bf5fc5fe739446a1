"""A clinician's contacts are for the most part routine work.

Why it matters: Spent on transport and practical help, clinical time is missing where decisions on risk wait.
Who is looked at: Workers of the clinical layer with enough attended contacts in the last weeks to tell.
What is a finding: The share of contacts with a routine purpose is above the limit. Where contacts without a purpose on
    record could tip the share either way: not evidenced.
What to do: Look at the worker's diary with them; hand routine contacts to support or peer staff.
Sources: House default; no published share was found.
Example: as at 2026-10-31, routine_min_contacts = 2
    staff  worker_id | role  | layer
           W1        | Nurse | clinical
           W2        | Nurse | clinical
    contacts  case_id | contact_on | worker_id | outcome  | purpose
              C1      | 2026-10-20 | W1        | attended | therapy
              C1      | 2026-10-21 | W1        | attended | transport
              C1      | 2026-10-20 | W2        | attended | transport
              C1      | 2026-10-21 | W2        | attended | transport
    met W1; breach W2
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, settled, share, within


# Low: nobody is harmed by the contact; the time is missing elsewhere.
@check(
    "DEL04",
    severity="low",
    owner="team manager",
    basis="house",
    subject="worker",
    needs="contacts.worker_id contacts.purpose staff.layer",
)
def clinicians_on_routine_work(
    attended_contacts: pl.LazyFrame, workers: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per clinician with enough contacts: what share of them was routine, at least and at most."""
    lately = attended_contacts.filter(within("contact_on", policy.routine_window_days, as_at))
    routine = pl.col("purpose").is_in(policy.routine_purposes)
    unknown = pl.col("purpose").null_count()
    counts = lately.group_by("worker_id").agg(contacts=pl.len(), routine=routine.sum(), unknown=unknown)
    clinicians = workers.filter(pl.col("layer") == "clinical").select("worker_id", "team", "role", "origin")
    enough = pl.col("contacts") >= policy.limit("routine_min_contacts")
    busy = clinicians.join(counts, on="worker_id", maintain_order="left").filter(enough)
    least, most = share("routine", "contacts"), share(pl.col("routine") + pl.col("unknown"), "contacts")
    limit = policy.limit("max_routine_share")
    return busy.with_columns(share=least, over=settled(most - limit, least - limit))


class Standard(Evidence):
    """What must hold of each clinician."""

    over: float = Field(
        le=0,
        title="no more of the contacts are routine work than the limit allows",
        description="{routine} of {contacts:contact} were routine work, a share of {share}.",
    )
