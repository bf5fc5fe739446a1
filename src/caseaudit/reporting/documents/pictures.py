"""Charts with their titles, subtitles and tables. A title states the finding."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from caseaudit.model import Status
from caseaudit.publication import Publication, PublicResult
from caseaudit.reporting import charts
from caseaudit.reporting.documents import responses, spreads, staffing
from caseaudit.reporting.documents.pieces import Depth, Grid, Picture, grid, grid_of, number
from caseaudit.reporting.documents.wording import begin, counted, day, met_phrase, noun, plain, title_of
from caseaudit.statistics.intervals import wilson

LATE = ("REV01", "SUP01")
"""Checks of which a reader asks how late: reviews and supervision."""


def compliance(publication: Publication, most: int, *, brief: bool = False) -> Picture | None:
    """Share met of the checks whose share is shown, lowest first; the table has all of them."""
    shown = sorted(
        (r for r in publication.results if r.tested and r.rate.value is not None),
        key=lambda r: (r.status is Status.MET, r.rate.value, r.code),
    )
    if not shown:
        return None
    drawn = shown[:most]
    tested = [r for r in publication.results if r.tested]
    met, lowest = sum(r.status is Status.MET for r in tested), drawn[0]
    title = met_phrase(met, len(tested), "standard", "tested")
    if met < len(tested):
        title += f"; lowest is {title_of(lowest.name).lower()} at {lowest.rate}"
    bars = [
        charts.Bar(f"{title_of(r.name)} ({r.code})", float(r.rate.value or 0), str(r.rate), r.status is Status.MET,
                   _span(r))
        for r in drawn
    ]  # fmt: skip
    hidden = sum(r.tested and r.rate.value is None for r in publication.results)
    note = "; ".join(
        text
        for text in (
            # A brief document cuts the table where it cuts the chart, and says so itself.
            f"lowest {len(drawn)} of {len(shown)} drawn" if len(drawn) < len(shown) and not brief else "",
            f"{plain(hidden, 'check')} not drawn, since the share is not shown" if hidden else "",
        )
        if text
    )
    table = grid(
        "Share met by standard", ("Standard", number("Looked at"), number("Met"), number("Share met"), "Result"),
        [(f"{title_of(r.name)} ({r.code})", r.population, r.met, r.rate, begin(r.status.value)) for r in shown],
        note=f"{begin(note)}." if note else "",
    )  # fmt: skip
    subtitle = (
        f"Share of those looked at that met the standard, {day(publication.as_at)}; thin line: where chance alone "
        "would leave it, 95 % interval"
    )
    draw = partial(charts.shares, bars, ("Met", "Not met"), f"Bar chart. {title}.")
    return Picture(title, subtitle, draw, table, wide=brief)


def _span(result: PublicResult) -> tuple[float, float] | None:
    """Where chance alone would leave a share; from the published figures, so that it tells no more than they do."""
    met, population = result.met.value, result.population.value
    return wilson(int(met), int(population)) if met is not None and population else None


def of_question(
    publication: Publication, results: Sequence[PublicResult], depth: Depth, told: Collection[str]
) -> tuple[Picture, ...]:
    """What shows a question as a whole.

    Args:
        publication: what this audience may know.
        results: of the question's checks.
        depth: how much of the evidence.
        told: checks told in full somewhere, with charts of their own.
    """
    codes = {result.code for result in results}
    late = [result for result in results if result.code in LATE and result.code not in told]
    found = [
        responses.competence(publication, depth.bars) if "CMP01" in codes else None,
        *(picture for result in late for picture in of_check(publication, result)),
        _caseload(publication, depth.bars) if "CAP01" in codes else None,
        spreads.concentration(publication) if "ACU01" in codes else None,
        spreads.funnel(publication, "REV01", only_if_telling=depth.brief) if "REV01" in codes else None,
        responses.in_time(publication) if "ESC01" in codes else None,
        spreads.acuity(publication, depth.bars) if "WFS04" in codes else None,
        *(staffing.pictures(publication, depth) if "WFS01" in codes else ()),
    ]
    return tuple(picture for picture in found if picture is not None)


def _caseload(publication: Publication, most: int) -> Picture | None:
    """The caseload of each worker against the limit."""
    table = publication.tables.get("caseload")
    if table is None:
        return None
    over, workers = int(table.facts["over"]), int(table.facts["workers"])
    limit = table.facts.get("limit")
    bound = f"the limit of {limit:g} points per WTE" if limit is not None else "their limit of points per WTE"
    if not over:
        title = f"None of the {plain(workers, 'worker')} drawn is over {bound}"
    else:
        title = f"{begin(str(over) + ' of')} {plain(workers, 'worker')} {'is' if over == 1 else 'are'} over {bound}"
    subtitle = f"Acuity-weighted caseload of each worker with cases, points per WTE, {day(publication.as_at)}"
    drawn = replace(table, rows=table.rows[:most])
    if len(table.rows) > most:
        subtitle = f"{subtitle}; the {most} highest of {len(table.rows)}"
    draw = partial(charts.caseload, drawn, f"Bar chart. {title}.")
    return Picture(title, subtitle, draw, grid_of("Caseload of each worker", table))


def of_check(publication: Publication, result: PublicResult) -> tuple[Picture, ...]:
    """How late what is late is."""
    table = publication.tables.get(f"late/{result.code}")
    if table is None or result.breach.value is None:
        return ()
    label, number = next(row for row in reversed(table.rows) if row[1].value)
    who = f"{counted(result.breach, result.subject)} {'who' if result.subject == 'worker' else 'that'} fell short"
    if result.breach.value == 1:
        title = f"The one {noun(result.subject, 1)} that fell short did so by {label} days"
    elif number.value == result.breach.value:
        title = f"All {who} did so by {label} days"
    else:
        title = begin(f"{number.text} of {who} did so by {label} days")
    what = f"{title_of(result.name)}: {noun(result.subject)} by days over the limit"
    subtitle = f"{what}, {day(publication.as_at)}"
    behind = grid_of(f"{title_of(result.name)}: days over the limit", table)
    return (Picture(title, subtitle, partial(charts.classes, table, f"Bar chart. {title}."), behind),)


def by_team(publication: Publication, result: PublicResult, most: int) -> Grid | None:
    """A check by team, lowest share first; where there are many, the lowest of them."""
    table = publication.tables.get(f"team/{result.code}")
    if table is None:
        return None
    shown, of = table.rows[:most], len(table.rows)
    cut = (
        ""
        if len(shown) == of
        else f"Showing the {len(shown)} lowest of {of:,}; breakdowns.csv inside report.pdf has all."
    )
    note = " ".join(filter(None, (cut, table.note)))
    return grid_of(f"{title_of(result.name)} by team", replace(table, rows=shown, note=note), kind="by-team")
