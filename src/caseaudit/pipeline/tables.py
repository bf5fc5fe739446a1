"""From a folder of exports to the canonical tables, or to what would be made of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from caseaudit.errors import NothingToTest, UnreadableExport, UsageProblem
from caseaudit.model import SOURCE_ROW

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.model import Export, Sheet, SheetPlan, Tables

MOST_LISTED = 8

READERS = 2
"""Sources read at a time, while rows that were read are sorted into tables. Polars lets go of the interpreter."""

READ_AHEAD = 128 * 2**20
"""Bytes of text, about, up to which sources are read before they are asked for, those sorted into tables counted in.
Memory is there at the beginning: what is read later is read when the tables before it are made, or a run's peak grows.
"""

_PACKED = 4


Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Progress for nobody."""


def plan(exports: Sequence[Path], mapping_file: Path | None = None) -> tuple[tuple[SheetPlan, ...], tuple[str, ...]]:
    """What a run would make of the exports, and what it passed over, without reading their rows."""
    from caseaudit import mapping, reading

    with ThreadPoolExecutor(1) as beside:
        ready = beside.submit(mapping.make_ready)
        survey = reading.survey(exports)
        ready.result()
    if not survey.sheets:
        lines = [f"  - {file}: {why}" for file, why in survey.passed_over[:MOST_LISTED]]
        raise NothingToTest("\n".join(["There is nothing to read:", *lines, *_more(len(survey.passed_over))]))
    return mapping.plan(survey.sheets, mapping_file), tuple(f"{file}: {why}" for file, why in survey.passed_over)


def canonical_tables(
    exports: Sequence[Path],
    mapping_file: Path | None,
    needed: Collection[str],
    looked_at: Collection[str] | None = None,
    progress: Progress = silent,
) -> Tables:
    """The canonical tables of the exports.

    Args:
        exports: a folder, or files.
        mapping_file: the user's decisions about columns.
        needed: fields ("table.field") that must not rest on an open question.
        looked_at: tables of use; a source that feeds none of them is not read, and a note says so. None for all.
        progress: told what is being read.

    Raises:
        UsageProblem: a column that a selected check may need could be one of several fields.
        NothingToTest: the exports hold no row of any table.
    """
    from caseaudit import mapping

    progress("Looking at the exports")
    plans, passed_over = plan(exports, mapping_file)
    questions = mapping.questions(plans, needed)
    _nothing_left_out(plans, {(question.file, question.sheet) for question in questions})
    if questions:
        raise UsageProblem(_undecided([str(question) for question in questions]))
    used = [one for one in plans if _of_use(one, looked_at)]
    unread = [one.sheet.source.label for one in plans if not _of_use(one, looked_at)]
    tables = _filled(used, progress)
    if not any(frame.height for frame in tables.frames.values()):
        lines = [f"  - {one.sheet.source.label}: {one.left_out or 'no usable row'}" for one in used[:MOST_LISTED]]
        tail = "`caseaudit inspect` shows what was understood of each file."
        raise NothingToTest("\n".join(["No row of any export could be used:", *lines, *_more(len(used)), tail]))
    notes = [*mapping.warnings(plans), *(f"Passed over: {note}" for note in passed_over)]
    notes += [f"Not read, since no selected check uses it: {label}" for label in unread]
    return replace(tables, notes=(*tables.notes, *notes))


def _of_use(one: SheetPlan, looked_at: Collection[str] | None) -> bool:
    # A part of a published format may be of use to another part that looks its rows up.
    served = one.format is not None and bool(one.format.serves)
    return looked_at is None or not one.feeds or served or any(feed.table in looked_at for feed in one.feeds)


@dataclass(frozen=True)
class Understood:
    """What a run would make of the exports, rows included, open questions or not.

    Attributes:
        tables: the canonical tables.
        plans: what each source is taken for, in the order of tables.accounts.
        passed_over: files that are no exports, each with the reason.
        profiles: for each source, heading → (cells filled, different values); no value itself.
    """

    tables: Tables
    plans: tuple[SheetPlan, ...]
    passed_over: tuple[str, ...]
    profiles: tuple[dict[str, tuple[int, int]], ...]


