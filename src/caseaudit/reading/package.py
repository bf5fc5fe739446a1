"""A look into the package of a workbook before it is opened: bombs, and what the reader behind it does not tell."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace

from caseaudit.errors import UnreadableExport
from caseaudit.reading import limits, ooxml, opendocument, xlsb
from caseaudit.reading.bombs import check_members, check_xml
from caseaudit.reading.parts import Package
from caseaudit.reading.repacking import repacked, unusual_names

_OF_A_MAC = "__MACOSX/"
"""What a Mac puts beside the members when it packs a folder again; no reader looks at it."""


def look_into(data: bytes, name: str, long_sheet: float) -> Package:
    """Look into an XLSX, XLSM, XLSB or ODS package.

    Args:
        data: the file.
        name: file as messages name it.
        long_sheet: bytes of XML from which on a sheet of an XLSX is long.

    Raises:
        UnreadableExport: it is damaged, protected, or would take too much memory to open.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            check_members(package, name, limits.WORKBOOK_LIMIT)
            renamed = unusual_names(package)
            if not renamed:
                return _look(package, name, long_sheet)
            data = repacked(package, {}, renamed)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            known = _look(package, name, long_sheet)
        return known if known.data else replace(known, data=data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise UnreadableExport(
            f"{name} is a damaged or cut-off workbook; copy or export it again, or open and save it in Excel."
        ) from None


def _look(package: zipfile.ZipFile, name: str, long_sheet: float) -> Package:
    members = set(package.namelist())
    if opendocument.protected(package, members):
        raise UnreadableExport(f"{name} is protected by a password; save a copy without one.")
    for member in members:
        if member.endswith((".xml", ".rels")) and not member.startswith(_OF_A_MAC):
            check_xml(package, member, name)
    if opendocument.CONTENT in members:
        return opendocument.look(package, name)
    if {"xl/workbook.bin", "xl/_rels/workbook.bin.rels"} <= members:
        return xlsb.look(package, members)
    return ooxml.look(package, members, name, long_sheet) if "xl/workbook.xml" in members else Package()
