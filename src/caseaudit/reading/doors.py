"""The two doors of reading: `survey` for what there is, `load` for the rows of one source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from caseaudit.at_once import at_once
from caseaudit.errors import CaseauditError, UnreadableExport, UsageProblem
from caseaudit.model import Export, Rejected, Sheet, Source
from caseaudit.reading import tabs, textfiles
from caseaudit.reading.archive import member_bytes, members
from caseaudit.reading.content import Content, forget, read_again
from caseaudit.reading.files import Found, find_files
from caseaudit.reading.kinds import Kind

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Survey:
    """What a folder of exports holds.

    Attributes:
        sheets: every source with a table.
        passed_over: (file, or file and sheet; why it was not read), such as ("README.md", "is no export (.md)").
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
    for some, without in at_once(_survey_file, found):
        sheets += some
        passed += without
    return Survey(tuple(sheets), tuple(passed))


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Whatever goes wrong beyond what was foreseen, a panic in a reader's Rust part included, refuses the file."""
    try:
        yield
    except CaseauditError:
        raise
    except BaseException as problem:
        if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
            raise UnreadableExport(
                f"{name} could not be read ({type(problem).__name__}); save it again as CSV or XLSX and try that."
            ) from problem
        raise


def _survey_file(one: Found) -> tuple[list[Sheet], list[tuple[str, str]]]:
    """The sheets of a file, and what of it was passed over."""
    passed: list[tuple[str, str]] = []
    with _refusing(one.name):
        whole = Content.of_file(one.path, one.name)
        if whole.kind[0] is Kind.ARCHIVE:
            return _survey_archive(whole, passed), passed
        return _survey_one(whole, passed), passed


def _survey_archive(whole: Content, passed: list[tuple[str, str]]) -> list[Sheet]:
    sheets: list[Sheet] = []
    for member, data in members(whole.data, whole.name, passed):
        if not data:
            passed.append((f"{whole.name}/{member}", "is empty"))
            continue
        sheets += _survey_one(whole.with_member(member, f"{whole.name}/{member}", data), passed)
    if not sheets:
        raise UnreadableExport(f"{whole.name} holds no export; CSV, Excel, ODS or Parquet files are expected in it.")
    return sheets


def _survey_one(content: Content, passed: list[tuple[str, str]]) -> list[Sheet]:
    kind, words = content.kind
    match kind:
        case Kind.TEXT:
            return [textfiles.survey_text(content)]
        case Kind.WORKBOOK:
            return tabs.survey_workbook(content, passed)
        case Kind.PARQUET:
            return [_survey_parquet(content)]
    raise UnreadableExport(f"{content.name} is {words or 'an archive'}, which cannot be read; save it as CSV or XLSX.")


def _survey_parquet(content: Content) -> Sheet:
    from caseaudit.reading.parquet import read_parquet

    headings, sample, notes = read_parquet(content.data, content.name, None, most=200)
    source = Source(content.name, None, content.sha256, None, None, 0, 0, tuple(notes))
    return Sheet(content.path, source, headings, sample, content.member)


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
    with _refusing(sheet.source.label):
        return _load(sheet, headings)


def _load(sheet: Sheet, headings: Collection[str]) -> Export:
    unknown = [heading for heading in headings if heading not in sheet.headings]
    if unknown:
        raise UsageProblem(f"{sheet.source.label} has no column {', '.join(unknown)}; look at the mapping.")
    content = read_again(sheet.path, sheet.source.file)
    if content.sha256 != sheet.source.sha256:
        raise UnreadableExport(f"{sheet.source.file} was changed while it was being read; run again.")
    if sheet.member is not None:
        data = member_bytes(content.data, content.name, sheet.member)
        content = content.with_member(sheet.member, content.name, data)
    source, frame, aside = _read(sheet, content, set(headings))
    if not set(headings) <= set(frame.columns):
        raise UnreadableExport(
            f"{source.label} turns out to have other columns once it is read to its end: its rows are out of order, or "
            "its line ends are mixed. Open it in a spreadsheet program and save it again."
        )
    rejected = tuple(Rejected(0, row, None, None, reason, furniture=furniture) for row, reason, furniture in aside)
    return Export(replace(source, rows_read=frame.height + len(rejected)), frame, rejected)


def _read(
    sheet: Sheet, content: Content, wanted: Collection[str]
) -> tuple[Source, pl.DataFrame, list[tuple[int, str, bool]]]:
    source = sheet.source
    if source.sheet is not None:
        frame, aside, notes = tabs.read_tab(content, source.sheet, wanted)
        return replace(source, notes=(*source.notes, *notes)), frame, aside
    if content.kind[0] is Kind.PARQUET:
        from caseaudit.reading.parquet import read_parquet

        return source, read_parquet(content.data, content.name, wanted)[1], []
    return textfiles.read_text_file(content, wanted)


def let_go() -> None:
    """Close what the survey kept open: every row is read."""
    forget()
    textfiles.forget()
    tabs.forget()
