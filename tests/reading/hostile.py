"""Workbooks written by hand from XML, because libraries are too polite to write what a hostile or broken file holds."""

from __future__ import annotations

import io
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def text(reference: str, value: str, extra: str = "") -> str:
    """A cell with a text of its own."""
    return f'<c r="{reference}" t="inlineStr"{extra}><is><t>{value}</t></is></c>'


def row(number: int, *cells: str, extra: str = "") -> str:
    """A row with cells A, B, C ... given as texts, or as whole cell elements."""
    made = [cell if cell.startswith("<") else text(f"{chr(65 + at)}{number}", cell) for at, cell in enumerate(cells)]
    return f'<row r="{number}"{extra}>{"".join(made)}</row>'


def workbook(
    *rows: str,
    after: str = "",
    properties: str = "",
    styles: str | None = None,
    strings: str | None = None,
    prologue: str = '<?xml version="1.0" encoding="UTF-8"?>',
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """An XLSX with one sheet called Cases; every part as given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/workbook.xml",
            f"<workbook {MAIN} {REL}>{properties}"
            '<sheets><sheet name="Cases" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        )
        package.writestr(
            "xl/worksheets/sheet1.xml",
            f"{prologue}<worksheet {MAIN}><sheetData>{''.join(rows)}</sheetData>{after}</worksheet>",
        )
        if styles is not None:
            package.writestr("xl/styles.xml", styles)
        if strings is not None:
            package.writestr("xl/sharedStrings.xml", strings)
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return out.getvalue()


TABLE = (row(1, "Case ref", "Team", "Band"), row(2, "C001", "North", "High"), row(3, "C002", "South", "Low"))
