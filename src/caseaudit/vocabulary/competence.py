"""Words for competence: what the cases ask of their workers, and what these are signed off for."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.policy import Policy
from caseaudit.vocabulary.caseload import once
from caseaudit.vocabulary.days import plus_days, seen
from caseaudit.vocabulary.registry import word


@word
def held_competencies(sign_offs: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per worker and competency ever signed off; the best of several sign-offs counts.

    Columns: worker_id, competency, current (True when one sign-off is current, blank when one may be, its method not
    being on record), valid_until (last day of the longest current one), assessed (of those in date, one rests on an
    accepted method; blank when one may, or when none is in date), origin (of the row valid_until is from, or else of
    the one that lasts longest).
    """
    ordered = sign_offs.sort(pl.col("current").fill_null(value=False), "valid_until", "origin")
    accepted = pl.col("method").is_in(policy.accepted_methods).filter("in_date")
    return ordered.group_by("worker_id", "competency", maintain_order=True).agg(
        current=pl.col("current").any(ignore_nulls=False),
        valid_until=pl.col("valid_until").filter("current").last(),
        assessed=pl.when(pl.col("in_date").any()).then(accepted.any(ignore_nulls=False)),
        origin=pl.col("origin").last(),
    )


@word
def required_competencies(current_allocations: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per current allocation and competency that the case's band or one of its needs requires, each once.

    Columns: case_id, worker_id, team (of the case), competency, origin of the allocation. A need the policy does not
    know requires nothing (DQ04 reports it); a band the scale does not know neither.
    """
    needs, asked = list(policy.needs.entries), list(policy.needs.entries.values())
    one = pl.element().str.strip_chars().replace_strict(needs, asked, default=None, return_dtype=pl.String)
    of_needs = pl.col("needs").str.split(";").list.eval(one)
    nothing = pl.lit([], dtype=pl.List(pl.String))
    both = pl.col("competencies").fill_null(nothing).list.set_union(of_needs.fill_null(nothing)).list.sort()
    return (
        current_allocations.select("case_id", "worker_id", "team", "origin", competency=both)
        .explode("competency")
        .filter(pl.col("competency").is_not_null())
    )


@word
def competency_gaps(
    current_allocations: pl.LazyFrame, required_competencies: pl.LazyFrame, held_competencies: pl.LazyFrame
) -> pl.LazyFrame:
    """One row per current allocation: of the competencies it requires, those without a current sign-off.

    Columns: case_id, worker_id, team, acuity_band, rank, lacking (how many), missing (their names), unclear (how many
    more rest on sign-offs whose method is not on record), origin of the allocation.
    """
    held = held_competencies.select("worker_id", "competency", "current", signed=True)
    asked = required_competencies.join(held, on=("worker_id", "competency"), how="left", maintain_order="left")
    lacking = pl.col("signed").is_null() | ~pl.col("current").fill_null(value=True)
    gaps = asked.group_by("case_id", "worker_id").agg(
        lacking=lacking.sum(),
        unclear=(pl.col("signed") & pl.col("current").is_null()).sum(),
        missing=pl.col("competency").filter(lacking).str.join(", "),
    )
    return (
        current_allocations.select("case_id", "worker_id", "team", "acuity_band", "rank", "origin")
        .join(gaps, on=("case_id", "worker_id"), how="left", maintain_order="left")
        .with_columns(pl.col("lacking", "unclear").fill_null(0))
    )


@word
def task_rules(policy: Policy) -> pl.LazyFrame:
    """Kinds of task the policy knows. Columns: task_type, allowed (list of the layers that may do it)."""
    rules = policy.task_matrix.entries
    columns = {"task_type": pl.String(), "allowed": pl.List(pl.String())}
    return pl.LazyFrame({"task_type": list(rules), "allowed": list(rules.values())}, schema=columns)


@word
def case_workers(current_allocations: pl.LazyFrame) -> pl.LazyFrame:
    """Everybody an open case is allocated to or who is named as its oversight. Columns: case_id, worker_id."""
    overseeing = pl.col("oversight_worker_id").alias("worker_id")
    both = [current_allocations.select("case_id", "worker_id"), current_allocations.select("case_id", overseeing)]
    return pl.concat(both).drop_nulls().unique(maintain_order=True)


@word
def required_courses(policy: Policy) -> pl.LazyFrame:
    """The courses the policy asks for. Columns: layer, course."""
    courses = policy.required_training_of.entries
    columns = {"layer": pl.String(), "course": pl.List(pl.String())}
    listed = pl.LazyFrame({"layer": list(courses), "course": list(courses.values())}, schema=columns)
    return listed.explode("course").drop_nulls()


@word
def incidents_assessed(
    incidents: pl.LazyFrame, policy: Policy, as_at: dt.date, sign_offs: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """Incidents on or before D, with `assessed_again`: whether the competency an incident names was signed off again.

    True where none is named, or where the worker was signed off for it by an accepted method after the day of the
    incident and not before the learning review; False where not; blank where it cannot be told: the review's time has
    not run out, no worker is named, the method of the sign-off is blank, or no export shows sign-offs.
    """
    known = once(incidents.filter(seen("occurred_on", as_at)), "incident_id")
    if sign_offs is None:
        found = known.with_columns(sound_on=pl.lit(None, dtype=pl.Date), vague_on=pl.lit(as_at))
    else:
        day, method = pl.col("signed_off_on"), pl.col("method")
        last = sign_offs.group_by("worker_id", "competency").agg(
            sound_on=day.filter(method.is_in(policy.accepted_methods)).max(),
            vague_on=day.filter(method.is_null()).max(),
        )
        found = known.join(last, on=("worker_id", "competency"), how="left", maintain_order="left")
    reviewed_on = pl.when(seen("learning_review_on", as_at)).then("learning_review_on")
    since = pl.max_horizontal(reviewed_on, plus_days("occurred_on", 1))
    sound, vague = ((pl.col(name) >= since).fill_null(value=False) for name in ("sound_on", "vague_on"))
    in_time = plus_days("occurred_on", policy.learning_review_days) >= as_at
    again = pl.col("competency").is_null() | sound
    return found.with_columns(
        assessed_again=pl.when(again | ~(vague | in_time | pl.col("worker_id").is_null())).then(again)
    )
