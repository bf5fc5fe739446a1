"""Reading an audit sheet back: by headings and case ids, so that a spreadsheet may have saved or rearranged it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from caseaudit.errors import UsageProblem
from caseaudit.sampling.audit_sheet import CASE, OUT
from caseaudit.sampling.questions import ANSWERS, OUTSIDE, Question

Cells: TypeAlias = Sequence[tuple[int, Sequence[Any]]]
"""Rows of a sheet: the physical row number and its cells."""

Place: TypeAlias = tuple[str, int]
"""Where a row stands: the name of the sheet and the row a person sees there."""

MOST_BYTES, MOST_UNPACKED = 50 * 2**20, 400 * 2**20
"""An audit sheet has some hundred kilobytes. What is far beyond is none, and could take the machine down."""

_HEADER_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a filled sheet that names a case.

    Attributes:
        place: where it stands.
        case_id: as it stands in the sheet.
        answers: code of each question → one of ANSWERS; None where it is blank.
        outside: why the case does not belong on the list; None for one that does.
    """

    place: Place
    case_id: str
    answers: Mapping[str, str | None]
    outside: str | None

    @property
    def touched(self) -> bool:
        """Whether anything has been filled in."""
        return self.outside is not None or any(self.answers.values())


def sheets_of(path: Path) -> dict[str, Cells]:
    """The sheets of a workbook by name, with physical row numbers.

    Raises:
        UsageProblem: it cannot be read.
    """
    import python_calamine

    unreadable = f"'{path.name}' cannot be read as a workbook. Give the filled sample.xlsx, saved as XLSX"
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise UsageProblem(f"'{path.name}' cannot be read ({fault.strerror}).") from None
    if not _plausible(data):
        raise UsageProblem(f"{unreadable}.")
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        return {name: _cells(book.get_sheet_by_name(name)) for name in book.sheet_names}
    except python_calamine.PasswordError:
        raise UsageProblem(f"'{path.name}' is protected by a password. Save a copy without one.") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise UsageProblem(f"{unreadable}; this file is damaged or cut off.") from None
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # of the Rust library; it is no Exception
            raise
        raise UsageProblem(f"{unreadable}; this file is damaged.") from None


def _plausible(data: bytes) -> bool:
    if len(data) > MOST_BYTES:
        return False
    if not data.startswith(b"PK"):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return sum(member.file_size for member in packed.infolist()) <= MOST_UNPACKED
    except zipfile.BadZipFile:
        return False


def _cells(sheet: Any) -> Cells:
    if sheet.start is None:
        return []
    return list(enumerate(sheet.to_python(), start=sheet.start[0] + 1))


def filled_rows(sheets: Mapping[str, Cells], questions: Sequence[Question]) -> tuple[Row, ...]:
    """Every row that names a case, from every sheet that has the columns of an audit sheet.

    Raises:
        UsageProblem: no sheet has them, a column stands twice or is missing, a row has answers without a case, or an
            answer is none of the words asked for. The message gives row numbers and quotes no cell.
    """
    headers = {name: found for name, cells in sheets.items() if (found := _header(cells, questions))}
    if not headers:
        raise UsageProblem(
            f"No sheet has the columns of an audit sheet: '{CASE}' and one for each of "
            f"{', '.join(question.heading for question in questions)}. The headings must stay as they were written."
        )
    rows: list[Row] = []
    faults: dict[str, list[Place]] = {}
    for name, (header_row, places) in headers.items():
        columns = _columns(name, places, questions)
        for number, cells in sheets[name]:
            if number > header_row and (row := _row((name, number), cells, columns, faults)):
                rows.append(row)
    if faults:
        said = [f"{fault}: {listed(places)}." for fault, places in faults.items()]
        raise UsageProblem("\n".join(["The sheet cannot be evaluated:", *(f"  - {line}" for line in said)]))
    return tuple(rows)


def listed(places: Iterable[Place], most: int = 12) -> str:
    """Places in words: "Audit rows 3-7, 9; Reserve row 4"; after a dozen stretches of rows, how many rows more."""
    by_sheet: dict[str, list[list[int]]] = {}
    for sheet, row in sorted(set(places)):
        stretches = by_sheet.setdefault(sheet, [])
        if stretches and stretches[-1][-1] == row - 1:
            stretches[-1].append(row)
        else:
            stretches.append([row])
    said = []
    for sheet, stretches in by_sheet.items():
        words = [f"{rows[0]}-{rows[-1]}" if len(rows) > 1 else str(rows[0]) for rows in stretches[:most]]
        more = sum(len(rows) for rows in stretches[most:])
        many = more or len(stretches) > 1 or len(stretches[0]) > 1
        said.append(f"{sheet} row{'s' if many else ''} {', '.join(words)}{f' and {more:,} more' if more else ''}")
    return "; ".join(said)


def _header(cells: Cells, questions: Sequence[Question]) -> tuple[int, list[tuple[str, int]]] | None:
    """Row of the header, and the columns in it that are known, by what they are."""
    for number, row in cells[:_HEADER_WITHIN]:
        found = [(what, place) for place, cell in enumerate(row) if (what := _what(_plain(cell), questions))]
        whats = {what for what, _ in found}
        if CASE in whats and len(whats - {CASE, OUT}) > 0:
            return number, found
    return None


def _what(heading: str, questions: Sequence[Question]) -> str | None:
    known = {CASE: CASE, OUT: OUT, **{question.heading: question.code for question in questions}}
    return {_plain(name): what for name, what in known.items()}.get(heading)


def _columns(sheet: str, found: list[tuple[str, int]], questions: Sequence[Question]) -> dict[str, int]:
    names = {CASE: CASE, OUT: OUT, **{question.code: question.heading for question in questions}}
    columns = dict(found)
    if missing := [name for what, name in names.items() if what not in columns]:
        raise UsageProblem(f"Sheet '{sheet}' has lost these columns: {', '.join(missing)}.")
    if len(columns) < len(found):
        twice = [names[what] for what in columns if [known for known, _ in found].count(what) > 1]
        raise UsageProblem(f"Sheet '{sheet}' has these columns more than once: {', '.join(twice)}.")
    return columns


def _row(place: Place, cells: Sequence[Any], columns: Mapping[str, int], faults: dict[str, list[Place]]) -> Row | None:
    def at(what: str) -> Any:
        return cells[columns[what]] if columns[what] < len(cells) else ""

    case = _text(at(CASE))
    given = {code: _plain(at(code)) or None for code in columns if code not in {CASE, OUT}}
    outside = _plain(at(OUT)) or None
    if not case:
        if outside or any(given.values()):
            faults.setdefault("answers without a case", []).append(place)
        return None
    for code, answer in given.items():
        if answer not in {None, *ANSWERS}:
            faults.setdefault(f"{code} is none of {', '.join(ANSWERS)}", []).append(place)
    if outside not in {None, *OUTSIDE}:
        faults.setdefault(f"'{OUT}' is none of {', '.join(OUTSIDE)}", []).append(place)
    if outside and any(given.values()):
        faults.setdefault(f"both answers and '{OUT}' are given; it can be only one of them", []).append(place)
    return Row(place, case, given, outside)


def _text(value: Any) -> str:
    """A cell as text; a spreadsheet may have turned digits into a number."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _plain(value: Any) -> str:
    return " ".join(re.sub(r"[\s_\-\u00a0]+", " ", str(value)).split()).casefold()
