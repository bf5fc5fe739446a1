"""The two doors of reading: `survey` for what there is, `load` for the rows of one source."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from caseaudit.errors import CaseauditError, UnreadableExport, UsageProblem
from caseaudit.model import Export, Rejected, Sheet, Source
from caseaudit.reading import limits
from caseaudit.reading.archive import member_bytes, members
from caseaudit.reading.files import Found, find_files, read_bytes
from caseaudit.reading.kinds import Kind, kind_of

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.reading.dialect import Understood
    from caseaudit.reading.encoding import Text
    from caseaudit.reading.workbook import Workbook

Aside = list[tuple[int, str, bool]]
_AT_ONCE = 2
_TOLD_BY = 2**20
"""Bytes of a text on which what is understood of it rests; it looks at no more than the first half of them."""


@dataclass(frozen=True)
class Survey:
    """What a folder of exports holds.

    Attributes:
        sheets: every source with a table.
        passed_over: (file, or file and sheet; why it was not read), such as ("README.md", "is no export (.md)").
    """

    sheets: tuple[Sheet, ...]
    passed_over: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Content:
    """A file's content, or a ZIP member's, on its way to a reader."""

    path: Path
    name: str
    member: str | None
    data: bytes
    sha256: str

    @property
    def key(self) -> tuple[str, str | None]:
        return self.sha256, self.member


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
    # Two files at a time: what is heavy, above all opening workbooks, lets go of the interpreter.
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        for some, without in pool.map(_survey_file, found):  # in the order of FOUND, the first refusal first
            sheets += some
            passed += without
    finally:
        pool.shutdown(cancel_futures=True)
    return Survey(tuple(sheets), tuple(passed))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was understood of a text from its beginning, and by what to know that beginning again.

    Attributes:
        length, digest: of the beginning.
        known: what it told.
    """

    length: int
    digest: bytes
    known: Understood

    def begins(self, text: Text) -> bool:
        """Whether a text begins so, and so tells the same."""
        return hashlib.sha256(text.data[: self.length]).digest() == self.digest


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
        data = read_bytes(one.path, one.name)
        whole = _Content(one.path, one.name, None, data, hashlib.sha256(data).hexdigest())
        if kind_of(data)[0] is Kind.ARCHIVE:
            return _survey_archive(whole, passed), passed
        return _survey_one(whole, passed), passed


def _survey_archive(whole: _Content, passed: list[tuple[str, str]]) -> list[Sheet]:
    sheets: list[Sheet] = []
    for member, content in members(whole.data, whole.name, passed):
        if not content:
            passed.append((f"{whole.name}/{member}", "is empty"))
            continue
        sheets += _survey_one(replace(whole, name=f"{whole.name}/{member}", member=member, data=content), passed)
    if not sheets:
        raise UnreadableExport(f"{whole.name} holds no export; CSV, Excel, ODS or Parquet files are expected in it.")
    return sheets


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
    data = read_bytes(sheet.path, sheet.source.file)
    if hashlib.sha256(data).hexdigest() != sheet.source.sha256:
        raise UnreadableExport(f"{sheet.source.file} was changed while it was being read; run again.")
    if sheet.member is not None:
        data = member_bytes(data, sheet.source.file, sheet.member)
    content = _Content(sheet.path, sheet.source.file, sheet.member, data, sheet.source.sha256)
    source, frame, aside = _read_one(sheet, content, set(headings))
    if not set(headings) <= set(frame.columns):
        raise UnreadableExport(
            f"{source.label} turns out to have other columns once it is read to its end: its rows are out of order, or "
            "its line ends are mixed. Open it in a spreadsheet program and save it again."
        )
    rejected = tuple(Rejected(0, row, None, None, reason, furniture=furniture) for row, reason, furniture in aside)
    return Export(replace(source, rows_read=frame.height + len(rejected)), frame, rejected)


def _survey_one(content: _Content, passed: list[tuple[str, str]]) -> list[Sheet]:
    kind, words = kind_of(content.data)
    match kind:
        case Kind.TEXT:
            return [_survey_text(content)]
        case Kind.WORKBOOK:
            return _survey_workbook(content, passed)
        case Kind.PARQUET:
            return [_survey_parquet(content)]
    raise UnreadableExport(f"{content.name} is {words or 'an archive'}, which cannot be read; save it as CSV or XLSX.")


def _survey_text(content: _Content) -> Sheet:
    from caseaudit.reading.delimited import sample_rows
    from caseaudit.reading.dialect import takes_the_whole, understand
    from caseaudit.reading.encoding import read_beginning, read_text
    from caseaudit.reading.frames import frame_of

    text = read_beginning(content.data, content.name)
    if text is None or takes_the_whole(text.data):
        text = read_text(content.data, content.name)
    known = understand(text.data, content.name)
    _keep(content, text, known)
    headings = known.layout.headings
    sample = frame_of(sample_rows(known), headings, headings)
    return Sheet(content.path, _text_source(content, text, known), headings, sample, content.member)