def understood(exports: Sequence[Path], mapping_file: Path | None = None) -> Understood:
    """Read the exports as a run would, and say what was understood of them."""
    from caseaudit import normalising

    plans, passed_over = plan(exports, mapping_file)
    profiles: list[dict[str, tuple[int, int]]] = []
    with closing(_loaded(plans, silent, lambda export: profiles.append(_profile(export.frame)))) as pairs:
        tables = normalising.normalise(pairs)
    return Understood(tables, plans, passed_over, tuple(profiles))


def _profile(frame: pl.DataFrame) -> dict[str, tuple[int, int]]:
    return {
        name: (frame.height - frame[name].null_count(), frame[name].drop_nulls().n_unique())
        for name in frame.columns
        if name != SOURCE_ROW
    }


def _filled(plans: Sequence[SheetPlan], progress: Progress = silent) -> Tables:
    from caseaudit import normalising

    with closing(_loaded(plans, progress)) as pairs:
        return normalising.normalise(pairs)


def _loaded(
    plans: Sequence[SheetPlan], progress: Progress, also: Callable[[Export], None] = lambda _: None
) -> Generator[tuple[Export, SheetPlan]]:
    """The rows of each source in the order of the plans; the next are read meanwhile, up to READ_AHEAD."""
    from caseaudit import reading

    waiting = deque(plans)
    ahead: deque[tuple[SheetPlan, Future[Export]]] = deque()
    files = {one.sheet.path: Lock() for one in plans}
    pool = ThreadPoolExecutor(READERS)
    taken = 0
    try:
        while waiting or ahead:
            while waiting and (taken := taken + _weight(waiting[0].sheet)) <= READ_AHEAD:
                one = waiting.popleft()
                ahead.append((one, pool.submit(_alone, files[one.sheet.path], one)))
            one, coming = ahead.popleft() if ahead else (waiting.popleft(), None)
            progress(f"Reading {one.sheet.source.label}")
            export = coming.result() if coming else _alone(files[one.sheet.path], one)
            del coming  # which holds the rows too
            also(export)
            progress("Sorting rows into tables")
            pair = export, one
            del export
            yield pair
            del pair
    finally:
        pool.shutdown(cancel_futures=True)
        reading.let_go()


def _alone(file: Lock, one: SheetPlan) -> Export:
    """The rows of a source; two sheets of a workbook never at once, since it would be opened twice."""
    from caseaudit import mapping

    with file:
        return _read(one.sheet, mapping.headings(one))


def _weight(sheet: Sheet) -> int:
    """About how many bytes the text of a source takes: a sheet is packed in its file, or is one part of it."""
    try:
        size = sheet.path.stat().st_size
    except OSError:
        return 0  # what is wrong with it, reading it will say
    return size * (1 if sheet.source.sheet is None and sheet.member is None else _PACKED)


def _read(sheet: Sheet, headings: Collection[str]) -> Export:
    """The rows of a sheet; asked for by the file's own headings, and named as the sheet has them."""
    from caseaudit import reading

    if not sheet.written:
        return reading.load(sheet, headings)
    own = dict(zip(sheet.headings, sheet.written, strict=True))
    as_in_file = replace(sheet, headings=sheet.written, written=())
    export = reading.load(as_in_file, {own[heading] for heading in headings})
    return replace(export, frame=export.frame.rename({own[heading]: heading for heading in headings}))


def _nothing_left_out(plans: Sequence[SheetPlan], asked: Collection[tuple[str, str | None]]) -> None:
    """Refuse to go on without a sheet that a selected check needs and that lacks a column no row can do without."""
    lost = [one for one in plans if one.left_out and (one.sheet.source.file, one.sheet.source.sheet) in asked]
    if lost:
        lines = [f"  - {one.sheet.source.label}: {one.left_out}" for one in lost[:MOST_LISTED]]
        head = "These exports cannot be used as they are, and a check needs them:"
        tail = (
            "Add the column to the export, or name it in a mapping file (`caseaudit map` writes one), or leave the "
            "sheet out there with leave_out = true."
        )
        raise UnreadableExport("\n".join([head, *lines, *_more(len(lost)), tail]))


def _undecided(questions: Sequence[str]) -> str:
    head = "These columns could be more than one thing, and a check needs to know which:"
    tail = (
        "Decide them in a mapping file: `caseaudit map` writes one with the questions in it; then run with --mapping."
    )
    return "\n".join([head, *(f"  - {one}" for one in questions[:MOST_LISTED]), *_more(len(questions)), tail])


def _more(count: int) -> list[str]:
    return [f"  and {count - MOST_LISTED} more"] if count > MOST_LISTED else []
