"""What one cell holds, as text: trimming, and the look of a value (a word, a number, a date, a code)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

BLANKS = (
    " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""Signs that count as nothing at either end of a cell: blanks of every width, and the invisible ones."""

Row = tuple[int, tuple[str, ...]]
"""A physical row number and its cells, trimmed; a blank cell is an empty text."""

_NUMBER = re.compile(r"[-+(]?\s*[£$€]?\s*[-+]?\d[\d,. \u00a0]*%?\)?")
_DATE = re.compile(
    r"""\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*                        # 01/04/2026, 2026-04-01T09:30
      | (?:[a-z]{3,9},?[ ])?\d{1,2}(?:st|nd|rd|th)?[-/ ]?[a-z]{3,9}[-/ ,]*\d{2,4}.*   # 1 April 2026, 01-Apr-26
      | [a-z]{3,9}[ ]\d{1,2}(?:st|nd|rd|th)?,?[ ]\d{4}.*         # April 1, 2026
      | \d{1,2}:\d{2}(?::\d{2})?(?:[ ]?[ap]m)?                   # 09:30
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MONTH = re.compile(r"[a-z]{3,9}[-/ ']{0,2}\d{2,4}|q[1-4]([ -/]?\d{2,4})?", re.IGNORECASE)
_CODE = re.compile(r"[a-z]{0,4}[-_/ ]?\d{2,}[-/\d]*[a-z]{0,2}|\S+@\S+\.\S+|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
_MARKS = frozenset({"y", "n", "yes", "no", "true", "false", "x", "n/a", "na", "#n/a", "null", "none", "tbc", "-", "--"})


def trim(text: str) -> str:
    """The text without blanks at either end, whatever their width; a non-breaking blank inside is a blank."""
    return text.strip(BLANKS).replace("\u00a0", " ")


@lru_cache(8192)
def look(cell: str) -> str:
    """What a trimmed cell looks like: blank, number, date, month, code, mark (yes, no, n/a ...) or text."""
    if not cell:
        return "blank"
    if cell.casefold() in _MARKS:
        return "mark"
    for name, pattern in (("number", _NUMBER), ("month", _MONTH), ("date", _DATE), ("code", _CODE)):
        if pattern.fullmatch(cell):
            return name
    return "text" if any(map(str.isalpha, cell)) else "number"


def filled(cells: Sequence[str]) -> int:
    """How many cells hold something."""
    return len(cells) - list(cells).count("")


def extent(cells: Sequence[str]) -> int:
    """How many cells there are up to the last one that holds something."""
    for at in range(len(cells), 0, -1):
        if cells[at - 1]:
            return at
    return 0


def counted(count: int, noun: str) -> str:
    """A number and a noun that takes an s: `1 row`, `2 rows`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
