"""sample.xlsx: the sheet to audit the drawn cases with. Nothing in it is a formula or a link."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from caseaudit.sampling.drawing import UNNAMED, Draw
from caseaudit.sampling.manifest import NAME, PERSONAL, RECIPE
from caseaudit.sampling.questions import ANSWERS, OUTSIDE, Question

if TYPE_CHECKING:
    import polars as pl

AUDIT, RESERVE = "Audit", "Reserve"

CASE = "Case"
OUT = "Not on the list because"
"""Heading of the column for a case that should never have been drawn from."""

_FILLING = (
    (
        "Audit every case on the sheet Audit. For each question choose met, not met or not evidenced. The sheet "
        "Questions says what each asks."
    ),
    (
        "Not evidenced: the record does not show it, or cannot be found. It counts as not met. A blank counts as not "
        "answered, and the sheet is not evaluated until it is filled."
    ),
    "Write into the comment where in the record you found it. Do not write names there.",
    "Columns may be moved or added. Leave the headings, the column Case and the rows as they are.",
)
_REPLACING = (
    (
        f"Only a case that should never have been on the list is replaced: choose the reason in '{OUT}' and leave its "
        f"answers blank. The reasons are: {', '.join(OUTSIDE)}."
    ),
    (
        "Then audit, on the sheet Reserve, the next case of the same stratum in the order of its numbers, one for each "
        "case left out. A reserve passed over or taken out of turn spoils the sample, and the evaluation refuses it."
    ),
    "A case whose record is missing, locked or hard to find is not replaced. Its answers are not evidenced.",
)


def workbook(drawn: Draw, questions: Sequence[Question]) -> bytes:
    """The audit sheet of a draw.

    Sheets: Audit (one row per case drawn), Reserve (the next cases, with the same columns), Questions, Notes.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
        "default_date_format": "dd mmm yyyy",
    }
    day = drawn.order.as_at
    with xlsxwriter.Workbook(buffer, options) as book:
        # The creation date is the as-at date, so that the same draw gives the same bytes.
        book.set_properties(
            {"title": "Case sample", "comments": PERSONAL, "created": dt.datetime.combine(day, dt.time())}
        )
        _cases(book, AUDIT, drawn.sample, drawn, questions)
        _cases(book, RESERVE, drawn.reserve, drawn, questions)
        _questions(book, questions)
        _notes(book, notes(drawn))
    return buffer.getvalue()


def _cases(book: Any, name: str, rows: pl.DataFrame, drawn: Draw, questions: Sequence[Question]) -> None:
    sheet = _sheet(book, name)
    known = [
        ("No.", 6, "number"),
        *([("Stratum", 18, "stratum")] if drawn.order.stratify_by else []),
        (CASE, 16, "case_id"),
        ("Team", 14, "team"),
        ("Named worker", 12, "worker_id"),
        ("Acuity band", 11, "acuity_band"),
        ("Opened on", 12, "opened_on"),
        ("Source file", 24, "source"),
        ("Source row", 8, "source_row"),
    ]
    asked = [heading for q in questions for heading in (q.heading, f"{q.code} comment")]
    headings = [*(heading for heading, _, _ in known), OUT, *asked, "Auditor", "Audited on"]
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#e8edee"})
    open_cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#aeb7bd"})
    for place, heading in enumerate(headings):
        sheet.write_string(1, place, heading, head)
        sheet.set_column(place, place, 24 if heading.endswith("comment") else 14)
    for place, (_, width, _) in enumerate(known):
        sheet.set_column(place, place, width)
    for row, case in enumerate(rows.iter_rows(named=True), start=2):
        case["source"] = " › ".join(part for part in (case["source_file"], case["source_sheet"]) if part)
        case["stratum"] = case["stratum"] or UNNAMED
        for place, (_, _, field) in enumerate(known):
            _write(sheet, row, place, case[field])
        for place in range(len(known), len(headings)):
            sheet.write_blank(row, place, None, open_cell)
    last = rows.height + 1
    if rows.height:
        _list(sheet, last, headings.index(OUT), OUTSIDE)
        for question in questions:
            _list(sheet, last, headings.index(question.heading), ANSWERS)
    case_column = [field for _, _, field in known].index("case_id")
    sheet.freeze_panes(2, case_column + 1)
    sheet.repeat_rows(1)


def _write(sheet: Any, row: int, place: int, value: Any) -> None:
    if isinstance(value, dt.date):
        sheet.write_datetime(row, place, value)
    elif isinstance(value, int):
        sheet.write_number(row, place, value)
    elif value is not None:
        sheet.write_string(row, place, str(value)[:32_767])


def _list(sheet: Any, last: int, place: int, words: Sequence[str]) -> None:
    message = "Choose one from the list, or leave it blank for now."
    settings = {"validate": "list", "source": list(words), "error_title": "Not on the list", "error_message": message}
    sheet.data_validation(2, place, last, place, settings)


def _sheet(book: Any, name: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{PERSONAL}&R&P of &N")
    sheet.write_string(0, 0, PERSONAL, book.add_format({"bold": True, "font_color": "#a00000"}))
    return sheet


def _questions(book: Any, questions: Sequence[Question]) -> None:
    sheet = _sheet(book, "Questions")
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, (heading, width) in enumerate((("Question", 30), ("What is asked", 90), ("Basis", 50))):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, heading, bold)
    for row, question in enumerate(questions, start=2):
        for place, text in enumerate((question.heading, question.text, question.basis)):
            sheet.write_string(row, place, text, wrap)


def notes(drawn: Draw) -> list[tuple[str, Sequence[str]]]:
    """Headings with their lines: how to fill the sheet, when to replace a case, how the sample was drawn."""
    order, plan = drawn.order, drawn.plan
    whose = "the as-at date" if order.seed is None else "chosen by the person who drew the sample"
    facts = [
        f"Drawn from: the {plan.population:,} {drawn.frame_words}.",
        plan.why,
        f"Seed: {order.seed_text} ({whose}).",
        f"Frame hash: {drawn.frame_hash}",
        *RECIPE,
        f"{NAME} beside this file holds the same facts, and the digests of the exports that were read.",
    ]
    if order.stratify_by:
        shares = [f"{s.name or UNNAMED}: {s.sampled:,} of {s.cases:,}" for s in drawn.strata]
        facts.insert(2, f"Shared out by {order.stratify_by}, in proportion, by largest remainder: {'; '.join(shares)}.")
    return [("How to fill the sheet", _FILLING), ("When a case is replaced", _REPLACING), ("How it was drawn", facts)]


def _notes(book: Any, sections: list[tuple[str, Sequence[str]]]) -> None:
    sheet = _sheet(book, "Notes")
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 120)
    row = 2
    for heading, lines in sections:
        sheet.write_string(row, 0, heading, bold)
        for line in lines:
            row += 1
            sheet.write_string(row, 0, line, wrap)
        row += 2
