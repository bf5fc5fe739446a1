"""The bid appendix as a Word document, since bids are written in Word: headings, paragraphs and tables, no layout."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from caseaudit.branding import PLAIN, Branding
from caseaudit.reporting.documents.pieces import Grid
from caseaudit.reporting.documents.typesetting import held_together

_FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP can hold: the same bytes whenever it is written


def word(view: Mapping[str, Any], as_at: dt.date, branding: Branding = PLAIN) -> bytes:
    """The appendix as DOCX: the same bytes for the same view.

    Args:
        view: as caseaudit.reporting.documents.appendix.view gives it.
        as_at: the day the document is dated.
        branding: the service's own look; of it the name, the logo if it is no SVG (Word has none), and who signs.
    """
    from docx import Document

    document = Document()
    _properties(document, view, as_at)
    _letterhead(document, branding)
    document.add_heading(view["title"], 0)
    _paragraph(document, f"{view['service']}, as at {view['as_at']}. {view['audience']}. {view['protection']}".strip())
    document.add_heading("How the figures were made", 1)
    for line in view["method"]:
        _paragraph(document, line)
    for theme in view["themes"]:
        document.add_heading(theme.title, 1)
        _paragraph(document, f"{theme.statement} {theme.summary}")
        _table(document, theme.grid)
        for measure in theme.measures:
            document.add_heading(measure.title, 2)
            for name, text in (
                ("Definition.", measure.definition), ("Measured.", measure.result),
                ("When it is not met.", measure.action),
            ):  # fmt: skip
                paragraph = document.add_paragraph()
                paragraph.add_run(f"{name} ").bold = True
                paragraph.add_run(held_together(text))
        if theme.untested:
            _paragraph(document, theme.untested)
    document.add_heading("What these figures do not show", 1)
    for line in view["untold"]:
        _paragraph(document, line, "List Bullet")
    document.add_heading("Policy values in force", 1)
    _table(document, view["annex"]["cited"])
    for name, value, source in view["annex"]["house"]:
        _paragraph(document, f"{name}: {value} ({source}; house default)", "List Bullet")
    document.add_heading("Provenance", 1)
    _table(document, view["annex"]["sources"])
    _sign_off(document, branding)
    written = io.BytesIO()
    document.save(written)
    return _dated_alike(written.getvalue())


def _properties(document: Any, view: Mapping[str, Any], as_at: dt.date) -> None:
    about = document.core_properties
    about.title, about.author, about.language = view["title"], view["service"], "en-GB"
    about.comments, about.last_modified_by = "", ""
    about.created = about.modified = dt.datetime.combine(as_at, dt.time(), tzinfo=dt.UTC)


def _letterhead(document: Any, branding: Branding) -> None:
    from docx.shared import Mm

    if branding.logo is not None and branding.logo.kind != "svg+xml":
        document.add_picture(io.BytesIO(branding.logo.content), height=Mm(14))
        drawn = document.inline_shapes[-1]._inline.docPr  # noqa: SLF001 - python-docx has no other way to alt text
        drawn.set("descr", branding.logo.text)
    if branding.organisation:
        document.add_paragraph(branding.organisation)


def _sign_off(document: Any, branding: Branding) -> None:
    lines = [f"Prepared by {branding.prepared_by}."] if branding.prepared_by else []
    lines += [f"Signed, date: {name} ______________________________" for name in branding.signed_by]
    if lines:
        document.add_heading("Sign-off", 1)
    for line in lines:
        _paragraph(document, line)


def _paragraph(document: Any, text: str, style: str | None = None) -> None:
    document.add_paragraph(held_together(text), style)


def _table(document: Any, grid: Grid) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if not grid.rows:
        return
    table = document.add_table(rows=1, cols=len(grid.columns), style="Light List")
    for place, column in enumerate(grid.columns):
        table.rows[0].cells[place].text = column.heading
    for row in grid.rows:
        cells = table.add_row().cells
        for place, text in enumerate(row):
            cells[place].text = held_together(text)
            if grid.columns[place].numeric:
                cells[place].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if grid.note:
        _paragraph(document, grid.note)
    document.add_paragraph()


def _dated_alike(content: bytes) -> bytes:
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _FIXED), old.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
