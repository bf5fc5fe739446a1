"""Words for who had a hand in a case, and what was done about signals of risk."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.policy import Policy
from caseaudit.vocabulary.caseload import distinct, once
from caseaudit.vocabulary.days import seen, within
from caseaudit.vocabulary.joining import with_layer, with_team
from caseaudit.vocabulary.registry import word


@word
def clinical_input(
    attended_contacts: pl.LazyFrame,
    workers: pl.LazyFrame,
    policy: Policy,
    as_at: dt.date,
    reviews_held: pl.LazyFrame | None = None,
    tasks: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """Cases in which anybody had a hand lately: attended contacts, reviews held or signed, tasks signed off.

    Columns: case_id, clinician (one of them was of the clinical layer; blank where only somebody not on record, or of
    unknown layer, may have been). Nobody having signed a review is no hand in it.
    """

    def lately(frame: pl.LazyFrame, worker: str, day: str) -> pl.LazyFrame:
        recent = frame.filter(within(day, policy.clinical_input_days, as_at))
        return recent.select("case_id", worker_id=worker)

    hands = [lately(attended_contacts, "worker_id", "contact_on")]
    if reviews_held is not None:
        signed = reviews_held.filter(pl.col("signed_off_by").is_not_null())
        hands += [lately(reviews_held, "reviewer_id", "reviewed_on"), lately(signed, "signed_off_by", "reviewed_on")]
    if tasks is not None:
        hands.append(lately(tasks, "signed_off_by", "signed_off_on"))
    known = with_layer(pl.concat(hands).unique(), workers, "worker_id")
    return known.group_by("case_id").agg(clinician=(pl.col("layer") == "clinical").any(ignore_nulls=False))


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
    Columns: case_id, seen_on (the attended contact before it; blank: none), missed (how many), last_on, origin (of the
    last).
    """
    missed = contacts_seen.filter(pl.col("outcome") == "did_not_attend").select("case_id", "contact_on", "origin")
    attended = contacts_seen.filter(pl.col("outcome") == "attended").select("case_id", seen_on="contact_on")
    # missed contacts are of one run when the same attended one was the last before them
    runs = missed.sort("contact_on", "origin").join_asof(
        attended.sort("seen_on"),
        left_on="contact_on",
        right_on="seen_on",
        by="case_id",
        strategy="backward",
        coalesce=False,
        check_sortedness=False,
    )
    return runs.group_by("case_id", "seen_on", maintain_order=True).agg(
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
