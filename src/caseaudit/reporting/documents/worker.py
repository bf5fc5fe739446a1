"""The worker's sheet: one page for supervision, to be read together. It says what is due, and blames nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseaudit.model import SEVERITIES
from caseaudit.publication import Publication, WorkerSheet
from caseaudit.reporting.documents.assurance import cover
from caseaudit.reporting.documents.pieces import Depth, Grid, grid, number
from caseaudit.reporting.documents.wording import begin, days, short_day, showing, title_of

NAME = "worker"
TEMPLATE = "worker.html.j2"

MOST_CASES = 12
MOST_DUE = 6

MOST_SHEETS = 200
"""Workers with a sheet, five times as many on screen: a page of the PDF takes a fifth of a second."""


@dataclass(frozen=True)
class Sheet:
    """One worker's page."""

    worker: str
    team: str
    facts: tuple[str, ...]
    due: Grid
    cases: Grid


def view(publication: Publication, depth: Depth) -> Mapping[str, Any]:
    """Everything the template prints."""
    shown = _chosen(publication.sheets, MOST_SHEETS if depth.brief else 5 * MOST_SHEETS)
    of = len(publication.sheets)
    cut = f"Showing {len(shown):,} of {of:,} workers, those with most that is due; all in findings.xlsx."
    return {
        "title": "Supervision sheets",
        **cover(publication),
        "brief": depth.brief,
        "cut": cut if len(shown) < of else "",
        "sheets": [_sheet(publication, sheet) for sheet in shown],
    }


def _chosen(sheets: Sequence[WorkerSheet], most: int) -> list[WorkerSheet]:
    """Every sheet, or those with most that is due where there are too many; in the order they come in."""
    by_due = sorted(range(len(sheets)), key=lambda place: (-sum(n for _, n in sheets[place].due), place))
    return [sheets[place] for place in sorted(by_due[:most])]


def _sheet(publication: Publication, sheet: WorkerSheet) -> Sheet:
    shown = sheet.cases[:MOST_CASES]
    cases = grid(
        f"Open cases of {sheet.worker}",
        ("Case", "Acuity band", "Last review", "Review due", number("Days overdue")),
        [
            (
                str(case["case_id"]),
                begin(str(case["acuity_band"] or "not recorded").replace("_", " ")),
                _day(case["reviewed_on"]),
                _day(case["due_on"]),
                _overdue(case["days_overdue"]),
            )
            for case in shown
        ],
        note=showing(len(shown), len(sheet.cases), "the evidence of CAP05"),
    )
    return Sheet(sheet.worker, sheet.team or "No team recorded", _facts(sheet.about), _due(publication, sheet), cases)


def _facts(about: Mapping[str, Any]) -> tuple[str, ...]:
    lines = []
    if about.get("open_cases") is not None:
        high = about.get("high_acuity_cases") or 0
        lines.append(f"Open cases: {about['open_cases']}, {high} of them of high acuity.")
    if about.get("points_per_wte") is not None:
        over = about["points_over"] > 0
        state = "over the limit: a matter for the team, not for the worker alone" if over else "within the limit"
        lines.append(f"Caseload: {about['points_per_wte']:.0f} band points per WTE at {about['wte']:g} WTE, {state}.")
    if about.get("last_held_on") is not None:
        lines.append(
            f"Last supervision on record: {short_day(about['last_held_on'])}, {days(about['gap_days'])} ago; "
            f"due every {days(about['interval_days'])}."
        )
    elif "last_held_on" in about:
        lines.append("No supervision session is on record.")
    return tuple(lines)


def _due(publication: Publication, sheet: WorkerSheet) -> Grid:
    harm = {severity: place for place, severity in enumerate(SEVERITIES)}
    results = [(result, n) for code, n in sheet.due if (result := publication.result(code)) is not None]
    ordered = sorted(results, key=lambda pair: (harm[pair[0].graded], -pair[1], pair[0].code))
    return grid(
        f"What is due for {sheet.worker}",
        ("What", number("Number"), "What to do"),
        [
            (f"{title_of(result.name)} ({result.code})", f"{n:,}", result.manual.action)
            for result, n in ordered[:MOST_DUE]
        ],
        note=showing(min(MOST_DUE, len(ordered)), len(ordered), "findings.xlsx"),
    )


def _day(value: dt.date | None) -> str:
    return short_day(value) if value else "–"


def _overdue(value: int | None) -> str:
    return f"{value:,}" if value is not None and value > 0 else "–"
