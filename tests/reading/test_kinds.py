"""What kind of file it is goes by what is in it: a ZIP of workbooks is none, an ODS is one however it is packed."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlwt
from hostile import TABLE, workbook

from caseaudit.reading.kinds import Kind, kind_of

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def packed(members: dict[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def xls() -> bytes:
    out, book = io.BytesIO(), xlwt.Workbook()
    book.add_sheet("Cases").write(0, 0, "Case ref")
    book.save(out)
    return out.getvalue()


KINDS = {
    "an XLSX": (workbook(*TABLE), Kind.WORKBOOK),
    "an XLSX cut off": (workbook(*TABLE)[:-200], Kind.WORKBOOK),
    "an XLS": (xls(), Kind.WORKBOOK),
    "a ZIP of workbooks not packed again": (packed({"a.xlsx": workbook(*TABLE)}, zipfile.ZIP_STORED), Kind.ARCHIVE),
    "a ZIP with a folder whose name ends so": (packed({"exports/axl/a.csv": "a,b\n1,2\n"}), Kind.ARCHIVE),
    "an ODS with its kind packed and last": (packed({"content.xml": "<a/>", "mimetype": SPREADSHEET}), Kind.WORKBOOK),
    "an ODS that says so in its manifest": (
        packed({"content.xml": "<a/>", "META-INF/manifest.xml": f'<m t="{SPREADSHEET}"/>'}),
        Kind.WORKBOOK,
    ),
    "a workbook in another folder": (
        packed({"[Content_Types].xml": "spreadsheetml.sheet.main+xml", "workbook.xml": "<a/>"}),
        Kind.WORKBOOK,
    ),
    "a ZIP with a content.xml": (packed({"content.xml": "<a/>", "cases.csv": "a,b\n1,2\n"}), Kind.ARCHIVE),
    "a text document": (packed({"mimetype": SPREADSHEET.replace("spreadsheet", "text")}), Kind.REFUSED),
    "a Word document": (packed({"[Content_Types].xml": "", "word/document.xml": ""}), Kind.REFUSED),
    "a SYLK file": (b"ID;PWXL;N;E\r\nP;PGeneral\r\nF;P0;DG0G8\r\nC;Y1;X1;K1\r\nE\r\n", Kind.REFUSED),
    "a table that begins like one": (b"ID;Person;Team\r\n1;A;North\r\n2;B;South\r\n", Kind.TEXT),
    "a workbook without its container": (bytes.fromhex("0908100000060500"), Kind.REFUSED),
}


@pytest.mark.parametrize(("data", "kind"), KINDS.values(), ids=KINDS)
def test_the_kind_of_a_file(data: bytes, kind: Kind) -> None:
    assert kind_of(data)[0] is kind


def test_an_old_document_that_speaks_of_a_workbook_is_none() -> None:
    whole = xls()
    name = "Workbook".encode("utf-16-le")
    assert whole.count(name) == 1
    document = whole.replace(name, "Document".encode("utf-16-le")) + name
    assert kind_of(document) == (Kind.REFUSED, "an old Office file, but no workbook")
