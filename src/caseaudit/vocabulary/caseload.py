"""Words for the people supported: the scale of bands, open cases, what happened last in each."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.policy import Policy
from caseaudit.vocabulary.days import open_at, seen
from caseaudit.vocabulary.joining import last_by
from caseaudit.vocabulary.registry import word

_SCALE: dict[str, pl.DataType] = {
    "rank": pl.Int64(),
    "review_days": pl.Int64(),
    "contact_days": pl.Int64(),
    "risk_check_days": pl.Int64(),
    "points": pl.Float64(),
    "high_acuity": pl.Boolean(),
    "competencies": pl.List(pl.String()),
}


def once(frame: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """Each key once, the first row exported standing for it; rows whose key is blank all stay.

    A row exported twice must not count twice. DQ01 reports the others.
    """
    return frame.filter(pl.col(key).is_null() | pl.col(key).is_first_distinct())


def distinct(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Rows that are alike in every field once, the first exported standing for them: for tables without a key."""
    return frame.unique(pl.selectors.exclude("origin"), keep="first", maintain_order=True)


@word
def scale(policy: Policy) -> pl.LazyFrame:
    """The policy's acuity bands.

    Columns: acuity_band, rank, lowest_band, highest_band (whether it is that one), review_days, contact_days,
    risk_check_days (blank: none asked for), points, high_acuity, competencies (list).
    """
    rows = [{"acuity_band": band, **{name: values[name] for name in _SCALE}} for band, values in policy.bands.items()]
    frame = pl.LazyFrame(rows, schema={"acuity_band": pl.String(), **_SCALE})
    return frame.with_columns(
        pl.col("risk_check_days").replace(0, None),
        lowest_band=pl.col("rank") == pl.col("rank").min(),
        highest_band=pl.col("rank") == pl.col("rank").max(),
    )


@word
def episodes(cases: pl.LazyFrame, scale: pl.LazyFrame) -> pl.LazyFrame:
    """Each episode of care once, with its band's row of the scale beside it (blank for no or an unknown band).

    Of two rows with one case_id, one without a closing date stands for both: leaving it out could hide an open case.
    """
    ordered = cases.sort(pl.col("closed_on").is_not_null(), "origin")
    return ordered.unique("case_id", keep="first", maintain_order=True).join(
        scale, on="acuity_band", how="left", maintain_order="left"
    )


@word
def open_cases(episodes: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """Cases open at D, with `on_hold`: on_hold_from <= D and not on_hold_until <= D."""
    on_hold = pl.col("on_hold_from").is_not_null() & open_at("on_hold_from", "on_hold_until", as_at)
    return episodes.filter(open_at("opened_on", "closed_on", as_at)).with_columns(on_hold=on_hold)


@word
def high_acuity_cases(open_cases: pl.LazyFrame) -> pl.LazyFrame:
    """Open cases in a band the policy marks as high acuity."""
    return open_cases.filter("high_acuity")


@word
def reviews_held(reviews: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """Reviews dated on or before D."""
    return reviews.filter(seen("reviewed_on", as_at))


@word
def last_review(reviews_held: pl.LazyFrame) -> pl.LazyFrame:
    """The latest review held of each case; of two on one day, the fuller one, then the one exported last."""
    filled = pl.sum_horizontal(pl.col("next_review_on", "signed_off_by", "reviewer_id").is_not_null())
    numbered = reviews_held.with_row_index("place")
    last = numbered.group_by("case_id").agg(last_by("place", "reviewed_on", filled, "origin", "place"))
    return numbered.join(last, on="place", how="semi", maintain_order="left").drop("place")


@word
def band_changes(bands: pl.LazyFrame, as_at: dt.date, episodes: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """Changes of band set on or before D, with the `team` of the case where an export of cases says it.

    A confirmation dated after D is not seen yet; one dated before the change confirmed something else.
    """
    made = distinct(bands.filter(seen("set_on", as_at)))
    confirmed_on = pl.when(pl.col("confirmed_on").is_between(pl.col("set_on"), as_at)).then("confirmed_on")
    changes = made.with_columns(confirmed_on=confirmed_on)
    if episodes is None:
        return changes.with_columns(team=pl.lit(None, dtype=pl.String))
    return changes.join(episodes.select("case_id", "team"), on="case_id", how="left", maintain_order="left")


@word
def last_look(
    open_cases: pl.LazyFrame, last_review: pl.LazyFrame, band_changes: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """One row per case: when its acuity was last looked at, by a review or by setting or confirming its band.

    Columns: case_id, looked_on (blank for never), all_known (whether an export holds changes of band too).
    """
    looks = [open_cases.select("case_id"), last_review.select("case_id", looked_on="reviewed_on")]
    if band_changes is not None:
        looks.append(band_changes.select("case_id", looked_on=pl.max_horizontal("set_on", "confirmed_on")))
    last = pl.concat(looks, how="diagonal").group_by("case_id").agg(pl.col("looked_on").max())
    return last.sort("case_id").with_columns(all_known=pl.lit(band_changes is not None))


@word
def contacts_seen(contacts: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """Contacts dated on or before D, whatever came of them; one exported twice counts once."""
    return once(contacts.filter(seen("contact_on", as_at)), "contact_id")


@word
def attended_contacts(contacts_seen: pl.LazyFrame) -> pl.LazyFrame:
    """Contacts the person attended, dated on or before D."""
    return contacts_seen.filter(pl.col("outcome") == "attended")


@word
def last_attended_contact(attended_contacts: pl.LazyFrame) -> pl.LazyFrame:
    """Columns: case_id, last_attended_on: the latest attended contact of each case."""
    return attended_contacts.group_by("case_id").agg(last_attended_on=pl.col("contact_on").max())
