"""Charts of vacant posts and temporary staff: their course, or how they stand where the exports hold no course."""

from __future__ import annotations

from functools import partial

from caseaudit.publication import Publication
from caseaudit.reporting import charts
from caseaudit.reporting.documents.pieces import Depth, Picture, grid_of
from caseaudit.reporting.documents.wording import day, only_limit

VACANCY, TEMPORARY = "max_vacancy_rate", "max_temporary_staffing"


def pictures(publication: Publication, depth: Depth) -> list[Picture]:
    """The course of both, and the vacancies of each team; in a brief document only the course where there is one."""
    over_time, by_team = _course(publication), _by_team(publication)
    shown = [over_time, None if depth.brief and over_time else by_team]
    return [picture for picture in shown if picture is not None]


def _course(publication: Publication) -> Picture | None:
    """Do vacancies and temporary staff rise or fall?"""
    table = publication.tables.get("staffing")
    if table is None:
        return None
    months = [str(row[0]) for row in table.rows]
    vacant, temporary = ([row[place] for row in table.rows] for place in (3, 5))
    lines = [
        charts.Line(name, tuple(figure.value for figure in figures), tuple(map(str, figures)), _limit(publication, key))
        for name, figures, key in (("Vacant", vacant, VACANCY), ("Temporary", temporary, TEMPORARY))
    ]
    title = (
        f"{vacant[-1]} of funded posts were vacant in {months[-1]} ({vacant[0]} in {months[0]}); temporary staff were "
        f"{temporary[-1]} of those in post ({temporary[0]})"
    )
    subtitle = "Vacant WTE of funded, agency and bank WTE of in post; whole service, by month"
    draw = partial(charts.course, months, lines, f"Line chart. {title}.")
    return Picture(title, subtitle, draw, grid_of("Vacant posts and temporary staff by month", table))


def _by_team(publication: Publication) -> Picture | None:
    """Which team has the most vacant posts?"""
    table = publication.tables.get("vacancies")
    if table is None:
        return None
    rows = [(str(team), share.value or 0.0, str(share)) for team, _, _, share in table.rows][: charts.MOST_BARS]
    team, _, text = rows[0]
    title = f"{text} of funded posts are vacant in {team}, the largest share"
    subtitle = f"Vacant WTE of funded WTE by team, latest month on record to {day(publication.as_at)}"
    if "staffing" not in publication.tables:
        subtitle += "; the exports hold no course of months"
    if len(rows) < len(table.rows):
        subtitle += f"; {len(rows)} of {len(table.rows)} teams"
    draw = partial(charts.vacancies, rows, _limit(publication, VACANCY), f"Bar chart. {title}.")
    return Picture(title, subtitle, draw, grid_of("Vacant posts by team", table))


def _limit(publication: Publication, name: str) -> float | None:
    value = only_limit(publication.limits, name)
    return float(value) if isinstance(value, int | float) else None
