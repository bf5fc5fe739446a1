"""findings.xlsx holds values and nothing a spreadsheet would run."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl

from caseaudit.model import Audit
from caseaudit.reporting import workbook


def test_no_cell_is_a_formula_and_no_link_leads_out(audit: Audit) -> None:
    content = workbook.workbook_file(audit).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = "".join(archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name)
    assert "<f>" not in sheets
    assert not re.search(r"<hyperlink [^>]*r:id", sheets)


def test_figures_are_numbers_and_findings_are_all_there(audit: Audit) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.workbook_file(audit).content))
    assert book.sheetnames == ["Summary", "Findings", "Rejected rows", "Limits"]
    heads = [cell.value for cell in book["Summary"][1]]
    summary = dict(zip(heads, (cell.value for cell in book["Summary"][2]), strict=True))
    assert (summary["population"], summary["met"], summary["breach"], summary["not evidenced"]) == (3, 1, 1, 1)
    assert book["Findings"].max_row == 1 + 3
    assert book["Findings"].freeze_panes == "A2"


def test_the_same_audit_gives_the_same_bytes(audit: Audit) -> None:
    assert workbook.workbook_file(audit).content == workbook.workbook_file(audit).content
