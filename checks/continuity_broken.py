"""A person is seen by ever changing workers.

Why it matters: Trust, and the eye for a change, grow with one worker; to a stranger the person must begin again.
Who is looked at: Cases open on the as-at date with enough attended contacts in the window for a share to say something.
What is a finding: The worker seen most often held a smaller share of those contacts than the limit. Contacts that name
    no worker may have been that worker's: where they could decide, not evidenced.
What to do: Agree with the person who their main worker is, and plan the next contacts with that worker.
Sources: House default: no published target found. NHS England 2022 position statement: a named key worker for all.
Example: as at 2026-10-31
    cases     case_id | opened_on
              C1      | 2026-03-02
              C2      | 2026-03-02
              C3      | 2026-03-02
    contacts  contact_id | case_id | contact_on | worker_id | outcome
              K01        | C1      | 2026-10-01 | W1        | attended
              K02        | C1      | 2026-10-08 | W1        | attended
              K03        | C1      | 2026-10-15 | W1        | attended
              K04        | C1      | 2026-10-22 | W2        | attended
              K05        | C2      | 2026-10-01 | W1        | attended
              K06        | C2      | 2026-10-08 | W1        | attended
              K07        | C2      | 2026-10-15 | W2        | attended
              K08        | C2      | 2026-10-22 | W3        | attended
              K09        | C3      | 2026-10-01 | W1        | attended
              K10        | C3      | 2026-10-08 | W1        | attended
              K11        | C3      | 2026-10-15 | W2        | attended
              K12        | C3      | 2026-10-22 |           | attended
    met C1; breach C2; not evidenced C3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, settled, share, within


# Low: care takes place; it is its thread that is thin.
@check("CON02", severity="low", owner="named worker", basis="house", subject="case", needs="contacts.worker_id")
def continuity_broken(
    open_cases: pl.LazyFrame, attended_contacts: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per open case with enough contacts: by how much the share of the most-seen worker falls short."""
    recent = attended_contacts.filter(within("contact_on", policy.continuity_window_days, as_at))
    named = pl.col("worker_id").drop_nulls().unique_counts().max().fill_null(0)
    seen = recent.group_by("case_id").agg(contacts=pl.len(), unnamed=pl.col("worker_id").null_count(), most=named)
    found = open_cases.select("case_id", "team", "origin").join(seen, on="case_id", maintain_order="left")
    lowest, highest = share("most", "contacts"), share(pl.col("most") + pl.col("unnamed"), "contacts")
    limit = policy.limit("continuity_share")
    enough = found.filter(pl.col("contacts") >= policy.continuity_min_contacts)
    return enough.with_columns(short=settled(limit - lowest, limit - highest))


class Standard(Evidence):
    """What must hold of each case."""

    short: float = Field(
        le=0,
        title="enough of the contacts were with one worker",
        description="{most} of {contacts} attended contacts with one worker.",
    )
