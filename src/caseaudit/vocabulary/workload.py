"""Words for the load a worker or a team carries, measured against the safe thresholds of the policy."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import polars as pl

from caseaudit.policy import Policy
from caseaudit.statistics import funnel
from caseaudit.vocabulary.days import FAR, seen, share, total
from caseaudit.vocabulary.registry import word


@word
def points_held(caseloads: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """Caseloads with their band points per WTE.

    Columns beside those of `caseloads`: points_allowed (at the worker's WTE), points_per_wte, points_over (points per
    WTE above the limit, 0 or less when kept). All blank without a WTE.
    """
    limit = policy.limit("max_points_per_wte")
    per_wte = caseloads.with_columns(points_per_wte=share("points", "wte"), points_allowed=limit * pl.col("wte"))
    return per_wte.with_columns(points_over=pl.col("points_per_wte") - limit)


@word
def acuity_held(caseloads: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """Caseloads with their high-acuity cases per WTE, and against the worker's part of the team.

    Columns beside those of `caseloads`: high_acuity_allowed (at the worker's WTE), high_acuity_over (cases per WTE
    above the limit), concentration_ratio (share of the team's high-acuity cases / share of the WTE of those in the
    team who hold cases), concentration_over (that ratio above its limit; 0 with too few cases to tell). 0 or less when
    kept; blank without a WTE, the ratio also without a team. A case without a band is no high-acuity case here.
    """
    own, limit = pl.col("high_acuity_cases"), policy.limit("max_high_acuity_per_wte")
    # one division, since the quotient of two rounded shares would put a ratio of exactly 2 above 2
    ratio = share(own * pl.col("wte").sum().over("team"), own.sum().over("team") * pl.col("wte"))
    few = (own < policy.limit("concentration_min_cases")) & pl.col("wte").is_not_null()
    above = pl.col("concentration_ratio") - policy.limit("max_concentration_ratio")
    return caseloads.with_columns(
        high_acuity_allowed=limit * pl.col("wte"),
        high_acuity_over=share(own, "wte") - limit,
        concentration_ratio=pl.when(pl.col("team").is_not_null()).then(ratio),
    ).with_columns(concentration_over=pl.when(few).then(0.0).otherwise(above))


@word
def team_loads(open_cases: pl.LazyFrame, holders: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per team with open cases: their points, held by somebody or not, against the team's limit.

    Columns: team, open_cases, points, wte (of the team's staff in post who hold cases; a blank WTE counts as 0),
    points_allowed, points_over (points per WTE above the limit, 0 or less when kept), origin (of the first case).
    """
    cases = (
        open_cases.drop_nulls("team")
        .group_by("team")
        .agg(open_cases=pl.len().cast(pl.Int64), points=total("points"), origin=pl.col("origin").min())
    )
    staff = holders.group_by("team").agg(total("wte"))
    sums = cases.join(staff, on="team", how="left").with_columns(pl.col("wte").fill_null(0.0))
    limit = policy.limit("max_team_points_per_wte")
    over = share("points", "wte") - limit
    return sums.sort("team").with_columns(points_allowed=limit * pl.col("wte"), points_over=over)


@word
def rating_funnel(caseloads: pl.LazyFrame, open_cases: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """Caseloads with the share of their banded cases rated high acuity, and the funnel's limits around the service's.

    Columns beside those of `caseloads`: high_share, service_share (of all open cases with a band), lower, upper (at
    the level of the policy, for the number of banded cases). All blank where none of the worker's cases has a band.
    """
    service = open_cases.select(service_high=pl.col("high_acuity").sum(), service_banded=pl.col("rank").count())
    compared = (
        caseloads.filter(pl.col("banded_cases") > 0).select("worker_id", "banded_cases").join(service, how="cross")
    )

    def with_limits(frame: pl.DataFrame) -> pl.DataFrame:
        # one service, so one centre; as a fraction, since a float would put a worker on a limit outside it
        high, banded = frame.select("service_high", "service_banded").row(0) if frame.height else (0, 1)
        found = funnel.limits(frame["banded_cases"], Fraction(high, banded), str(policy.drift_funnel_level))
        bounds = pl.DataFrame(found, schema={"lower": pl.Float64, "upper": pl.Float64}, orient="row")
        return frame.select("worker_id", service_share=pl.lit(high / banded)).hstack(bounds)

    schema = {"worker_id": pl.String(), **dict.fromkeys(("service_share", "lower", "upper"), pl.Float64())}
    limits = compared.map_batches(with_limits, schema=schema)
    rated = pl.when(pl.col("banded_cases") > 0).then(pl.col("high_acuity_cases") / pl.col("banded_cases"))
    return caseloads.with_columns(high_share=rated).join(limits, on="worker_id", how="left", maintain_order="left")


@word
def relief(
    workers: pl.LazyFrame,
    as_at: dt.date,
    escalations: pl.LazyFrame | None = None,
    capacity_exceptions: pl.LazyFrame | None = None,
    allocations: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """One row per worker of the staff list: when something was last done about the load they carry.

    An escalation they raised, a capacity exception for them or their whole team, a case of theirs that passed to
    another worker. Columns: worker_id, relieved_on (blank for never), all_known (whether all three exports are there).
    """
    done = [workers.select("worker_id", relieved_on=pl.lit(None, dtype=pl.Date))]
    if escalations is not None:
        done.append(escalations.select(worker_id="raised_by", relieved_on="raised_on"))
    if capacity_exceptions is not None:
        opened = capacity_exceptions.select("worker_id", "team", relieved_on="opened_on")
        whole_team = opened.filter(pl.col("worker_id").is_null()).drop("worker_id")
        done.append(opened.select("worker_id", "relieved_on"))
        done.append(whole_team.join(workers, on="team").select("worker_id", "relieved_on"))
    if allocations is not None:
        done.append(_passed_on(allocations))
    last = pl.col("relieved_on").filter(seen("relieved_on", as_at)).max()
    known = all(table is not None for table in (escalations, capacity_exceptions, allocations))
    per_worker = pl.concat(done).drop_nulls("worker_id").group_by("worker_id").agg(last)
    return per_worker.sort("worker_id").with_columns(all_known=pl.lit(known))


def _passed_on(allocations: pl.LazyFrame) -> pl.LazyFrame:
    """The days on which a case went from one worker to another; one that ended for all was closed, not passed on."""
    others = allocations.select("case_id", other="worker_id", other_ended_on=pl.col("ended_on").fill_null(FAR))
    ended = allocations.drop_nulls("ended_on").join(others, on="case_id")
    passed = ended.filter((pl.col("other") != pl.col("worker_id")) & (pl.col("other_ended_on") > pl.col("ended_on")))
    return passed.select("worker_id", relieved_on="ended_on").unique()
