"""The sheets of workbooks, each workbook opened once for its survey and its rows as far as memory should go to that."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from caseaudit.model import Sheet, Source
from caseaudit.reading import limits
from caseaudit.reading.content import Content

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.reading.workbook import Workbook

# Until the rows are read. The key is the digest of the bytes, so nothing stale comes back.
_lock = Lock()
_opened: OrderedDict[tuple[str, str | None], Workbook] = OrderedDict()


def survey_workbook(content: Content, passed: list[tuple[str, str]]) -> list[Sheet]:
    """Find the sheets of a workbook that hold a table; what was passed over is put to PASSED with the reason.

    Raises:
        UnreadableExport: it cannot be opened, or a sheet's header is broken.
    """
    from caseaudit.reading.frames import frame_of

    with _workbook(content) as book:
        tabs, without = book.survey()
        from_1904 = book.from_1904
    passed += [(f"{content.name} › {tab}", why) for tab, why in without]
    return [
        Sheet(
            content.path,
            Source(content.name, tab.name, content.sha256, None, None, tab.layout.last_row, 0, tab.notes, from_1904),
            tab.layout.headings,
            frame_of(tab.sample, tab.layout.headings, tab.layout.headings),
            content.member,
        )
        for tab in tabs
    ]


def read_tab(
    content: Content, tab: str, wanted: Collection[str]
) -> tuple[pl.DataFrame, list[tuple[int, str, bool]], tuple[str, ...]]:
    """Read the rows of one sheet: the rows, (row, reason, whether furniture) of what was set aside, and notes.

    Raises:
        UnreadableExport: the workbook or the sheet cannot be read.
    """
    with _workbook(content) as book:
        return book.read(tab, wanted)


@contextmanager
def _workbook(content: Content) -> Iterator[Workbook]:
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
        if sum(b.unpacked.size for b in _opened.values()) > limits.UNPACKED_KEPT:
            book.unpacked.let_go()


def forget() -> None:
    """Close what the survey kept open: every row is read."""
    with _lock:
        _opened.clear()
