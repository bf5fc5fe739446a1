"""A clinician's contacts are for the most part routine work.

Why it matters: Clinical time is the scarcest the service has; spent on transport and practical help it is missing where
    decisions on risk wait.
Who is looked at: Workers of the clinical layer with enough attended contacts in the last weeks for a share to say
    something.
What is a finding: The share of contacts with a routine purpose is above the limit. Where contacts without a purpose on
    record could tip the share either way: not evidenced.
What to do: Look at the worker's diary with them; hand routine contacts to support or peer staff.
Sources: House default; no published share was found.
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, share, within


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
    counts = lately.group_by("worker_id").agg(
        contacts=pl.len(), routine=routine.sum(), unknown=pl.col("purpose").null_count()
    )
    clinicians = workers.filter(pl.col("layer") == "clinical").select("worker_id", "team", "origin")
    busy = clinicians.join(counts, on="worker_id", maintain_order="left").filter(
        pl.col("contacts") >= policy.limit("routine_min_contacts")
    )
    limit = policy.limit("max_routine_share")
    least, most = share("routine", "contacts"), share(pl.col("routine") + pl.col("unknown"), "contacts")
    over = least - limit
    return busy.with_columns(share=least, over=pl.when((over > 0) | (most <= limit)).then(over))


class Standard(Evidence):
    """What must hold of each clinician."""

    over: float = Field(
        le=0,
        title="no more of the contacts are routine work than the limit allows",
        description="{routine} of {contacts:contact} were routine work, a share of {share}.",
    )
