"""A project to start from: a policy, a place for exports, and a workbook for what no record system exports."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from caseaudit.branding import settings
from caseaudit.errors import UsageProblem
from caseaudit.folders import write_whole
from caseaudit.mapping.template import NOTES_HEAD, NOTES_SHEET, sheet_name
from caseaudit.tables import FieldSpec, TableSpec, spec

WORKBOOK = "Workforce records.xlsx"

LOCAL_TABLES = (
    "supervision",
    "competencies",
    "training",
    "allocations",
    "bands",
    "tasks",
    "risk_flags",
    "huddles",
    "escalations",
    "capacity_exceptions",
    "peer_roles",
    "establishment",
    "risk_register",
    "governance",
    "duty_rota",
    "attestations",
)
"""Tables that record systems seldom export, and that services keep by hand."""

ROWS = 2_000
"""Rows of each sheet that get drop-down lists and date checks."""

POLICY = """\
# Your limits. Write only the values that differ from the shipped ones; `caseaudit policy show` lists them all with
# their sources, and `caseaudit policy check policy.toml` checks this file. The report prints every value you change.
#
# max_points_per_wte = 50
#
# [bands.high]
# review_days = 56
#
# [[override]]                    # for one team, from a day on
# team = "Early Intervention"
# effective_from = 2026-04-01
# max_points_per_wte = 40
#
# [[override]]                    # for one role, of all teams or with `team` beside it of one
# role = "Newly qualified social worker"
# supervision.standard.warn = 28
"""

SETTINGS = """\
# The look of your reports, for --settings {name}. Take the # away from the lines you use; a file you name lies beside
# this one or in a folder here. The guide "Make the report yours" tells all of it.
#
# [report]
# organisation = "Name of your organisation"        # above every title
# logo = "logo.png"                                  # PNG, JPEG or SVG, at most 300 kB
# templates = "templates"                            # a folder of your own templates
#
# [report.colours]                                   # refused if they cannot be read (WCAG 2.2 AA)
# headings = "#12355b"
# links = "#12355b"
# headings_dark = "#b6d4f2"                          # on a dark screen
# links_dark = "#9ecbf5"
# charts = "#0072b2"                                 # refused if a colour-blind reader could not tell the two apart
# charts_unmet = "#d55e00"
#
# [report.sign_off]
# prepared_by = "Name, role"
# signed_by = ["Name, role", "Name, role"]           # a line to sign on for each
"""

NOTES = """\
What to do next

1. Put the exports of your record systems into the folder exports, as they come: CSV or Excel, any names, any headings.
2. What no system exports, keep in exports/{workbook}, or go on keeping it where you do and export that.
   Sheets you do not use may stay empty or be deleted.
3. See what is understood:   caseaudit inspect exports
4. Decide what is open:      caseaudit map exports --out mapping.toml
5. Make the audit:           caseaudit run exports --as-at YYYY-MM-DD --out pack --policy policy.toml
   (with --mapping mapping.toml if you wrote one)
6. Your name and logo on it: fill in {settings}, and add --settings {settings}
"""


def write_project(folder: Path) -> list[str]:
    """Write a project into a folder that does not exist or is empty.

    Returns:
        The paths written, relative to the folder's parent.

    Raises:
        UsageProblem: the folder holds something, or cannot be written to.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageProblem(f"'{folder.name}' is there already and not an empty folder. Name another one.")
    files = {
        "README.txt": NOTES.format(workbook=WORKBOOK, settings=settings.SETTINGS).encode(),
        "policy.toml": POLICY.encode(),
        settings.SETTINGS: SETTINGS.format(name=settings.SETTINGS).encode(),
        f"exports/{WORKBOOK}": template_workbook(),
    }
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
    except OSError as fault:
        raise UsageProblem(f"'{folder.name}' cannot be written to ({fault.strerror}).") from None
    return [str(folder / name) for name in files]


def template_workbook() -> bytes:
    """A workbook with a sheet per table kept by hand: headings, drop-down lists, date checks, and a sheet of notes."""
    import datetime as dt

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        # A fixed day, so that the same version writes the same bytes.
        book.set_properties({"title": "Workforce records", "created": dt.datetime(2026, 1, 1)})  # noqa: DTZ001
        _notes(book)
        offered = offered_words()
        for table in LOCAL_TABLES:
            _sheet(book, spec(table), offered)
    return buffer.getvalue()


