"""The number format of each cell style: which of them can mean no date, which show a number with leading zeros."""

from __future__ import annotations

import re

from caseaudit.reading.markup import attribute

STYLES = "xl/styles.xml"

Formats = list[tuple[int | None, str | None]]
"""For each cell style, in their order, the number of its number format and the code that the workbook gives for it."""

_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b[^>]*(?<!/)>.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_OWN_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_UNDATED = frozenset({0, 1, 49})
"""General, whole numbers, and text, by the numbers that ECMA-376 part 1, 18.8.30 gives them."""

_ZEROS = re.compile(r"0{2,30}")
_APART = re.compile(r'\\[ -]|"[ -]"|[ -]')
"""What may stand between the digits of an identifier, as in 000-00-0000."""


def number_formats(styles: bytes) -> Formats:
    """The number formats of an XLSX; none where its styles are not written as nearly every program writes them.

    Args:
        styles: the XML that lists them.
    """
    styles = _COMMENT.sub(b"", styles)
    lists = _CELL_FORMATS.findall(styles)
    if len(lists) != 1 or b"<!" in styles:
        return []
    own: dict[int | None, str] = {}
    for tag in _OWN_FORMAT.findall(styles):  # the first one counts: those of conditional formats come later
        own.setdefault(_number(tag), attribute(tag, b"formatCode"))
    own.pop(None, None)
    return [(number, own.get(number)) for number in map(_number, _CELL_FORMAT.findall(lists[0]))]


def undated_styles(formats: Formats) -> frozenset[int]:
    """The cell styles whose number format is one of those that can mean no date."""
    return frozenset(at for at, (number, code) in enumerate(formats) if number in _UNDATED and code is None)


def zero_styles(formats: Formats) -> dict[int, int]:
    """The cell styles whose number format shows leading zeros: style → digits."""
    return {at: digits for at, (_, code) in enumerate(formats) if (digits := zeros_shown(code))}


def zeros_shown(code: str | None) -> int:
    """How many digits a number format shows at least, if it is made of nothing but zeros; else 0."""
    digits = _APART.sub("", (code or "").partition(";")[0])
    return len(digits) if _ZEROS.fullmatch(digits) else 0


def _number(tag: bytes) -> int | None:
    number = attribute(tag, b"numFmtId")
    return int(number) if number.isdecimal() and len(number) < 10 else None
