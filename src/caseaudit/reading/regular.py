"""The proof that a text is the same line of delimiters again and again, made on the signs that give it its shape.

Take all else out of the text, and what is left of a clean export is a tenth of it and is compared at once, so the lines
need neither be cut apart nor looked at one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseaudit.reading.dialect import Understood

_STRETCH = 2**16
"""Bytes looked at at a time; as many as stay near the processor."""

_BEGINNING = 2**20
"""Bytes that are proved before the rest is parsed."""

_RARE_BLANKS = b"\t\v\f"


@dataclass(frozen=True, slots=True)
class Shape:
    """What the signs between the cells tell of a text below its header, if each line has the delimiters it should.

    Attributes:
        lines: lines below the header.
        quotes: quotation marks in them, which may still be out of place.
        returns: whether each line has a carriage return, which may still be out of place.
        rare_blanks: whether a blank other than a space stands in a cell.
    """

    lines: int
    quotes: int
    returns: bool
    rare_blanks: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands above the first record of a text that may be proved.

    Attributes:
        length: its bytes.
        returns: whether its lines end in a carriage return and a line feed.
    """

    length: int
    returns: bool


def lead_of(data: bytes, known: Understood) -> Lead | None:
    """What stands above the records; None where a text of this dialect or with such line ends cannot be proved."""
    dialect = known.dialect
    delimiter = dialect.delimiter.encode()
    returns = b"\r" in data[: known.start + known.lines]
    length = known.start + (known.lines if returns else 0)
    head = data[:length]
    if len(delimiter) != 1 or delimiter in b'\0"\r\n' or dialect.quote == "'" or length >= len(data):
        return None
    if head.count(b"\n") != known.lines or (returns and not head.count(b"\r") == head.count(b"\r\n") == known.lines):
        return None
    return Lead(length, returns)


def edges_of(data: bytes, lead: Lead) -> tuple[bytes, bytes]:
    """The first line of records and the last of all, without their ends."""
    last = data.rfind(b"\n", 0, len(data) - 1) + 1
    first = data.find(b"\n", lead.length) + 1 or len(data)
    return data[lead.length : first].rstrip(b"\r\n"), data[last:].rstrip(b"\r\n")


def begins_regular(data: bytes, known: Understood, lead: Lead) -> bool:
    """Whether the first lines are regular: in nearly every text that is not, they tell before it is parsed in vain."""
    beginning = data[: data.rfind(b"\n", 0, _BEGINNING) + 1]
    return len(beginning) <= lead.length or shape_of(beginning, known, lead) is not None


def shape_of(data: bytes, known: Understood, lead: Lead) -> Shape | None:
    """The shape of a regular text; None where some line has too few delimiters or too many, or anything odd."""
    dialect = known.dialect
    delimiter = dialect.delimiter.encode()
    line = delimiter * (known.written - 1) + (b"\r\n" if lead.returns else b"\n")
    regular = line * (_STRETCH // len(line) + 2)
    apart = bytes(sign for sign in b'"' + _RARE_BLANKS if sign not in delimiter)
    others = bytes(sign for sign in range(256) if sign not in b"\0\r\n" + delimiter + apart)
    seen = quotes = blanks = 0
    for at in range(lead.length, len(data), _STRETCH):
        stretch = data[at : at + _STRETCH]
        signs = stretch.translate(None, delete=others)
        bare = signs.translate(None, delete=apart)
        if not regular.startswith(bare, seen % len(line)):  # it goes on where the stretch before it ended
            return None
        seen += len(bare)
        quotes += signs.count(b'"')
        blanks += len(signs) - len(bare)
    if quotes and (dialect.quote is None or dialect.backslash):
        return None
    count, rest = divmod(seen, len(line))
    if rest == known.written - 1:  # the last line has no line end
        count, rest = count + 1, 0
    if rest:
        return None
    return Shape(count, quotes, lead.returns, blanks > quotes)
