"""A worker with cases has gone too long without supervision.

Why it matters: Supervision is where somebody else sees the risk decisions a worker carries.
Who is looked at: Staff in post on the as-at date who are the named worker of at least one open case.
What is a finding: More days since the last session held (or, without one, since starting) than the interval: that for
    peers, that for holders of many high-acuity cases (the shorter where both apply), else the standard one, of low
    severity until its later limit. No day on record, or layer or every band blank where it decides: not evidenced.
What to do: Hold supervision now and book the next session; if one was held, record it.
Sources: Regulation 18(2)(a), without a number. NHS practice (4 to 6 weeks); SCIE guide 50 (2 months); house defaults.
Example: as at 2026-10-31
    staff        worker_id | role         | layer   | started_on
                 W1        | Care manager | support | 2024-01-08
                 W2        | Care manager | support | 2026-09-18
                 W3        | Peer worker  | peer    |
    cases        case_id | worker_id | opened_on  | acuity_band
                 C1      | W1        | 2026-03-02 | low
                 C2      | W2        | 2026-03-02 | low
                 C3      | W3        | 2026-03-02 | low
    supervision  worker_id | held_on    | status
                 W1        | 2026-09-19 | held
    met W1; breach W2; not evidenced W3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, settled


# High: nobody else sees this worker's risk decisions. Low while a standard gap is no more than one late session.
@check("SUP01", severity="high", owner="supervisor", basis="guidance", subject="worker", needs="cases.worker_id")
def supervision_gap(holders: pl.LazyFrame, last_session: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per worker in post with cases: days since supervision, and by how many the interval is exceeded."""
    many, warn = policy.limit("high_acuity_cases_for_closer_supervision"), policy.limit("supervision.standard.warn")
    of_peer, of_high = policy.limit("supervision.peer"), policy.limit("supervision.high_acuity")
    peer, high, gap = pl.col("layer") == "peer", pl.col("high_acuity_cases"), pl.col("gap_days")

    def interval(is_peer: pl.Expr, cases: pl.Expr) -> pl.Expr:
        return pl.min_horizontal(pl.when(is_peer).then(of_peer), pl.when(cases >= many).then(of_high)).fill_null(warn)

    due = interval(peer, high)
    at_most = pl.when(pl.col("banded_cases") > 0).then(high).otherwise("open_cases")
    soonest = pl.min_horizontal(due, interval(peer.fill_null(value=True), at_most))
    since = pl.coalesce("last_held_on", "started_on")
    last = holders.join(last_session, on="worker_id", how="left").with_columns(gap_days=days(since, as_at))
    low = pl.when((due == warn) & (gap <= policy.limit("supervision.standard.fail"))).then(pl.lit("low"))
    return last.with_columns(
        days_over=settled(gap - soonest, gap - due), interval_days=due, severity=low.otherwise(pl.lit("high"))
    )


class Standard(Evidence):
    """What must hold of each worker."""

    days_over: int = Field(
        le=0,
        title="supervision was held within the interval",
        description="Last session held: {last_held_on}; {gap_days:day} without one, at most {interval_days:day} meant.",
    )
