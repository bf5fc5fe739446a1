"""The worker's sheet: one page for supervision, to be read together. It says what is due, and blames nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseaudit.model import SEVERITIES, Severity
from caseaudit.publication import Publication, WorkerSheet
from caseaudit.reporting import deadlines
from caseaudit.reporting.documents import due
from caseaudit.reporting.documents.action import NO_TEAM
from caseaudit.reporting.documents.assurance import cover
from caseaudit.reporting.documents.pieces import Depth, Grid, grid, number
from caseaudit.reporting.documents.wording import begin, day, days, plain, quoted, short_day, showing, title_of

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
    anchor: str
    facts: tuple[str, ...]
    due: Grid
    cases: Grid


def view(publication: Publication, depth: Depth) -> Mapping[str, Any]:
    """Everything the template prints."""
    shown = _chosen(publication.sheets, MOST_SHEETS if depth.brief else 5 * MOST_SHEETS)
    of = len(publication.sheets)
    cut = f"Showing {len(shown):,} of {of:,} workers, those with most that is due; all in findings.xlsx."
    days_of = deadlines.act_by(publication.limits, publication.as_at)
    return {
        "title": "Supervision sheets",
        **cover(publication),
        "brief": depth.brief,
        "summary": _summary(publication, days_of),
        "when": due.when(publication),
        "cut": cut if len(shown) < of else "",
        "workers": _workers(publication, shown, days_of),
        "sheets": [_sheet(publication, sheet, f"worker-{n}", days_of) for n, sheet in enumerate(shown, 1)],
    }


def _chosen(sheets: Sequence[WorkerSheet], most: int) -> list[WorkerSheet]:
    """Every sheet, or those with most that is due where there are too many; by team, as they are handed out."""
    by_due = sorted(range(len(sheets)), key=lambda place: (-sum(n for _, n in sheets[place].due), place))
    return sorted((sheets[place] for place in sorted(by_due[:most])), key=lambda sheet: (not sheet.team, sheet.team))


def _by_severity(publication: Publication, sheet: WorkerSheet) -> dict[Severity, int]:
    """Severity of the check → what is due of the worker by it."""
    counted = dict.fromkeys(SEVERITIES, 0)
    for code, number_due in sheet.due:
        if (result := publication.result(code)) is not None:
            counted[result.graded] += number_due
    return counted


def _summary(publication: Publication, days_of: Mapping[str, dt.date]) -> str:
    """Who holds how many cases, and for how many of them something grave is due."""
    sheets = publication.sheets
    grave = sum(_by_severity(publication, sheet)[Severity.HIGH] > 0 for sheet in sheets)
    held = (
        f"{begin(plain(len(sheets), 'worker'))} {'holds' if len(sheets) == 1 else 'hold'} "
        f"{plain(sum(len(sheet.cases) for sheet in sheets), 'open case')}."
    )
    if not grave:
        return f"{held} Nothing of high severity is due."
    whom = "" if len(sheets) == 1 else " for all of them" if grave == len(sheets) else f" for {grave:,} of them"
    last = days_of.get(Severity.HIGH.value)
    return f"{held} Something of high severity is due{whom}{f', by {day(last)}' if last else ''}."


def _workers(publication: Publication, shown: Sequence[WorkerSheet], days_of: Mapping[str, dt.date]) -> Grid:
    """The list on the first page: for each worker the cases, what is due by severity, and the first day to act by."""
    rows = []
    for sheet in shown:
        counted = _by_severity(publication, sheet)
        soonest = min((days_of[s.value] for s, n in counted.items() if n and s.value in days_of), default=None)
        figures = (f"{number_due:,}" if number_due else "–" for number_due in counted.values())
        rows.append((sheet.worker, sheet.team or NO_TEAM, f"{len(sheet.cases):,}", *figures, _day(soonest)))
    return grid(
        "The workers, and what is due for each by severity",
        ("Worker", "Team", number("Cases"), number("High"), number("Medium"), number("Low"), "Act by"),
        rows,
        links={place: f"worker-{place + 1}" for place in range(len(rows))},
        kind="workers",
    )


def _sheet(publication: Publication, sheet: WorkerSheet, anchor: str, days_of: Mapping[str, dt.date]) -> Sheet:
    shown = sheet.cases[:MOST_CASES]
    of = len(sheet.cases)
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
        note=f"Showing {len(shown)} of {of:,}, the longest overdue and the soonest due." if len(shown) < of else "",
    )
    facts = _facts(sheet.about, sum(not case["acuity_band"] for case in sheet.cases))
    return Sheet(sheet.worker, sheet.team or NO_TEAM, anchor, facts, _due(publication, sheet, days_of), cases)


def _facts(about: Mapping[str, Any], unbanded: int) -> tuple[str, ...]:
    """What is said of a worker first; a case without a band has no points, which must not pass for little work."""
    lines = []
    if about.get("open_cases") is not None:
        high = about.get("high_acuity_cases") or 0
        said = f"; {plain(unbanded, 'case')} without an acuity band" if unbanded else ""
        lines.append(f"Open cases: {about['open_cases']}, {high or 'none'} of them of high acuity{said}.")
    if about.get("points_per_wte") is not None:
        over = about["points_over"] > 0
        within = "within the limit as far as bands are recorded" if unbanded else "within the limit"
        state = "over the limit: a matter for the team, not for the worker alone" if over else within
        lines.append(f"Caseload: {about['points_per_wte']:.0f} band points per WTE at {about['wte']:g} WTE, {state}.")
    if about.get("last_held_on") is not None:
        lines.append(
            f"Last supervision on record: {short_day(about['last_held_on'])}, {days(about['gap_days'])} ago; "
            f"due every {days(about['interval_days'])}."
        )
    elif "last_held_on" in about:
        lines.append("No supervision session is on record.")
    return tuple(lines)


def _due(publication: Publication, sheet: WorkerSheet, days_of: Mapping[str, dt.date]) -> Grid:
    harm = {severity: place for place, severity in enumerate(SEVERITIES)}
    results = [(result, n) for code, n in sheet.due if (result := publication.result(code)) is not None]
    ordered = sorted(results, key=lambda pair: (harm[pair[0].graded], -pair[1], pair[0].code))
    return grid(
        f"What is due for {sheet.worker}",
        ("What", number("Number"), "What to do", "By when"),
        [
            (
                f"{title_of(result.name)} ({result.code})",
                f"{n:,}",
                quoted(result.manual.action),
                _day(days_of.get(result.graded.value)),
            )
            for result, n in ordered[:MOST_DUE]
        ],
        note=showing(min(MOST_DUE, len(ordered)), len(ordered), "findings.xlsx"),
        kind="due",
    )


def _day(value: dt.date | None) -> str:
    return short_day(value) if value else "–"


def _overdue(value: int | None) -> str:
    return f"{value:,}" if value is not None and value > 0 else "–"
