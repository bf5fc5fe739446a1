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
    kept. Both are blank without a WTE, and where the cases without a band would decide; the ratio also without a team.
    """
    limit, unbanded = policy.limit("max_high_acuity_per_wte"), pl.col("unbanded_cases")
    # the most high-acuity cases the worker may hold, if every case without a band were one
    most = pl.col("high_acuity_cases") + unbanded
    team_cases, team_wte = pl.col("high_acuity_cases").sum().over("team"), pl.col("wte").sum().over("team")

    def ratio(own: pl.Expr, team: pl.Expr) -> pl.Expr:
        # one division, since two rounded ones would put a ratio of exactly 2 above 2
        return pl.when(pl.col("team").is_not_null()).then(share(own * team_wte, team * pl.col("wte")))

    def over(own: pl.Expr, team: pl.Expr) -> pl.Expr:
        few = own < policy.limit("concentration_min_cases")
        above = ratio(own, team) - policy.limit("max_concentration_ratio")
        return pl.when(few & pl.col("wte").is_not_null()).then(0.0).otherwise(above)

    known = pl.col("high_acuity_cases")
    return caseloads.with_columns(
        high_acuity_allowed=limit * pl.col("wte"),
        high_acuity_over=_decided(share(known, "wte") - limit, share(most, "wte") - limit),
        concentration_ratio=ratio(known, team_cases),
        concentration_over=_decided(over(known, team_cases), over(most, team_cases + unbanded)),
    )


def _decided(at_least: pl.Expr, at_most: pl.Expr) -> pl.Expr:
    """What is over a limit at least; blank where it is kept only because something is not on record."""
    return pl.when((at_least > 0) | (at_most <= 0)).then(at_least)