def _text_source(content: _Content, text: Text, known: Understood) -> Source:
    notes = [*text.notes, *known.layout.notes]
    if content.name.casefold().endswith((".xls", ".xlsx", ".xlsb", ".xlsm", ".ods", ".parquet", ".zip")):
        notes.append("The file's ending is wrong: it is a text file with delimiters and was read as such.")
    return Source(
        file=content.name,
        sheet=None,
        sha256=content.sha256,
        encoding=text.encoding,
        delimiter=known.dialect.delimiter,
        header_row=known.layout.last_row,
        rows_read=0,
        notes=tuple(notes),
    )


def _survey_workbook(content: _Content, passed: list[tuple[str, str]]) -> list[Sheet]:
    from caseaudit.reading.frames import frame_of

    with _workbook(content) as book:
        tabs, without = book.survey()
    passed += [(f"{content.name} › {tab}", why) for tab, why in without]
    return [
        Sheet(
            content.path,
            Source(content.name, tab.name, content.sha256, None, None, tab.layout.last_row, 0, tab.notes),
            tab.layout.headings,
            frame_of(tab.sample, tab.layout.headings, tab.layout.headings),
            content.member,
        )
        for tab in tabs
    ]


def _survey_parquet(content: _Content) -> Sheet:
    from caseaudit.reading.parquet import read_parquet

    headings, sample, notes = read_parquet(content.data, content.name, None, most=200)
    source = Source(content.name, None, content.sha256, None, None, 0, 0, tuple(notes))
    return Sheet(content.path, source, headings, sample, content.member)


def _read_one(sheet: Sheet, content: _Content, wanted: Collection[str]) -> tuple[Source, pl.DataFrame, Aside]:
    source = sheet.source
    if source.sheet is not None:
        with _workbook(content) as book:
            frame, aside, notes = book.read(source.sheet, wanted)
        return replace(source, notes=(*source.notes, *notes)), frame, aside
    if kind_of(content.data)[0] is Kind.PARQUET:
        from caseaudit.reading.parquet import read_parquet

        return source, read_parquet(content.data, content.name, wanted)[1], []
    return _read_text(content, wanted)


def _read_text(content: _Content, wanted: Collection[str]) -> tuple[Source, pl.DataFrame, Aside]:
    from caseaudit.reading.delimited import notes_on, read_carefully
    from caseaudit.reading.dialect import understand
    from caseaudit.reading.encoding import decode, one_line_end
    from caseaudit.reading.plain import read_plain

    text = decode(content.data, content.name)
    kept = _known.pop(content.key, None)
    frame, aside = None, list[tuple[int, str, bool]]()
    # Most exports are read with the line ends they have; to change those first takes as long as to parse the text.
    if kept is not None and kept.begins(one_line_end(replace(text, data=text.data[: 2 * kept.length]))):
        known = kept.known
        frame = read_plain(text.data, known, wanted)
        more = notes_on(text.data, known)
    if frame is None:
        text = one_line_end(text)
        known = kept.known if kept is not None and kept.begins(text) else understand(text.data, content.name)
        frame, aside, more = read_carefully(text.data, known, wanted)
    source = _text_source(content, text, known)
    return replace(source, notes=(*source.notes, *more)), frame, aside


# What a survey found out, until the rows are read. The key is the digest of the bytes, so nothing stale comes back.
_lock = threading.Lock()
_opened: OrderedDict[tuple[str, str | None], Workbook] = OrderedDict()
_known: dict[tuple[str, str | None], _Kept] = {}


def _keep(content: _Content, text: Text, known: Understood) -> None:
    beginning = text.data[:_TOLD_BY]
    with _lock:
        if len(_known) < limits.TEXTS_KEPT:
            _known[content.key] = _Kept(len(beginning), hashlib.sha256(beginning).digest(), known)


@contextmanager
def _workbook(content: _Content) -> Iterator[Workbook]:
    """The workbook, opened once for its survey and its rows as far as memory should be spent on that.

    Opening is nine tenths of the cost of reading one. One thread has it at a time.
    """
    from caseaudit.reading.workbook import Workbook

    with _lock:
        book = _opened.pop(content.key, None)
    book = book or Workbook(content.data, content.name)
    yield book
    with _lock:
        _opened[content.key] = book
        while len(_opened) > 1 and (len(_opened) > 8 or sum(b.cells for b in _opened.values()) > limits.CELLS_KEPT):
            _opened.popitem(last=False)


def let_go() -> None:
    """Close what the survey kept open: every row is read."""
    with _lock:
        _opened.clear()
        _known.clear()
