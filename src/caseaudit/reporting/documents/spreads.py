"""Charts of how work and acuity are spread, each with a title that states the finding and the table behind it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import sqrt
from statistics import NormalDist

from caseaudit.publication import TEAMS_TOGETHER, Publication, percent
from caseaudit.reporting import charts
from caseaudit.reporting.documents.pieces import Picture, grid_of
from caseaudit.reporting.documents.wording import day, noun, plain, title_of
from caseaudit.statistics.funnel import limits, outside

STEPS = 60
"""Points along the limits of a funnel."""

MOST_EXACT = 1_000
"""Members up to which the limits drawn are exact; whether a team lies outside them always is."""

INNER, OUTER = Fraction(95, 100), Fraction(998, 1000)


def concentration(publication: Publication) -> Picture | None:
    """Are high-acuity cases held by a few? A Lorenz curve with its Gini coefficient."""
    table = publication.tables.get("concentration")
    if table is None:
        return None
    # Of fifths, not of workers: the spread within a fifth is not in it, and shares are rounded to the safe side.
    least = "at least " if publication.threshold else ""
    top = percent(round(1_000_000 * table.facts["top"]), 1_000_000)
    gini = f"Gini {least}{table.facts['gini']:.2f}"
    title = f"The fifth of workers with most high-acuity cases hold {least}{top} of them ({gini})"
    subtitle = f"High-acuity cases over {plain(int(table.facts['workers']), 'worker')}, {day(publication.as_at)}"
    draw = partial(charts.lorenz, table, f"Lorenz curve. {title}.")
    # Of thousands of workers those who hold most are looked for; of fifths the course is read.
    rows = table.rows[::-1] if len(table.rows) > charts.MOST_BARS else table.rows
    return Picture(title, subtitle, draw, grid_of("High-acuity cases over workers", replace(table, rows=rows)))


def acuity(publication: Publication, most: int) -> Picture | None:
    """How much acuity does each team carry?

    Args:
        publication: what this audience may know.
        most: teams at most, those with the largest share of high acuity.
    """
    table = publication.tables.get("acuity")
    if table is None:
        return None
    first, last = table.rows[0], table.rows[-1]
    if first[-1].text == last[-1].text:
        title = f"High-acuity cases are {first[-1]} of open cases in every team"
    else:
        title = f"High-acuity cases are {first[-1]} of open cases in {first[0]}, {last[-1]} in {last[0]}"
    subtitle = f"Open cases by acuity band, share of each team, {day(publication.as_at)}"
    if len(table.rows) > most:
        subtitle = f"{subtitle}; the {most} highest of {len(table.rows)} teams"
    draw = partial(charts.mix, replace(table, rows=table.rows[:most]), f"Bar chart. {title}.")
    return Picture(title, subtitle, draw, grid_of("Open cases by band", table))


def funnel(publication: Publication, code: str, *, only_if_telling: bool = False) -> Picture | None:
    """Is a team further from the service's share than chance explains?

    Args:
        publication: what this audience may know.
        code: of a check by team.
        only_if_telling: no chart where every team is within the limits; the table by team says as much.
    """
    table, result = publication.tables.get(f"team/{code}"), publication.result(code)
    if table is None or result is None or result.met.value is None or result.population.value is None:
        return None
    rows = [
        (str(team), int(members.value), int(met.value))
        for team, members, met, *_ in table.rows
        if members.value
        and met.value is not None
        and not str(team).endswith(TEAMS_TOGETHER)  # no team, and in no funnel
    ]
    if len(rows) < 3:
        return None  # a sentence says as much
    centre = Fraction(int(result.met.value), int(result.population.value))
    points = [(team, n, met / n, outside(met, n, centre, OUTER) is not None) for team, n, met in rows]
    out = sum(point[-1] for point in points)
    if only_if_telling and not out:
        return None
    who = f"{out or 'none'} of {plain(len(points), 'team')}"
    title = (
        f"{title_of(result.name)}: {who} {'is' if out <= 1 else 'are'} further from the service's {result.rate} than "
        "chance explains"
    )
    least, most = min(n for _, n, _ in rows), max(n for _, n, _ in rows)
    # From a little before the smallest team: below it the limits are so wide that the teams would lie in a stripe.
    along = sorted({max(least * 2 // 3, 5, round(most * 1.2 * step / STEPS)) for step in range(1, STEPS + 1)})
    inner, outer = (_limits(along, centre, level) for level in (INNER, OUTER))
    lines = [
        {"n": n, "inner_low": near[0], "inner_high": near[1], "outer_low": far[0], "outer_high": far[1]}
        for n, near, far in zip(along, inner, outer, strict=True)
    ]
    subtitle = (
        f"Share of {noun(result.subject)} that met it by team, with limits of 95 % (dotted) and 99.8 % (dashed), "
        f"{day(publication.as_at)}"
    )
    draw = partial(charts.funnel, points, lines, float(centre), f"Funnel plot. {title}.")
    return Picture(title, subtitle, draw, grid_of(f"{title_of(result.name)} by team, for the funnel", table))


def _limits(along: list[int], centre: Fraction, level: Fraction) -> list[tuple[float, float]]:
    """Limits to draw: exact for few members; for many, where a line shows no difference, those of the normal curve."""
    exact = limits([n for n in along if n <= MOST_EXACT], centre, level)
    z, share = NormalDist().inv_cdf((1 + float(level)) / 2), float(centre)
    reach = [z * sqrt(share * (1 - share) / n) for n in along if n > MOST_EXACT]
    drawn = [(limit.lower, limit.upper) for limit in exact]
    return [*drawn, *((max(0.0, share - by), min(1.0, share + by)) for by in reach)]
