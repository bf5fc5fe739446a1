"""Vacant posts and temporary staff of the service: month by month, or as they stand where no course is on record."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import polars as pl

from caseaudit.disclosure.breakdowns import smallest_together
from caseaudit.disclosure.counts import evidence_of
from caseaudit.disclosure.posts import TOGETHER, rows_of, wte, wte_share
from caseaudit.disclosure.profiles import SMALL_TEAM, Profile
from caseaudit.model import Result
from caseaudit.publication import Column, Figure, PublicTable, teams_name

MONTHS = 24
"""Months shown at most."""

LEAST_MONTHS = 3
"""Two points are no course of time."""


def staffing_table(results: Sequence[Result], profile: Profile) -> PublicTable | None:
    """WTE funded, in post and temporary of the whole service, with the vacant and temporary shares, by month.

    A vacant share is blank where evidence of an earlier kind does not have the funded WTE. None where fewer than three
    months are on record, or the service has so few staff that a month would tell of one of them.
    """
    months = evidence_of(results, "WFS02", "month", "temporary", "in_post", "funded", "blanks")
    if months is None:
        return None
    by_month = months.drop_nulls("month").group_by("month").agg(pl.all().sum()).sort("month").tail(MONTHS)
    shown = by_month.filter((pl.col("in_post") >= _least(profile)) & (pl.col("funded") > 0))
    if shown.height < LEAST_MONTHS or shown.height < by_month.height:
        return None  # a gap in a course would be read as one
    blank = "A blank entry counts as no temporary staff." if shown["blanks"].sum() else ""
    above = "A month with more staff in post than are funded has a vacant share below zero."
    return PublicTable(
        (Column("Month"), Column("Funded, WTE", True), Column("In post, WTE", True), Column("Vacant", True),
         Column("Temporary, WTE", True), Column("Temporary, of in post", True)),
        tuple(
            (
                Figure(f"{row['month']:%b %Y}"), wte(row["funded"]), wte(row["in_post"]),
                wte_share(row["funded"] - row["in_post"], row["funded"]), wte(row["temporary"]),
                wte_share(row["temporary"], row["in_post"]),
            )
            for row in shown.iter_rows(named=True)
        ),
        " ".join(filter(None, (blank, above if (shown["in_post"] > shown["funded"]).any() else ""))),
    )  # fmt: skip


def vacancy_table(results: Sequence[Result], profile: Profile) -> PublicTable | None:
    """Vacant share of funded WTE by team in the latest month of each, the largest first.

    For an audience that may not know who is who, teams of few staff in post are put together.
    """
    posts = evidence_of(results, "WFS01", "team", "month", "funded_wte", "in_post_wte")
    if posts is None or not posts.height:
        return None
    by_team = posts.group_by("team").agg(pl.col("funded_wte", "in_post_wte").sum()).sort("in_post_wte", "team")
    rows = [(team, funded, there) for team, funded, there in by_team.iter_rows()]
    together = smallest_together({team: there for team, _, there in rows}, _least(profile))
    small, rest = (tuple(row for row in rows if (row[0] in together) is merged) for merged in (True, False))
    if small:
        if fsum(there for *_, there in small) < _least(profile):
            return None
        rest += ((teams_name(len(small)), fsum(row[1] for row in small), fsum(row[2] for row in small)),)
    if len(rest) < 2:
        return None
    return PublicTable(
        (Column("Team"), Column("Funded, WTE", True), Column("In post, WTE", True), Column("Vacant", True)),
        rows_of(rest),
        TOGETHER if small else "",
    )


def _least(profile: Profile) -> float:
    return SMALL_TEAM if profile.threshold else 0.01
