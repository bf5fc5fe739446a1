"""What the workbook reader does not tell of an ODS: what is hidden, errors, leading zeros; and rows without end."""

from __future__ import annotations

import re
import zipfile
from xml.parsers import expat

from caseaudit.reading import limits
from caseaudit.reading.bombs import bomb, pieces
from caseaudit.reading.parts import Package, Part
from caseaudit.reading.repacking import repacked

CONTENT = "content.xml"

_REPEAT = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d+)\"")
_MANY = 100_000
"""Times that a row with something in it may be repeated."""
_REMARKABLE = re.compile(
    rb"visibility=\"[cf]|value-type=\"error\"|>\s*(?:#[A-Z]|Err:)|>0[0-9 -]+<|table:formula|-spanned=\"(?!1\")"
)
"""Something hidden, an error by its mark or as it is shown, a number with a zero before it, a formula, merged cells."""
_INDENTED = re.compile(rb">\s+(?=</?table:)")
_FROM_1904 = re.compile(rb"<table:null-date\s[^>]*date-value=\"1904-01-01")

_TABLE, _ROW, _COLUMN = "table:table", "table:table-row", "table:table-column"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|[A-Z]+!)|Err:[0-9]{3}")
_ZEROS = re.compile(r"0[0-9]+")


def look(package: zipfile.ZipFile, name: str) -> Package:
    """Look through the sheets of an ODS.

    Args:
        package: the workbook.
        name: file as messages name it.

    Raises:
        UnreadableExport: it would take too much memory to open.
    """
    remarkable = from_1904 = indented = False
    for piece in pieces(package, CONTENT):
        # "The same again" is written as a number; a repeated row that holds something unfolds to that many rows.
        for row in re.finditer(rb"<table:table-row\b([^>]*)>(.{0,2000})", piece, re.DOTALL):
            times = _REPEAT.search(row.group(1))
            holds = b"office:value" in row.group(2).split(b"</table:table-row", 1)[0]
            if times and holds and int(times.group(1)) > _MANY:
                raise bomb(name)
        remarkable = remarkable or bool(_REMARKABLE.search(piece))
        from_1904 = from_1904 or bool(_FROM_1904.search(piece))
        indented = indented or bool(_INDENTED.search(piece))
    # The reader behind us stumbles over blanks between two tags.
    data = repacked(package, {CONTENT: _INDENTED.sub(b">", package.read(CONTENT))}) if indented else None
    return Package(_Sheets(package, name).parts if remarkable else {}, from_1904=from_1904, data=data)


def protected(package: zipfile.ZipFile, members: set[str]) -> bool:
    """Whether a package is an ODS that opens with a password alone."""
    manifest = "META-INF/manifest.xml"
    return manifest in members and any(b"encryption-data" in piece for piece in pieces(package, manifest))


class _Sheets:
    """Goes through content.xml once.

    Attributes:
        parts: what was noticed on each sheet, by its name.
    """

    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self.parts: dict[str, Part] = {}
        self._name = name
        self._part = Part()
        self._row = self._column = 0
        self._rows = 1
        self._hidden = self._holds = False
        self._cell: dict[str, str] = {}
        self._inside: list[str] = []
        self._shown: list[str] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            with package.open(CONTENT) as file:
                parser.ParseFile(file)
        except (expat.ExpatError, LookupError) as problem:  # the latter for an encoding that is none
            raise ValueError("content.xml is no XML") from problem

    def _doctype(self, *_: object) -> None:
        raise bomb(self._name)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._inside.append(tag)
        if tag in _CELLS:
            self._cell, self._shown = attributes, []
        elif tag == _ROW:
            self._rows = _times(attributes, "rows")
            self._hidden = _is_hidden(attributes)
            self._holds, self._column = False, 0
        elif tag == _COLUMN:
            times = _times(attributes, "columns")
            if _is_hidden(attributes):
                self._part.hidden_columns.append((self._column, self._column + times - 1))
            self._column += times
        elif tag == _TABLE and _TABLE not in self._inside[:-1]:
            self._part = self.parts[attributes.get("table:name", "")] = Part()
            self._row = self._column = 0

    def _characters(self, text: str) -> None:
        if self._inside[-2:-1] and self._inside[-2] in _CELLS and self._inside[-1] == "text:p":
            self._shown.append(text)

    def _end(self, tag: str) -> None:
        self._inside.pop()
        if tag in _CELLS:
            times = _times(self._cell, "columns")
            self._notice("".join(self._shown).strip(), times)
            across, down = _times(self._cell, "columns", "spanned"), _times(self._cell, "rows", "spanned")
            if across * down > 1:
                last = (self._row + down - 1, self._column + across - 1)
                self._part.merges.append(((self._row, self._column), last))
            self._column += times
        elif tag == _ROW:
            if self._hidden and self._holds:
                self._part.hidden_rows += self._rows
            self._row += self._rows

    def _notice(self, shown: str, times: int) -> None:
        """Look at the cell that ends here."""
        kind = self._cell.get("calcext:value-type") or self._cell.get("office:value-type")
        self._holds = self._holds or kind is not None or bool(shown)
        blank = self._cell.get("office:value-type") != "string" or self._cell.get("office:string-value") == ""
        if kind == "error" or (blank and _ERROR.fullmatch(shown)):
            self._part.errors.add((self._row + 1, self._column), times, min(self._rows, _MANY))
        elif kind is None and "table:formula" in self._cell:
            self._part.formulas.add((self._row + 1, self._column), times, min(self._rows, _MANY))
        elif self._cell.get("office:value-type") == "float":
            digits = shown.replace("-", "").replace(" ", "")
            if _ZEROS.fullmatch(digits):
                places = min(self._rows, _MANY) * min(times, limits.EXCEL_COLUMNS)
                for at in range(min(places, _MANY)):
                    down, across = divmod(at, times)
                    self._part.zeros[self._row + 1 + down, self._column + across] = len(digits)
                if len(self._part.zeros) > limits.CELLS_KEPT:
                    raise bomb(self._name)


def _times(attributes: dict[str, str], what: str, how: str = "repeated") -> int:
    times = attributes.get(f"table:number-{what}-{how}", "1")
    return max(int(times), 1) if times.isdecimal() and len(times) < 9 else 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("table:visibility", "visible") != "visible"
