"""What the owners of findings wrote into findings.xlsx, read back by fingerprint.

Between writing and reading, people sort, filter, move and add columns, and save with another program. So sheets are
known by their headings, cells by what they hold, and what cannot be understood is kept as text.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseaudit.errors import UsageProblem

FINGERPRINT, OWNER, DUE, REPLY, DONE = "fingerprint", "owner", "due by", "reply", "done on"
CONTEXT = ("check", "team", "subject", "measure")
"""Headings that say what was answered, for when the finding itself is gone."""

EARLIER = "Earlier replies"
MOST_UNPACKED = 4 * 2**30
"""A workbook of a million findings unpacks to 1 GB. What is far beyond is none, and could take the machine down."""

_HEADER_WITHIN = 30
_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d %H:%M:%S")
_EPOCH = dt.date(1899, 12, 30)
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Reply:
    """What an owner wrote about a finding.

    Attributes:
        owner: who took it on; due_on: by when; reply: what was done or why not; done_on: when it was.
        check, team, subject, measure: what was answered.
    """

    owner: str = ""
    due_on: dt.date | None = None
    reply: str = ""
    done_on: dt.date | None = None
    check: str = ""
    team: str = ""
    subject: str = ""
    measure: str = ""

    def joined(self, other: Reply) -> Reply:
        """Two rows of one finding: different words stand beside each other; the later day of each kind counts."""
        return Reply(
            _both(self.owner, other.owner, " / "),
            max(filter(None, (self.due_on, other.due_on)), default=None),
            _both(self.reply, other.reply, "\n"),
            max(filter(None, (self.done_on, other.done_on)), default=None),
            *(getattr(self, name) or getattr(other, name) for name in CONTEXT),
        )


def _both(one: str, other: str, between: str) -> str:
    return between.join(dict.fromkeys(filter(None, [*one.split(between), *other.split(between)])))


def replies_in(path: Path) -> dict[str, Reply]:
    """The replies in a file.

    Raises:
        UsageProblem: it cannot be read, or is no findings.xlsx.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise UsageProblem(f"The replies '{path.name}' cannot be read ({fault.strerror}).") from None
    return read_replies(content)


def read_replies(content: bytes) -> dict[str, Reply]:
    """The replies in a filled findings.xlsx.

    Returns:
        Fingerprint → reply, for the findings somebody answered. A row that was answered but has lost its fingerprint
        is kept under where it stands.

    Raises:
        UsageProblem: it is no findings.xlsx. The message quotes no cell.
    """
    replies: dict[str, Reply] = {}
    found = False
    # A finding that is there goes before a reply to one that was gone the last time.
    for name, rows in sorted(_sheets(content), key=lambda sheet: sheet[0].startswith(EARLIER)):
        heads = _header(name, rows)
        if heads is None:
            continue
        found = True
        here: dict[str, Reply] = {}
        for number, cells in rows:
            reply = _reply(cells, heads)
            if reply is not None:
                key = _text(_at(cells, heads, FINGERPRINT)) or f"no fingerprint: {name}, row {number}"
                here[key] = here[key].joined(reply) if key in here else reply
        for key, reply in here.items():
            earlier = name.startswith(EARLIER)
            replies[key] = replies[key] if key in replies and earlier else _added(replies, key, reply)
    if not found:
        raise UsageProblem(
            f"The file of replies is no findings.xlsx: no sheet has the headings '{FINGERPRINT}' and '{REPLY}'."
        )
    return replies


def _added(replies: Mapping[str, Reply], key: str, reply: Reply) -> Reply:
    return replies[key].joined(reply) if key in replies else reply


Rows = Iterator[tuple[int, Sequence[Any]]]


def _sheets(content: bytes) -> list[tuple[str, Rows]]:
    """Every sheet's name and its rows with the numbers a person sees."""
    import python_calamine

    unreadable = "The file of replies cannot be read as a workbook; give the filled findings.xlsx, saved as XLSX."
    if not _plausible(content):
        raise UsageProblem(unreadable)
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        return [(name, _rows(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except python_calamine.PasswordError:
        raise UsageProblem("The file of replies is protected by a password; save a copy without one.") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise UsageProblem(unreadable) from None
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # of the Rust library; it is no Exception
            raise
        raise UsageProblem(unreadable) from None


def _plausible(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return bool(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(member.file_size for member in packed.infolist()) <= MOST_UNPACKED
    except zipfile.BadZipFile:
        return False


def _rows(sheet: Any) -> Rows:
    # The library begins with the first filled row, whose number it tells apart.
    return enumerate(sheet.iter_rows(), start=1)


def _header(sheet: str, rows: Rows) -> dict[str, int] | None:
    """Where the known columns stand; the rows are then at the first one below the header. None for other sheets."""
    known = {FINGERPRINT, OWNER, DUE, REPLY, DONE, *CONTEXT}
    for _, (_, cells) in zip(range(_HEADER_WITHIN), rows, strict=False):
        heads = [re.sub(r"[\s_]+", " ", str(cell)).strip().casefold() for cell in cells]
        if FINGERPRINT in heads and REPLY in heads:
            for name in (FINGERPRINT, OWNER, DUE, REPLY, DONE):
                if heads.count(name) > 1:
                    raise UsageProblem(
                        f"Sheet '{sheet}' of the file of replies has the column '{name}' more than once; "
                        "rename the one that was added."
                    )
            return {name: heads.index(name) for name in known if name in heads}
    return None


def _at(cells: Sequence[Any], heads: Mapping[str, int], name: str) -> Any:
    place = heads.get(name)
    return "" if place is None or place >= len(cells) else cells[place]


def _reply(cells: Sequence[Any], heads: Mapping[str, int]) -> Reply | None:
    """The reply in a row; None where nobody wrote one. A day that is none is kept in the text."""
    if not any(_at(cells, heads, name) not in {"", None} for name in (OWNER, DUE, REPLY, DONE)):
        return None  # most rows of a long file
    owner, text = (_text(_at(cells, heads, name)) for name in (OWNER, REPLY))
    days: dict[str, dt.date | None] = {}
    for name in (DUE, DONE):
        given = _at(cells, heads, name)
        days[name] = _day(given)
        if days[name] is None and _text(given):
            text = _both(text, f"({name}: {_text(given)})", "\n")
    if not (owner or text or days[DUE] or days[DONE]):
        return None
    return Reply(owner, days[DUE], text, days[DONE], *(_text(_at(cells, heads, name)) for name in CONTEXT))


def _text(value: Any) -> str:
    """A cell as text; a spreadsheet may have turned digits into a number."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _day(value: Any) -> dt.date | None:
    """A cell as a day: a date, the number of one, or the text of one."""
    day: dt.date | None = None
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    elif isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 80_000:
        day = _EPOCH + dt.timedelta(days=int(value))
    elif isinstance(value, str) and value:
        for form in _FORMS:
            try:
                day = dt.datetime.strptime(value.strip(), form).date()  # noqa: DTZ007 - a day has no zone
                break
            except ValueError:
                continue
    return day if day is not None and day.year in _YEARS else None
