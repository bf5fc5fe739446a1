"""Vacant posts by team: a row of the table, and the table beside an earlier pack's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from caseaudit.disclosure.partings import put_together
from caseaudit.publication import Figure, PublicTable, teams_name

TOGETHER = "Teams of few staff are put together."

Posts = tuple[str, float, float]
"""Team, funded WTE, WTE in post."""


def rows_of(posts: Sequence[Posts]) -> tuple[tuple[Figure, ...], ...]:
    """Rows of the table, the largest vacant share first: team, funded, in post, vacant share."""
    ordered = sorted(posts, key=lambda row: (row[2] / row[1], row[0]))
    return tuple(
        (Figure(team), wte(funded), wte(there), wte_share(funded - there, funded)) for team, funded, there in ordered
    )


def wte(number: float) -> Figure:
    """Whole-time equivalents, to one place."""
    return Figure(f"{number:,.1f}", round(number, 6))


def wte_share(part: float, whole: float) -> Figure:
    """A share of WTE in per cent, to one place."""
    value = round(part / whole, 9) + 0.0  # no "-0.0 %" where all posts are filled
    return Figure(f"{100 * value:.1f} %".replace("-0.0 %", "0.0 %"), value)


def kept_posts(table: PublicTable, before: PublicTable) -> PublicTable | None:
    """The table with every team put together that is in either pack; None where no team would stand by itself.

    Posts hardly change from month to month: whoever holds both packs may take a team for what it was. So of teams
    put together in one month no other one may be told by itself in the other.
    """
    new, old = ({str(row[0]) for row in one.rows} for one in (table, before))
    if new == old or not any(map(put_together, new | old)):
        return table
    posts = [(str(row[0]), float(row[1].value or 0), float(row[2].value or 0)) for row in table.rows]
    alone = [one for one in posts if one[0] in old and not put_together(one[0])]
    rest = [one for one in posts if one not in alone]
    if not alone or not rest:
        return None
    number = sum(put_together(team) or 1 for team, *_ in rest)
    together = (teams_name(number), fsum(one[1] for one in rest), fsum(one[2] for one in rest))
    return replace(table, rows=rows_of([*alone, together]), note=TOGETHER)
