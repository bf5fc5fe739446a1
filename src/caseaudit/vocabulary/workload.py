"""Words for the load a worker or a team carries, measured against the safe thresholds of the policy."""

from __future__ import annotations

import polars as pl

from caseaudit.policy import Policy
from caseaudit.vocabulary.days import share
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
