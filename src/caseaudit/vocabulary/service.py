"""Words for the service as a whole: planned contacts and posts by team, skill mix, incidents month by month."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import polars as pl

from caseaudit.policy import Policy
from caseaudit.statistics.spc import FULL_LIMITS_POINTS, PointType, xmr
from caseaudit.vocabulary.caseload import distinct, once
from caseaudit.vocabulary.days import days, in_lookback, months_before, seen, share, total
from caseaudit.vocabulary.joining import with_team
from caseaudit.vocabulary.registry import word


@word
def planned_contacts(
    contacts_seen: pl.LazyFrame, episodes: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """Contacts of the look-back that were planned or may have been, with the `team` of the case.

    `planned` is True, or blank where the record does not say. Those of a case without a team are left out.
    """
    possible = contacts_seen.filter(in_lookback("contact_on", policy, as_at) & pl.col("planned").fill_null(value=True))
    return with_team(possible, episodes).filter(pl.col("team").is_not_null())


@word
def posts(establishment: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """Rows of the establishment up to the month of D; one exported twice counts once."""
    return distinct(establishment.filter(seen("month", as_at)))


@word
def vacancies(posts: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """One row per team and role with funded posts, in its latest month; several rows of that month are added up.

    Columns: team, role, month, funded_wte, in_post_wte, vacant_since (the earliest day seen by D), vacancy_rate
    (1 - in post / funded), vacant_days (since that day), origin.
    """
    since = pl.when(seen("vacant_since", as_at)).then("vacant_since")
    latest = posts.filter(pl.col("month") == pl.col("month").max().over("team", "role"))
    roles = latest.group_by("team", "role").agg(
        pl.col("month").first(),
        total(pl.col("funded_wte", "in_post_wte")),
        vacant_since=since.min(),
        origin=pl.col("origin").min(),
    )
    rate = share(pl.col("funded_wte") - pl.col("in_post_wte"), "funded_wte")
    funded = roles.filter(pl.col("funded_wte") > 0).sort("team", "role")
    return funded.with_columns(vacancy_rate=rate, vacant_days=days("vacant_since", as_at))


@word
def demand(
    referrals: pl.LazyFrame, episodes: pl.LazyFrame, teams: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per team: what came and what went in the last `demand_months`, counted back from D by the calendar.

    Columns: team, origin, accepted (referrals accepted), closed (cases of the team closed), possible (referrals that
    may have been accepted by it: received in that time, not closed and without a day of acceptance, or accepted and of
    no known team). A referral without a team is of the team of its case.
    """

    def recent(day: str) -> pl.Expr:
        return (pl.col(day) > months_before(as_at, policy.demand_months)) & seen(day, as_at)

    made = once(referrals.rename({"team": "own_team"}), "referral_id")
    placed = with_team(made, episodes).with_columns(team=pl.coalesce("own_team", "team"))
    pending = recent("received_on") & pl.col("accepted_on").is_null() & ~seen("closed_on", as_at).fill_null(value=False)
    counted = placed.group_by("team").agg(
        accepted=recent("accepted_on").sum().cast(pl.Int64), pending=pending.sum().cast(pl.Int64)
    )
    closed = episodes.group_by("team").agg(closed=recent("closed_on").sum().cast(pl.Int64))
    nobodys = pl.col("accepted", "pending").filter(pl.col("team").is_null()).sum()
    of_none = counted.select(nobodys).select(nobodys=pl.sum_horizontal("accepted", "pending"))
    by_team = teams.join(counted, on="team", how="left", maintain_order="left")
    with_both = by_team.join(closed, on="team", how="left", maintain_order="left").join(of_none, how="cross")
    zeros = with_both.with_columns(pl.col("accepted", "pending", "closed").fill_null(0))
    return zeros.with_columns(possible=pl.col("pending") + pl.col("nobodys")).drop("pending", "nobodys")


@word
def skill_mix(
    teams: pl.LazyFrame, staff_in_post: pl.LazyFrame, open_cases: pl.LazyFrame, policy: Policy
) -> pl.LazyFrame:
    """Teams with a high-acuity open case, or with none of whose open cases the band is known.

    Columns: team, high_acuity_cases (blank without any band), clinical_wte (of clinical staff in post, a blank WTE as
    0), wanted_wte (that the policy asks for), short_at_worst (wanted less clinical WTE), short_at_best (if those in
    post whose layer is blank are clinical too, and a blank WTE is as large as need be), origin.
    """
    may_be = staff_in_post.filter(pl.col("layer").fill_null("clinical") == "clinical")
    known = pl.when(pl.col("wte") >= 0).then("wte")
    staffed = may_be.group_by("team").agg(
        clinical_wte=total(known.filter(pl.col("layer") == "clinical")),
        possible_wte=pl.when(known.is_null().any()).then(float("inf")).otherwise(total(known)),
    )
    counted = open_cases.group_by("team").agg(
        high_acuity_cases=pl.when(pl.col("rank").count() > 0).then(pl.col("high_acuity").sum().cast(pl.Int64))
    )
    wanted = policy.limit("clinical_wte_per_10_high_acuity") * pl.col("high_acuity_cases") / 10
    found = (
        teams.join(counted, on="team", how="inner", maintain_order="left")
        .filter(pl.col("high_acuity_cases").fill_null(1) > 0)
        .join(staffed, on="team", how="left", maintain_order="left")
        .with_columns(pl.col("clinical_wte", "possible_wte").fill_null(0.0), wanted_wte=wanted.round(9))
    )
    worst, best = ((pl.col("wanted_wte") - pl.col(wte)).round(9) for wte in ("clinical_wte", "possible_wte"))
    return found.with_columns(short_at_worst=worst, short_at_best=best).drop("possible_wte")


