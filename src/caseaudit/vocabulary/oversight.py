"""Words for who had a hand in a case, and what was done about signals of risk."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.vocabulary.caseload import distinct, once
from caseaudit.vocabulary.days import seen
from caseaudit.vocabulary.joining import with_layer, with_team
from caseaudit.vocabulary.registry import word


@word
def case_input(
    attended_contacts: pl.LazyFrame,
    as_at: dt.date,
    reviews_held: pl.LazyFrame | None = None,
    tasks: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """Each attended contact, review held, review signed and task signed off of a case by D, and who by.

    Columns: case_id, worker_id (blank: not on record), input_on. Nobody having signed is no input.
    """
    parts = [attended_contacts.select("case_id", "worker_id", input_on="contact_on")]
    if reviews_held is not None:
        signed = reviews_held.filter(pl.col("signed_off_by").is_not_null())
        parts += [
            reviews_held.select("case_id", worker_id="reviewer_id", input_on="reviewed_on"),
            signed.select("case_id", worker_id="signed_off_by", input_on="reviewed_on"),
        ]
    if tasks is not None:
        dated = tasks.filter(seen("signed_off_on", as_at), pl.col("case_id").is_not_null())
        parts.append(dated.select("case_id", worker_id="signed_off_by", input_on="signed_off_on"))
    return pl.concat(parts)


@word
def flags_raised(risk_flags: pl.LazyFrame, as_at: dt.date, episodes: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """Risk flags raised by D, each once, with the `team` of the case."""
    return with_team(once(risk_flags.filter(seen("raised_on", as_at)), "flag_id"), episodes)


@word
def escalations_raised(escalations: pl.LazyFrame, as_at: dt.date, episodes: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """Escalations raised by D, each once, with the `team` of the case."""
    return with_team(once(escalations.filter(seen("raised_on", as_at)), "escalation_id"), episodes)


@word
def supervisors(workers: pl.LazyFrame, huddles: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """Everybody who supervises: named so on the staff list or by a huddle, or of management. Column: worker_id."""
    named = [
        workers.select(worker_id="supervisor_id"),
        workers.filter(pl.col("layer") == "management").select("worker_id"),
    ]
    if huddles is not None:
        named.append(huddles.select(worker_id="supervisor_id"))
    return pl.concat(named).drop_nulls().unique(maintain_order=True)


@word
def flag_deciders(flags_raised: pl.LazyFrame, workers: pl.LazyFrame, supervisors: pl.LazyFrame) -> pl.LazyFrame:
    """One row per risk flag whose record names who decided. Columns: origin (of the flag), people (how many).

    by_clinician and by_supervisor say whether one of them is; blank where only somebody unknown may be.
    """
    names = pl.col("decided_by").str.split(";").list.eval(pl.element().str.strip_chars())
    each = flags_raised.select("origin", worker_id=names).explode("worker_id")
    known = with_layer(each.filter(pl.col("worker_id").fill_null("") != "").unique(), workers, "worker_id")
    listed = known.join(supervisors.with_columns(supervises=True), on="worker_id", how="left")
    supervises = pl.coalesce("supervises", pl.when(pl.col("layer").is_not_null()).then(statement=False))
    return listed.group_by("origin").agg(
        people=pl.len(),
        by_clinician=(pl.col("layer") == "clinical").any(ignore_nulls=False),
        by_supervisor=supervises.any(ignore_nulls=False),
    )


@word
def missed_runs(contacts_seen: pl.LazyFrame) -> pl.LazyFrame:
    """Runs of contacts a person did not attend, one after the other.

    An attended contact ends a run; a cancelled one neither ends it nor counts. On one day the attended one comes first.
    Columns: case_id, missed (how many), last_on, origin (of the last).
    """
    missed = pl.col("outcome") == "did_not_attend"
    told = contacts_seen.filter(pl.col("outcome").is_in(["attended", "did_not_attend"]))
    ordered = told.sort("case_id", "contact_on", missed, "origin")
    runs = ordered.with_columns(run=(~missed).cum_sum().over("case_id")).filter(missed)
    return runs.group_by("case_id", "run", maintain_order=True).agg(
        missed=pl.len(), last_on=pl.col("contact_on").last(), origin=pl.col("origin").last()
    )


@word
def huddle_weeks(huddles: pl.LazyFrame, workers: pl.LazyFrame) -> pl.LazyFrame:
    """Each team's huddles week by week; a row exported twice counts once.

    Columns: team, week (its Monday), huddles (how many), clinician (a worker of the clinical layer was in each; blank
    where only somebody of unknown layer was in one), first (origin of the first).
    """
    each = with_layer(once(distinct(huddles), "huddle_id"), workers, "clinician_id")
    return each.group_by("team", week=pl.col("held_on").dt.truncate("1w")).agg(
        huddles=pl.len(),
        clinician=(pl.col("layer") == "clinical").all(ignore_nulls=False),
        first=pl.col("origin").min(),
    )
