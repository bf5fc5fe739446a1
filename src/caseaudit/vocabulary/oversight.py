"""Words for who had a hand in a case, and what was done about signals of risk."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.vocabulary.days import seen
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