_TREND: dict[str, pl.DataType] = {
    "team": pl.String(),
    "origin": pl.UInt64(),
    "months": pl.Int64(),
    "last_month": pl.Int64(),
    "mean": pl.Float64(),
    "variation": pl.String(),
    "possible_variation": pl.String(),
    "trial": pl.Boolean(),
}


@word
def incident_trends(
    incidents: pl.LazyFrame,
    teams: pl.LazyFrame,
    policy: Policy,
    as_at: dt.date,
    episodes: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """One row per team: its staffing incidents month by month as an XmR chart (fewer is better).

    A staffing incident has one of the policy's staffing factors. Its team is its own, else that of its case. The
    months are complete ones, the last before D or ending on it, at most `incident_trend_months`, none before the first
    incident of the export.

    Columns: team, origin, months (points of the chart), last_month (incidents in the last), mean (a month), variation
    (of the last point), possible_variation (if incidents without a factor or a team are counted here too), trial
    (fewer points than full limits need). Without a complete month, variation is blank.
    """
    # A control chart is no expression: it is worked out in plain Python, over the few teams a service has.
    known = once(incidents.filter(seen("occurred_on", as_at)), "incident_id")
    own = with_team(known.rename({"team": "own_team"}), episodes).with_columns(team=pl.coalesce("own_team", "team"))
    listed = pl.col("factor").str.split(";").list.eval(pl.element().str.strip_chars().is_in(policy.staffing_factors))
    dated = own.with_columns(month=pl.col("occurred_on").dt.month_start(), staffing=listed.list.any())
    open_question = pl.col("staffing").fill_null(value=True)
    by_team = (
        dated.filter(pl.col("team").is_not_null())
        .group_by("team")
        .agg(sure=pl.col("month").filter("staffing"), unsure=pl.col("month").filter(pl.col("staffing").is_null()))
    )
    of_all = dated.select(
        nobodys=pl.col("month").filter(pl.col("team").is_null() & open_question).implode(), first=pl.col("month").min()
    )
    gathered = teams.join(by_team, on="team", how="left", maintain_order="left").join(of_all, how="cross")
    count = policy.incident_trend_months

    def charts(frame: pl.DataFrame) -> pl.DataFrame:
        if frame.is_empty():
            return pl.DataFrame(schema=_TREND)
        months = _complete_months(frame["first"][0], count, as_at)  # of all teams alike, as are nobody's incidents
        nobodys = Counter(frame["nobodys"][0])
        each = frame.drop("first", "nobodys").iter_rows(named=True)
        return pl.DataFrame([_chart(row, months, nobodys) for row in each], schema=_TREND)

    return gathered.map_batches(charts, schema=_TREND)


def _chart(row: dict[str, Any], months: list[dt.date], nobodys: Counter[dt.date]) -> dict[str, Any]:
    sure, unsure = Counter(row["sure"] or ()), Counter(row["unsure"] or ())
    counts = [sure[month] for month in months]
    possible = [sure[month] + unsure[month] + nobodys[month] for month in months]
    variation = _variation(counts)
    return {
        "team": row["team"],
        "origin": row["origin"],
        "months": len(months),
        "last_month": counts[-1] if counts else None,
        "mean": sum(counts) / len(counts) if counts else None,
        "variation": variation,
        "possible_variation": variation if possible == counts else _variation(possible),
        "trial": len(months) < FULL_LIMITS_POINTS,
    }


def _variation(counts: list[int]) -> PointType | None:
    return xmr(counts, direction="decrease").variation if counts else None


def _complete_months(first: dt.date | None, count: int, as_at: dt.date) -> list[dt.date]:
    """First days of the complete months up to D, at most `count`, none before `first`."""
    if first is None:
        return []
    end = (as_at + dt.timedelta(days=1)).replace(day=1)  # the month after the last complete one
    months = pl.date_range(first, end, "1mo", closed="left", eager=True) if first < end else pl.Series(dtype=pl.Date)
    return months.tail(count).to_list()
