"""A peer worker has not been briefed lately.

Why it matters: Peers often hear first that something is wrong. Left out of briefings they do not know what has changed,
    and nobody asks them.
Who is looked at: Staff of the peer layer in post on the as-at date.
What is a finding: The last briefing lies further back than the limit. No role record, or no briefing by the as-at
    date on it: not evidenced.
What to do: Brief the peer worker, and invite them to the huddle as a matter of course.
Sources: House default; no published limit was found.
Example: as at 2026-10-31
    staff  worker_id | role        | layer
           P1        | Peer worker | peer
           P2        | Peer worker | peer
           P3        | Peer worker | peer
    peer_roles  worker_id | last_briefing_on
                P1        | 2026-10-17
                P2        | 2026-10-16
    met P1; breach P2; not evidenced P3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days


# Medium: what peers know and what they should know goes missing.
@check(
    "PEER03",
    severity="medium",
    owner="peer lead",
    basis="house",
    subject="worker",
    needs="staff.layer peer_roles.last_briefing_on",
)
def peer_left_out_of_briefings(peer_records: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per peer worker in post: how long ago the last briefing was, and by how much that is too long."""
    since = peer_records.with_columns(days_since=days("last_briefing_on", as_at))
    return since.with_columns(days_over=pl.col("days_since") - policy.limit("briefing_days"))


class Standard(Evidence):
    """What must hold of each peer worker."""

    days_over: int = Field(
        le=0,
        title="the last briefing is recent enough",
        description="Last briefed {last_briefing_on}, {days_since:day} ago.",
    )
