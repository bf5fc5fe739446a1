"""What sheets say about each other: whose identifiers a column holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseaudit.mapping.drafting import DECIDED_WHY
from caseaudit.mapping.leftovers import UNKNOWN
from caseaudit.model import SOURCE_ROW, ColumnMatch, Feed, SheetPlan
from caseaudit.tables import spec

FEWEST = 3
"""So many identifiers in common are no accident."""


def crossed(plans: Sequence[SheetPlan]) -> tuple[SheetPlan, ...]:
    """The plans, with questions where the identifiers of one sheet contradict or complete those of another."""
    known = {
        "staff": _cells(plans, "staff", "worker_id"),
        "cases": _cells(plans, "cases", "case_id"),
    }
    people = _cells(plans, "cases", "person_id") - known["cases"]
    return tuple(
        # A published format says itself what its columns are.
        plan if plan.format is not None else _people_for_cases(_unknown_columns(plan, known), known["cases"], people)
        for plan in plans
    )


def _cells(plans: Sequence[SheetPlan], table: str, field: str) -> set[str]:
    found: set[str] = set()
    for plan in plans:
        for feed in plan.feeds:
            if feed.table == table and field in feed.columns:
                found |= _texts(plan, feed.columns[field])
    return found


def _texts(plan: SheetPlan, heading: str) -> set[str]:
    if heading not in plan.sheet.headings:  # a column that a published format takes from another source
        return set()
    return {cell.strip() for cell in plan.sheet.sample.get_column(heading).drop_nulls().to_list() if cell.strip()}


def _unknown_columns(plan: SheetPlan, known: dict[str, set[str]]) -> SheetPlan:
    """Ask about a column nobody knows that holds identifiers of another sheet, if a field for them is free."""
    if not plan.feeds:
        return plan
    main = plan.feeds[0]
    free = [one for one in spec(main.table).fields.values() if one.refers_to in known and one.name not in main.columns]
    matches = list(plan.matches)
    for at, match in enumerate(matches):
        if match.why != UNKNOWN or match.heading == SOURCE_ROW:
            continue
        texts = _texts(plan, match.heading)
        for one in free:
            common = texts & known[one.refers_to or ""]
            if len(common) >= FEWEST and len(common) >= 0.5 * len(texts):
                why = f"an unknown heading, but it holds identifiers of {one.refers_to}"
                matches[at] = ColumnMatch(match.heading, one.table, one.name, sure=False, why=why)
                break
    return replace(plan, matches=tuple(matches))


def _people_for_cases(plan: SheetPlan, cases: set[str], people: set[str]) -> SheetPlan:
    """Ask where a sheet counts by person what the caseload counts by case: its rows would belong to no case."""
    wrong = {
        feed.columns["case_id"]
        for feed in plan.feeds
        if feed.table != "cases" and "case_id" in feed.columns and _by_person(plan, feed, cases, people)
    }
    # What the user has decided is not asked again.
    wrong -= {match.heading for match in plan.matches if match.why.startswith(DECIDED_WHY)}
    if not wrong:
        return plan
    why = "holds what the caseload calls the person, not the case; let both count by the same"
    matches = tuple(replace(m, sure=False, why=why) if m.heading in wrong else m for m in plan.matches)
    feeds = tuple(feed for feed in plan.feeds if feed.columns.get("case_id") not in wrong)
    return replace(plan, matches=matches, feeds=feeds, left_out=None if feeds else f"its case column {why}")


def _by_person(plan: SheetPlan, feed: Feed, cases: set[str], people: set[str]) -> bool:
    texts = _texts(plan, feed.columns["case_id"])
    return len(texts & people) >= FEWEST and not texts & cases
