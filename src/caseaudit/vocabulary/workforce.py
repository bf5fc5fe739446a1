"""Words for the workforce: who is in post, who holds which cases, who may do what."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.policy import Policy
from caseaudit.vocabulary.caseload import once
from caseaudit.vocabulary.days import open_at, plus_days, seen, total
from caseaudit.vocabulary.registry import word


@word
def workers(staff: pl.LazyFrame) -> pl.LazyFrame:
    """Everybody of the staff list once, whether in post or not.

    Of two rows with one worker_id, one without a last day stands for both: a second contract may have followed the
    first, and leaving it out could hide somebody in post.
    """
    return staff.sort(pl.col("left_on").is_not_null(), "origin").unique("worker_id", keep="first", maintain_order=True)


@word
def staff_in_post(workers: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """Staff who had started by D and had not left by then; a blank starting day counts as started."""
    return workers.filter(open_at("started_on", "left_on", as_at))


@word
def caseloads(open_cases: pl.LazyFrame, workers: pl.LazyFrame) -> pl.LazyFrame:
    """One row per worker who is the named worker of at least one open case.

    Columns: worker_id, open_cases, banded_cases, high_acuity_cases, points, and of the staff list team, role, wte,
    layer, started_on, left_on, supervisor_id (blank for a worker it lacks). `origin` leads to the worker's row of the
    staff list, or else to the first of the cases.
    """
    held = (
        open_cases.filter(pl.col("worker_id").is_not_null())
        .group_by("worker_id")
        .agg(
            open_cases=pl.len().cast(pl.Int64),
            banded_cases=pl.col("rank").count().cast(pl.Int64),
            high_acuity_cases=pl.col("high_acuity").sum().cast(pl.Int64),
            points=total("points"),
            case_origin=pl.col("origin").min(),
        )
        .sort("worker_id")
    )
    wte = pl.when(pl.col("wte") >= 0).then("wte")  # a WTE below 0 is no WTE, and would make any load look light
    own = ("layer", "started_on", "left_on", "supervisor_id", "origin")
    about = workers.select("worker_id", "team", "role", wte, *own)
    return (
        held.join(about, on="worker_id", how="left", maintain_order="left")
        .with_columns(origin=pl.coalesce("origin", "case_origin"))
        .drop("case_origin")
    )


@word
def holders(caseloads: pl.LazyFrame, staff_in_post: pl.LazyFrame) -> pl.LazyFrame:
    """The caseloads of staff in post at D."""
    return caseloads.join(staff_in_post, on="worker_id", how="semi", maintain_order="left")


@word
def current_allocations(
    open_cases: pl.LazyFrame, as_at: dt.date, allocations: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """Allocations current at D of cases open at D; without an export of allocations, each case's named worker.

    Columns: those of the allocations table, plus acuity_band, rank, high_acuity, competencies, needs, team of the case.
    A worker allocated twice to one case counts once.
    """
    about = open_cases.select("case_id", "acuity_band", "rank", "high_acuity", "competencies", "needs", "team")
    if allocations is None:
        own = open_cases.filter(pl.col("worker_id").is_not_null()).select(
            "case_id", "worker_id", "origin", allocated_on="opened_on", oversight_worker_id=pl.lit(None, pl.String)
        )
        return own.join(about, on="case_id", how="left", maintain_order="left")
    current = allocations.filter(open_at("allocated_on", "ended_on", as_at))
    latest = current.sort("allocated_on", "origin").unique(("case_id", "worker_id"), keep="last", maintain_order=True)
    return latest.join(about, on="case_id", how="inner", maintain_order="left")


@word
def sessions_held(supervision: pl.LazyFrame, as_at: dt.date, workers: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """Supervision sessions held on or before D, with the supervisee's `team` and `role` where the staff list says them.

    A cancelled one, or one whose status is blank, was not held.
    """
    held = once(supervision.filter(seen("held_on", as_at) & (pl.col("status") == "held")), "session_id")
    if workers is None:
        return held.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in ("team", "role"))
    return held.join(workers.select("worker_id", "team", "role"), on="worker_id", how="left", maintain_order="left")


@word
def last_session(sessions_held: pl.LazyFrame) -> pl.LazyFrame:
    """Columns: worker_id, last_held_on: the latest session held of each supervisee."""
    return sessions_held.group_by("worker_id").agg(last_held_on=pl.col("held_on").max())


@word
def sign_offs(
    competencies: pl.LazyFrame, policy: Policy, as_at: dt.date, incidents: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """Every competency sign-off seen by D, with whether it is current at D.

    Columns beside the table's own: valid_until (the earlier of expires_on and signed_off_on + validity), in_date,
    doubted (an incident names the worker and the competency on or after the day of sign-off), current: True, False,
    or blank where the method is not on record and nothing else speaks against it.
    """
    seen_by_now = competencies.filter(seen("signed_off_on", as_at))
    dated = seen_by_now.with_columns(
        valid_until=pl.min_horizontal("expires_on", plus_days("signed_off_on", policy.competency_validity_days))
    )
    if incidents is None:
        named = dated.with_columns(last_incident_on=pl.lit(None, dtype=pl.Date))
    else:
        last = (
            incidents.filter(seen("occurred_on", as_at))
            .group_by("worker_id", "competency")
            .agg(last_incident_on=pl.col("occurred_on").max())
        )
        named = dated.join(last, on=("worker_id", "competency"), how="left", maintain_order="left")
    doubted = (pl.col("last_incident_on") >= pl.col("signed_off_on")).fill_null(value=False)
    return named.with_columns(in_date=pl.col("valid_until") >= as_at, doubted=doubted).with_columns(
        current=pl.col("in_date") & ~pl.col("doubted") & pl.col("method").is_in(policy.accepted_methods)
    )
