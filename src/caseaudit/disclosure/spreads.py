"""Tables behind the charts of how work and acuity are spread: over workers and over teams."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

import polars as pl

from caseaudit.disclosure.breakdowns import NO_TEAM
from caseaudit.disclosure.counts import evidence_of
from caseaudit.disclosure.kept_cells import HIGH_ACUITY, TWO
from caseaudit.disclosure.profiles import SMALL_TEAM, Profile
from caseaudit.model import Result
from caseaudit.publication import Column, Figure, PublicTable, count, share, teams_name
from caseaudit.statistics.concentration import gini

FIFTHS = 5
NOT_RECORDED = "Not recorded"


def concentration_table(results: Sequence[Result], profile: Profile) -> PublicTable | None:
    """High-acuity cases over workers, fewest first, with the share held so far: the Lorenz curve.

    Those inside see each worker. Others see fifths of the workers, and nothing at all unless every fifth has enough
    workers, has no cases or enough of them, and does not tell how many each worker in it holds: a step of the full
    curve would be the number of one worker's cases. They see shares alone, rounded so far that any total would do:
    beside the cases that are open it would tell of those nobody holds, in this month or with an earlier pack's.

    Returns:
        Rows of holder, cases (for those inside), share of workers so far, share of cases so far. Facts: "gini" and
        "top" (share of the last fifth of the workers), both of the rows as shown, so that they tell no more than these
        do, and for others both the least they can be; "workers".
    """
    held = evidence_of(results, "ACU01", "worker_id", "high_acuity_cases")
    if held is None:
        return None
    known = held.drop_nulls().sort("high_acuity_cases", "worker_id")
    cases, workers = known["high_acuity_cases"].to_list(), known["worker_id"].to_list()
    if len(cases) < FIFTHS or not sum(cases):
        return None
    edges = [round(len(cases) * step / FIFTHS) for step in range(FIFTHS + 1)]
    fifths = [sum(cases[low:high]) for low, high in pairwise(edges)]
    if profile.threshold:
        return _curve_of_fifths(fifths, edges, profile)
    so_far = accumulate(cases)
    return PublicTable(
        (Column("Worker"), Column("High-acuity cases", True), *_SO_FAR),
        tuple(
            (Figure(str(name)), count(number), share(place, len(cases)), share(before, sum(cases)))
            for place, (name, number, before) in enumerate(zip(workers, cases, so_far, strict=True), start=1)
        ),
        "",
        {"gini": gini(cases) or 0.0, "top": fifths[-1] / sum(cases), "workers": len(cases)},
    )


_SO_FAR = (Column("Workers so far", True), Column("Cases so far", True))
_NAMES = ("Fewest", "Second fifth", "Third fifth", "Fourth fifth", "Most")


def _curve_of_fifths(fifths: Sequence[int], edges: Sequence[int], profile: Profile) -> PublicTable | None:
    sizes, cases = [high - low for low, high in pairwise(edges)], sum(fifths)
    step = next((step for least, step in STEPS if cases >= least), None)
    if step is None or min(sizes) < max(SMALL_TEAM, profile.threshold) or any(map(profile.is_small, fifths)):
        return None
    if _tells_of_each(fifths, sizes, profile):
        return None
    # Rounded up: the curve lies no lower than it is, so what is said of it, "at least", holds.
    shares = [-(-100 * before // (step * cases)) * step for before in accumulate(fifths)]
    points = list(pairwise(zip(edges, (0, *shares), strict=True)))
    beneath = sum((more - less) * (low + high) for (less, low), (more, high) in points)
    return PublicTable(
        (Column("Fifth of the workers"), *_SO_FAR),
        tuple(
            (Figure(name), share(place, edges[-1]), Figure(f"{percent} %", percent / 100))
            for name, place, percent in zip(_NAMES, edges[1:], shares, strict=True)
        ),
        f"Workers are put together in fifths; shares of cases are rounded up to {_WORDS[step]}.",
        {
            "gini": max(0.0, 1 - beneath / (100 * edges[-1])),
            "top": 1 - shares[-2] / 100,
            "workers": edges[-1],
        },
    )


STEPS = ((100, 1), (50, 2), (20, 5))
"""Cases at the least, and to how many per cent their shares are rounded: so that every share is that of some number of
cases whatever the total is. Of fewer no curve is shown."""

_WORDS = {1: "whole per cent", 2: "the next 2 %", 5: "the next 5 %"}


def _tells_of_each(fifths: Sequence[int], sizes: Sequence[int], profile: Profile) -> bool:
    """Whether the small number of every worker of some fifth follows from the fifths: it lies between the neighbours'.

    A worker of a fifth holds no fewer cases than the mean of the fifth below, and no more than that of the one above.
    That one of them, nobody knows who, holds so many is no more than the fifths are meant to tell.
    """
    for place, (cases, size) in enumerate(zip(fifths, sizes, strict=True)):
        low = -(-fifths[place - 1] // sizes[place - 1]) if place else 0
        high = fifths[place + 1] // sizes[place + 1] if place + 1 < len(fifths) else cases
        fewest, most = max(low, cases - (size - 1) * high), min(high, cases - (size - 1) * low)
        known = fewest == cases // size and most == -(-cases // size)
        if known and (profile.is_small(fewest) or profile.is_small(most)):
            return True
    return False


def acuity_table(results: Sequence[Result], together: Collection[str], profile: Profile) -> PublicTable | None:
    """Open cases by team and acuity band, the team with the largest share of high acuity first.

    Args:
        results: of the run.
        together: teams which every table about people puts together.
        profile: where a cell would be small, bands are put together to high acuity and all others; where one still
            is, there is no table. So no cell is ever hidden beside a total that would give it away.
    """
    cases = evidence_of(results, "CAP05", "team", "acuity_band", "rank", "high_acuity")
    if cases is None or not cases.height:
        return None
    named = cases.with_columns(
        team=pl.when(pl.col("team").is_in(list(together))).then(pl.lit(teams_name(len(together))))
        .otherwise(pl.col("team").fill_null(NO_TEAM)),
        band=pl.when(pl.col("rank").is_null()).then(pl.lit(NOT_RECORDED)).otherwise("acuity_band"),
        two=pl.when(pl.col("high_acuity")).then(pl.lit(HIGH_ACUITY)).otherwise(pl.lit(TWO[0])),
    )  # fmt: skip
    bands = named.drop_nulls("rank").sort("rank")["band"].unique(maintain_order=True).to_list()
    if named["rank"].has_nulls():
        bands.append(NOT_RECORDED)
    for column, words in (("band", bands), ("two", list(TWO))):
        counted = {
            team: [int((rows[column] == word).sum()) for word in words] for (team,), rows in named.group_by("team")
        }
        if len(counted) > 1 and not any(profile.is_small(n) for cells in counted.values() for n in cells):
            high = dict(named.group_by("team").agg(pl.col("high_acuity").fill_null(value=False).mean()).iter_rows())
            order = sorted(counted, key=lambda team: (-high[team], team))
            return PublicTable(
                (Column("Team"), *(Column(_word(word), True) for word in words), Column("Share of high acuity", True)),
                tuple(
                    (
                        Figure(team), *map(count, counted[team]),
                        share(round(high[team] * sum(counted[team])), sum(counted[team])),
                    )
                    for team in order
                ),
                "Teams with small numbers are put together." if together else "",
            )  # fmt: skip
    return None


def high_bands(cases: Result) -> frozenset[str]:
    """Headings of that table under which cases of high acuity are counted, by the evidence of open cases."""
    if cases.evidence is None or not {"acuity_band", "high_acuity"} <= set(cases.evidence_schema):
        return frozenset()
    high = cases.evidence.filter(pl.col("high_acuity")).select(pl.col("acuity_band").unique()).drop_nulls().collect()
    return frozenset({HIGH_ACUITY, *map(_word, high["acuity_band"])})


def _word(band: str) -> str:
    return band[:1].upper() + band[1:].replace("_", " ")
