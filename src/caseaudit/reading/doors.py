"""The two doors of reading: `survey` for what there is, `load` for the rows of one source."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from caseaudit.errors import UnreadableExport, UsageProblem
from caseaudit.model import Export, Rejected, Sheet, Source
from caseaudit.reading.files import Found, find_files, read_bytes
from caseaudit.reading.kinds import Kind, kind_of


@dataclass(frozen=True)
class Survey:
    """What a folder of exports holds.

    Attributes:
        sheets: every source with a table.
        passed_over: (file, or file and sheet; why it is no export or was not read).
    """

    sheets: tuple[Sheet, ...]
    passed_over: tuple[tuple[str, str], ...] = ()


def survey(exports: Sequence[Path]) -> Survey:
    """Find every table in the exports and how it is to be understood.

    Args:
        exports: folders, walked in depth and in the order of names, or files.

    Raises:
        UnreadableExport: a file or folder is missing, or a file cannot be read or has no header. One sentence says
            which file, what was expected and what to do.
    """
    found, passed = find_files(exports)
    sheets: list[Sheet] = []
    for one in found:
        sheets += _survey_file(one, passed)
    return Survey(tuple(sheets), tuple(passed))


def _survey_file(one: Found, passed: list[tuple[str, str]]) -> list[Sheet]:
    data = read_bytes(one.path, one.name)
    return _survey_bytes(one, one.name, data, hashlib.sha256(data).hexdigest(), passed)


def _survey_bytes(one: Found, name: str, data: bytes, digest: str, passed: list[tuple[str, str]]) -> list[Sheet]:
    kind, words = kind_of(data)
    if kind is Kind.TEXT:
        return [_survey_text(one, name, data, digest)]
    if kind is Kind.WORKBOOK:
        return _survey_workbook(one, name, data, digest, passed)
    raise UnreadableExport(f"{name} is {words or kind}; export it again as CSV or XLSX.")


def _survey_text(one: Found, name: str, data: bytes, digest: str) -> Sheet:
    from caseaudit.reading.delimited import frame_of, sample_rows
    from caseaudit.reading.dialect import understand
    from caseaudit.reading.encoding import read_text

    text = read_text(data, name)
    known = understand(text.data, name)
    headings = known.layout.headings
    source = Source(
        file=name,
        sheet=None,
        sha256=digest,
        encoding=text.encoding,
        delimiter=known.dialect.delimiter,
        header_row=known.layout.last_row,
        rows_read=0,
        notes=(*text.notes, *known.layout.notes),
    )
    return Sheet(one.path, source, headings, frame_of(sample_rows(known), headings, headings))


def _survey_workbook(one: Found, name: str, data: bytes, digest: str, passed: list[tuple[str, str]]) -> list[Sheet]:
    from caseaudit.reading.delimited import frame_of
    from caseaudit.reading.workbook import survey_workbook

    tabs, without = survey_workbook(data, name)
    passed += [(f"{name} › {tab}", why) for tab, why in without]
    return [
        Sheet(
            one.path,
            Source(name, tab.name, digest, None, None, tab.layout.last_row, 0, tab.notes),
            tab.layout.headings,
            frame_of(tab.sample, tab.layout.headings, tab.layout.headings),
        )
        for tab in tabs
    ]


def load(sheet: Sheet, headings: Collection[str]) -> Export:
    """Read the rows of one source.

    Args:
        sheet: as `survey` found it.
        headings: the columns to read; the others never enter the frame.

    Returns:
        The rows as text, blanks null, with SOURCE_ROW; and what was set aside, furniture and malformed records.

    Raises:
        UnreadableExport: the file has changed since the survey, or cannot be read any more.
        UsageProblem: a heading is none of the sheet's.
    """
    unknown = [heading for heading in headings if heading not in sheet.headings]
    if unknown:
        raise UsageProblem(f"{sheet.source.label} has no column {', '.join(unknown)}; look at the mapping.")
    data = read_bytes(sheet.path, sheet.source.file)
    if hashlib.sha256(data).hexdigest() != sheet.source.sha256:
        raise UnreadableExport(f"{sheet.source.file} was changed while it was being read; run again.")
    frame, aside = _rows(sheet, data, headings)
    rejected = tuple(Rejected(0, row, None, None, reason, furniture=furniture) for row, reason, furniture in aside)
    rows_read = frame.height + len(rejected)
    return Export(replace(sheet.source, rows_read=rows_read), frame, rejected)


def _rows(sheet: Sheet, data: bytes, headings: Collection[str]):
    if sheet.source.sheet is not None:
        from caseaudit.reading.workbook import read_tab

        frame, aside, _ = read_tab(data, sheet.source.sheet, sheet.source.label, headings)
        return frame, aside
    from caseaudit.reading.delimited import read_rows
    from caseaudit.reading.dialect import understand
    from caseaudit.reading.encoding import read_text

    text = read_text(data, sheet.source.file)
    return read_rows(text.data, understand(text.data, sheet.source.file), headings)
