"""What the values of a column look like, and whether that fits a field. Judged on the sample, before any is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseaudit.tables import FieldSpec

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"^(?:[a-z]{{3,9}},? )?(?:\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](?:\d{{4}}|\d{{2}})|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|"
    rf"(?:19\d\d|20[0-4]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[-/. ,]*{_MONTH}[-/. ,]*'?\d{{2,4}}|"
    rf"{_MONTH}[-/. ]*\d{{1,2}}(?:st|nd|rd|th)?[-/. ,]+\d{{4}})(?:[ t].*)?$"
)
_MONTHLY = re.compile(rf"^(?:{_MONTH}[-/. ,]*'?\d{{2,4}}|\d{{4}}[-/. ]?(?:\d{{2}}|{_MONTH})|\d{{1,2}}[-/.]\d{{4}})$")
_NUMERIC = re.compile(r"^(\d{1,2})([-/. ])(\d{1,2})[-/. ](?:\d{4}|\d{2})(?:[ t].*)?$")
_SERIAL = re.compile(r"^[2-7]\d{4}(?:\.\d+)?$")
_NUMBER = re.compile(r"^[+-]?[\d, ]*\.?,?\d+\s*(?:%|wte|fte)?$")
_NAME = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof)\.? )?[^\W\d_]+(?:['’-][^\W\d_]+)*,?(?: [^\W\d_]+(?:['’.-][^\W\d_]*)*){1,3}$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"^(?:\+[\d ()-]{9,16}|07\d{9}|\(?0\d{2,4}[ )-][\d ()-]{5,11})$")
_DIGIT = re.compile(r"\d")
_SILENT = frozenset(
    ("", "-", "--", "–", "—", "n/a", "na", "tbc", "tba", "tbd", "none", "nil", "not known", "unknown", "not recorded",
     "null", "n/k", "nk", "?", "not applicable", "blank", "(blank)", "never", "no date", "#n/a", ".")
)  # fmt: skip
_YES_NO = frozenset(
    ("yes", "no", "y", "n", "true", "false", "t", "f", "1", "0", "x", "✓", "✔", "✗", "☐", "☑", "☒", "done", "not done",
     "-1", "1.0", "0.0", "ja", "nein", "oui", "non")
)  # fmt: skip
FITS = 0.6
"""Share of the filled cells that must look like the field's kind."""


@dataclass(frozen=True, slots=True)
class Look:
    """A column's sample in figures; shares are of the filled cells, placeholder words not counted.

    Attributes:
        filled: filled cells in the sample.
        different: different texts among them.
        dates, months, serials, numbers, yes_no, names: share that looks like one.
        phones: share that looks like a telephone number.
        digits: whether every text has a digit in it.
        length: mean length in characters.
        texts: the different texts, lower case.
        either_way: different all-number dates that can be read both ways.
        order_told: whether some all-number date has a number over 12.
        firsts: whether all such dates begin with 1.
    """

    filled: int
    different: int
    dates: float
    months: float
    serials: float
    numbers: float
    yes_no: float
    names: float
    length: float
    texts: frozenset[str]
    either_way: int
    order_told: bool
    firsts: bool
    phones: float = 0.0
    digits: bool = False

    def known(self, words: Mapping[str, str], codes: Sequence[str]) -> float:
        """Share of the different texts that are known words of a field."""
        if not self.texts:
            return 0.0
        hits = sum(_loose(text) in words or _loose(text).replace(" ", "_") in codes for text in self.texts)
        return hits / len(self.texts)


def look(cells: Sequence[str | None]) -> Look:
    """Look at a column's sample."""
    trimmed = (" ".join(cell.split()) for cell in cells if cell is not None)
    filled = [cell for cell in trimmed if cell.lower() not in _SILENT]
    if not filled:
        return Look(0, 0, 0, 0, 0, 0, 0, 0, 0, frozenset(), 0, order_told=False, firsts=False)
    counts = Counter(cell.lower() for cell in filled)
    texts = frozenset(counts)
    parts = [(int(m[1]), int(m[3])) for m in map(_NUMERIC.match, texts) if m]

    def share(pattern: re.Pattern[str]) -> float:
        return sum(count for cell, count in counts.items() if pattern.match(cell)) / len(filled)

    return Look(
        filled=len(filled),
        different=len(texts),
        dates=share(_DATE),
        months=share(_MONTHLY),
        serials=share(_SERIAL),
        numbers=share(_NUMBER),
        yes_no=sum(count for cell, count in counts.items() if cell in _YES_NO) / len(filled),
        names=share(_NAME),
        length=sum(map(len, filled)) / len(filled),
        texts=texts,
        either_way=sum(1 for a, b in parts if a <= 12 and b <= 12 and a != b),
        order_told=any((a > 12) != (b > 12) for a, b in parts),
        firsts=bool(parts) and all(a == 1 for a, _ in parts),
        phones=share(_PHONE),
        digits=all(map(_DIGIT.search, texts)),
    )


def fits(seen: Look, field: FieldSpec, words: Mapping[str, str]) -> bool:
    """Whether a column that looks so can hold the field. A column without a filled cell fits any."""
    if not seen.filled:
        return True
    if field.kind in {"day", "month"}:
        return seen.dates + seen.serials + (seen.months if field.kind == "month" else 0) >= FITS
    # Numbers of staff have eight digits as well as days written together have.
    if seen.dates >= FITS and not (field.kind == "ident" and seen.numbers >= FITS):
        return False
    if field.kind == "code":
        return seen.length <= 60 and (not field.codes or seen.known(words, field.codes) > 0)
    fitting = {
        "number": seen.numbers >= FITS,
        "ident": seen.length <= 45 and not (seen.yes_no >= FITS and seen.different <= 3 and seen.numbers < FITS),
        "yes_no": seen.yes_no >= FITS or (field.kind == "yes_no" and seen.known(words, ("yes", "no")) >= FITS),
    }
    return fitting.get(field.kind, True)


def _loose(text: str) -> str:
    return text.replace("’", "'").rstrip(".").strip()