def offered_words() -> dict[str, list[str]]:
    """Field as "table.field" → the words the shipped policy has for it; a service may have others."""
    import datetime as dt

    from caseaudit.policy import load

    policy = load(dt.date(2026, 1, 1))  # a day for the limits a service sets from a day on; the shipped ones have none
    asked = [name for band in policy.bands for name in policy.bands[band].competencies]
    courses = [course for _, named in policy.required_training_of.items() for course in named]
    bands = list(policy.bands)
    return {
        "bands.band": bands,
        "allocations.assessed_acuity": bands,
        "competencies.competency": list(dict.fromkeys([*asked, *(name for _, name in policy.needs.items())])),
        "training.course": list(dict.fromkeys(courses)),
        "risk_flags.signal": list(policy.signal_contact_days),
        "tasks.task_type": list(policy.task_matrix),
    }


def _notes(book: Any) -> None:
    sheet = book.add_worksheet(NOTES_SHEET)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    sheet.set_column(0, 0, 24, bold)
    sheet.set_column(1, 1, 90, wrap)
    lines = [
        (NOTES_HEAD, "One sheet for each kind of record that no system exports. Use those you need."),
        ("How to fill it", ("One row per record, from row 2 on. Leave a cell blank when you do not know: a blank is "
                           "shown as not evidenced, a guess would be shown as fact.")),
        ("Bold headings", "A row without these cannot be used; it is listed as rejected, with the reason."),
        ("Identifiers", "Write case and staff numbers exactly as the record system and the staff list do."),
        ("Dates", "Day, month, year: 31/10/2026."),
        ("Lists", ("Choose a word where a list is offered. Where the list is that of the shipped policy (bands, "
                   "competencies, courses, signals, kinds of task) another word is warned of and taken.")),
        ("Headings", "Keep them as they are, and the file is read without a mapping."),
    ]  # fmt: skip
    for row, (head, text) in enumerate(lines):
        sheet.write_string(row, 0, head)
        sheet.write_string(row, 1, text)
    for row, table in enumerate(LOCAL_TABLES, start=len(lines) + 1):
        sheet.write_string(row, 0, sheet_name(table))
        sheet.write_string(row, 1, f"One row per {spec(table).one_row_per}.")


def _sheet(book: Any, table: TableSpec, offered: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_worksheet(sheet_name(table.name))
    needed = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    optional = book.add_format({"bottom": 1, "text_wrap": True, "valign": "top"})
    styles = {
        kind: book.add_format({"num_format": shown})
        for kind, shown in (("day", "dd/mm/yyyy"), ("month", "mmm yyyy"), ("ident", "@"))
    }
    sheet.freeze_panes(1, 0)
    for place, field in enumerate(table.fields.values()):
        sheet.set_column(place, place, max(14, len(field.title) // 2 + 6), styles.get(field.kind))
        sheet.write_string(0, place, field.title, needed if field.required else optional)
        if rule := _rule(field, offered.get(field.path, ())):
            sheet.data_validation(1, place, ROWS, place, rule)


def _rule(field: FieldSpec, offered: Sequence[str]) -> dict[str, Any] | None:
    import datetime as dt

    if field.kind == "yes_no":
        return {"validate": "list", "source": ["Yes", "No"]}
    if field.codes:
        return {"validate": "list", "source": _shown(field.codes)}
    if offered:
        return {
            "validate": "list",
            "source": _shown(offered),
            "error_type": "information",
            "error_title": "Not in the list",
            "error_message": "The shipped policy does not have this word. Keep it if yours has.",
        }
    if field.kind == "number":
        return {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "Not a number",
            "error_message": "Write a number, such as 0.8.",
        }
    if field.kind in {"day", "month"}:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": dt.date(1950, 1, 1),
            "maximum": dt.date(2100, 1, 1),
            "error_title": "Not a date",
            "error_message": _ASKED_FOR[field.kind],
        }
    return None


_ASKED_FOR = {
    "day": "Write the date as day, month, year: 31/10/2026.",
    "month": "Write the first day of the month: 01/10/2026.",
}


def _shown(codes: Sequence[str]) -> list[str]:
    """Codes as a person reads them: observed_practice → Observed practice."""
    return [code.replace("_", " ").capitalize() for code in codes]
