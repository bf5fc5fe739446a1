"""Words for peer workers: who they are, what their role record holds, which cases they carry alone."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.policy import Policy
from caseaudit.vocabulary.caseload import distinct, once
from caseaudit.vocabulary.days import in_lookback, open_at, seen, touches_lookback
from caseaudit.vocabulary.joining import with_layer, with_team
from caseaudit.vocabulary.registry import word


@word
def peers_in_post(staff_in_post: pl.LazyFrame) -> pl.LazyFrame:
    """Staff of the peer layer in post at D."""
    return staff_in_post.filter(pl.col("layer") == "peer")


@word
def peer_records(peers_in_post: pl.LazyFrame, peer_roles: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """One row per peer worker in post, with what any of the worker's role records holds.

    Columns: worker_id, team, role, role_scope, escalation_triggers, supervision_arrangements, training_completed_on and
    last_briefing_on (the latest by D), origin (of the first record, or else of the worker's row of the staff list).
    """
    words = ("role_scope", "escalation_triggers", "supervision_arrangements")
    days = ("training_completed_on", "last_briefing_on")
    held = peer_roles.group_by("worker_id").agg(
        *(pl.col(name).drop_nulls().first() for name in words),
        *(pl.col(name).filter(seen(name, as_at)).max() for name in days),
        record=pl.col("origin").min(),
    )
    peers = peers_in_post.select("worker_id", "team", "role", "origin").join(
        held, on="worker_id", how="left", maintain_order="left"
    )
    return peers.with_columns(origin=pl.coalesce("record", "origin")).drop("record")


@word
def peer_tasks(
    tasks: pl.LazyFrame,
    task_rules: pl.LazyFrame,
    workers: pl.LazyFrame,
    episodes: pl.LazyFrame,
    policy: Policy,
    as_at: dt.date,
) -> pl.LazyFrame:
    """Tasks that peers completed in the look-back.

    Columns: worker_id, case_id, team, task_id, task_type, completed_on, allowed (to peers; a kind of task that the
    policy does not name is reserved to nobody), origin.
    """
    done = once(tasks.filter(in_lookback("completed_on", policy, as_at)), "task_id")
    of_peers = with_layer(done, workers, "completed_by").filter(pl.col("layer") == "peer")
    ruled = with_team(of_peers, episodes).join(task_rules, on="task_type", how="left", maintain_order="left")
    return ruled.select(
        "case_id",
        "team",
        "task_id",
        "task_type",
        "completed_on",
        "origin",
        worker_id="completed_by",
        allowed=pl.col("allowed").list.contains("peer").fill_null(value=True),
    )


@word
def peer_allocations(
    workers: pl.LazyFrame,
    episodes: pl.LazyFrame,
    scale: pl.LazyFrame,
    policy: Policy,
    as_at: dt.date,
    allocations: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """Allocations to peers that touch the look-back, with how acute the case was and who else held it.

    Both are judged on the last day the allocation was current, D at the latest: by the case's band where that is D,
    by the acuity assessed at allocation where it ended before (else the case's band). Without an export of
    allocations each case's named worker counts as allocated since it was opened.

    Columns: case_id, worker_id, allocated_on, team, high_acuity (blank: no band known), shared (somebody of another
    layer held it too; blank where only somebody of unknown layer did), origin.
    """
    cases = episodes.select("case_id", "team", "closed_on", band_is_high="high_acuity")
    if allocations is None:
        every = episodes.filter(pl.col("worker_id").is_not_null()).select(
            "case_id",
            "worker_id",
            "origin",
            allocated_on="opened_on",
            ended_on="closed_on",
            assessed_acuity=pl.lit(None, pl.String),
        )
    else:
        every = distinct(allocations).select(
            "case_id", "worker_id", "origin", "allocated_on", "ended_on", "assessed_acuity"
        )
    levels = scale.select(assessed_acuity="acuity_band", was_high="high_acuity")
    placed = every.join(cases, on="case_id", how="left", maintain_order="left").join(
        levels, on="assessed_acuity", how="left", maintain_order="left"
    )
    ended = pl.min_horizontal("ended_on", "closed_on")
    known = with_layer(placed.with_columns(ended_on=ended), workers, "worker_id")
    of_peers = known.filter((pl.col("layer") == "peer") & touches_lookback("allocated_on", "ended_on", policy, as_at))
    current = open_at("allocated_on", "ended_on", as_at)
    last_day = pl.when(current).then(as_at).otherwise(pl.col("ended_on") - pl.duration(days=1))
    own = of_peers.with_columns(
        last_day=last_day,
        high_acuity=pl.when(current).then("band_is_high").otherwise(pl.coalesce("was_high", "band_is_high")),
    )
    other = known.select("case_id", other="worker_id", other_layer="layer", since="allocated_on", until="ended_on")
    beside = (
        (pl.col("other") != pl.col("worker_id"))
        & (pl.col("since") <= pl.col("last_day"))
        & ~(pl.col("until") <= pl.col("last_day")).fill_null(value=False)
    )
    company = own.select("case_id", "worker_id", "last_day", "origin").join(other, on="case_id").filter(beside)
    shared = company.group_by("origin").agg(
        shared=(pl.col("other_layer") != "peer").any(ignore_nulls=False), others=pl.len()
    )
    found = own.join(shared, on="origin", how="left", maintain_order="left")
    alone = pl.col("others").is_null()
    return found.select(
        "case_id",
        "worker_id",
        "allocated_on",
        "team",
        "high_acuity",
        "origin",
        shared=pl.when(alone).then(statement=False).otherwise("shared"),
    )
