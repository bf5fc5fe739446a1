"""The workbook `caseaudit init` writes: a sheet per table, whose headings say by themselves what they are."""

from __future__ import annotations

from dataclasses import replace

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.decisions import Decision, together
from caseaudit.mapping.drafting import DECIDED_WHY
from caseaudit.mapping.planning import plan_sheet
from caseaudit.model import ColumnMatch, Sheet, SheetPlan
from caseaudit.tables import MODELS, spec

NOTES_SHEET = "Notes"
NOTES_HEAD = "What this is"
"""Name of the sheet of notes and its first cell. Its rows are no records."""

_WHY = "heading of the template"


def sheet_name(table: str) -> str:
    """A table's name as a person reads it: risk_flags → Risk flags."""
    return table.replace("_", " ").capitalize()


def plan_template(sheet: Sheet, known: Aliases, decision: Decision) -> SheetPlan | None:
    """The plan of a sheet of the template; None where it is none, or the user says what it is.

    A sheet is one of the template's by its name and the headings no row can do without. Columns the user has added
    are matched like any others.
    """
    name = sheet.source.sheet or ""
    if decision.tables or decision.leave_out:
        return None
    if name == NOTES_SHEET and sheet.headings[:1] == (NOTES_HEAD,):
        matches = tuple(ColumnMatch(h, None, None, sure=True, why="the sheet holds notes") for h in sheet.headings)
        return SheetPlan(sheet, (), matches, left_out="the template's notes, no records", on_purpose=True)
    table = next((table for table in MODELS if sheet_name(table) == name), None)
    if table is None:
        return None
    fields = spec(table).fields
    if not {fields[field].title for field in spec(table).required} <= set(sheet.headings):
        return None
    ours = {one.title: (one.path,) for one in fields.values() if one.title in sheet.headings}
    # The sheet of notes asks for day, month, year; a date typed as text in a cell of text is meant so.
    days = {one.title: "dmy" for one in fields.values() if one.kind in {"day", "month"} and one.title in ours}
    told = together([Decision(tables=(table,), columns=ours, date_order=days), decision])
    plan = replace(plan_sheet(sheet, known, told), ordered_by="its sheet of notes")
    ours_alone = ours.keys() - decision.columns.keys()
    return replace(plan, matches=tuple(_said(one) if one.heading in ours_alone else one for one in plan.matches))


def _said(match: ColumnMatch) -> ColumnMatch:
    return replace(match, why=match.why.replace(DECIDED_WHY, _WHY))
