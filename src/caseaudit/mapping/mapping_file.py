"""The mapping file: a user's decisions in TOML, read with every mistake named and its line.

[[source]]
file = "Caseload*.xlsx"            # a name or a pattern
sheet = "Open cases"               # optional
table = "cases"                    # optional; or tables = ["cases", "reviews"]
leave_out = true                   # for a file that is none of these

[source.columns]
"Svc User Ref" = "cases.case_id"   # or a list of fields, or "leave out"

[source.constants]
"cases.team" = "Northgate"

[source.values."cases.acuity_band"]
"amber" = "moderate"

[source.date_order]
"Review date" = "dmy"              # or "mdy", "ymd"

[source.matrix]                    # a column per competency or course; matrix_expiry for dates of expiry
"Risk form." = "risk_formulation"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from rapidfuzz import process

from caseaudit.errors import UsageProblem
from caseaudit.mapping.decisions import LEAVE_OUT, Decision
from caseaudit.model import Sheet
from caseaudit.tables import MODELS, FieldSpec, spec

_ORDERS = ("dmy", "mdy", "ymd")
_KEYS = (
    "file", "sheet", "table", "tables", "leave_out", "columns", "constants", "values", "date_order", "matrix",
    "matrix_expiry",
)  # fmt: skip
_TABLES_OF_TEXT = ("columns", "constants", "date_order", "matrix", "matrix_expiry")


def read(path: Path, sheets: Sequence[Sheet]) -> list[Decision]:
    """Read a mapping file and hold it against the sources.

    Raises:
        UsageProblem: the file cannot be read, or names a key, table, field, word or heading that does not exist.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        raw = tomllib.loads(text)
    except OSError as error:
        raise UsageProblem(f"The mapping file {path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageProblem(f"The mapping file {path.name} is not UTF-8 text; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageProblem(f"The mapping file {path.name} is not valid TOML: {error}.") from error
    reader = _Reader(path.name, text)
    decisions = reader.decisions(raw)
    _against(reader, decisions, sheets)
    return decisions


class _Reader:
    """One mapping file in the reading: knows where a mistake stands."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = text.splitlines()
        self._starts = [n for n, line in enumerate(self._lines, 1) if line.strip().startswith("[[source]]")]

    def wrong(self, block: int, needle: str, message: str) -> NoReturn:
        """Raise a UsageProblem that names the line on which the needle stands in a block."""
        raise UsageProblem(f"{self._name}, line {self._line(block, needle)}: {message.strip()}")

    def _line(self, block: int, needle: str) -> int:
        start = self._starts[block] if block < len(self._starts) else 1
        end = self._starts[block + 1] if block + 1 < len(self._starts) else len(self._lines) + 1
        return next((n for n in range(start, end) if needle in self._lines[n - 1]), start)

    def decisions(self, raw: Mapping[str, Any]) -> list[Decision]:
        for key in raw:
            if key != "source":
                raise UsageProblem(
                    f"{self._name}: “{key}” is not known; a mapping file is a list of [[source]] blocks."
                )
        blocks = raw.get("source", [])
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            raise UsageProblem(f"{self._name}: write [[source]] with two brackets on either side.")
        return [self._decision(number, block) for number, block in enumerate(blocks)]

    def _decision(self, at: int, block: Mapping[str, Any]) -> Decision:
        for key in block:
            if key not in _KEYS:
                self.wrong(at, key, f"“{key}” is not known in a [[source]]. {suggestion(key, _KEYS)}")
        if not isinstance(block.get("file"), str):
            self.wrong(at, "[[source]]", 'a [[source]] needs file = "name or pattern of the export".')
        for key in _TABLES_OF_TEXT:
            if not isinstance(block.get(key, {}), dict):
                self.wrong(at, key, f"“{key}” is a table of its own: write [source.{key}] and a line for each column.")
        if not isinstance(block.get("sheet", ""), str):
            self.wrong(at, "sheet", 'sheet is a name or pattern in quotes: sheet = "Open cases".')
        tables = block.get("tables", [block["table"]] if "table" in block else [])
        for table in tables if isinstance(tables, list) else [tables]:
            self._table(at, table)
        return Decision(
            file=block["file"],
            sheet=block.get("sheet"),
            tables=(tables,) if isinstance(tables, str) else tuple(tables),
            leave_out=block.get("leave_out", False) is True,
            columns={heading: self._paths(at, heading, value) for heading, value in block.get("columns", {}).items()},
            constants={self._field(at, path).path: str(text) for path, text in block.get("constants", {}).items()},
            values=self._values(at, block.get("values", {})),
            date_order={h: self._order(at, h, order) for h, order in block.get("date_order", {}).items()},
            matrix={heading: str(code) for heading, code in block.get("matrix", {}).items()},
            matrix_expiry={heading: str(code) for heading, code in block.get("matrix_expiry", {}).items()},
            line=self._line(at, "[[source]]"),
        )

    def _table(self, at: int, table: object) -> str:
        if not isinstance(table, str) or table not in MODELS:
            self.wrong(at, str(table), f"there is no table “{table}”. {suggestion(str(table), MODELS)}")
        return table

    def _field(self, at: int, path: object) -> FieldSpec:
        if not isinstance(path, str) or path.count(".") != 1:
            self.wrong(at, str(path), f"“{path}” is no field; write table.field, such as cases.opened_on.")
        table, name = path.split(".")
        fields = spec(self._table(at, table)).fields
        if name not in fields:
            self.wrong(at, path, f"the table {table} has no field “{name}”. {suggestion(name, fields)}")
        return fields[name]

    def _paths(self, at: int, heading: str, value: object) -> tuple[str, ...]:
        if value == LEAVE_OUT or value is False:
            return ()
        paths = value if isinstance(value, list) else [value]
        if any(isinstance(path, str) and "." not in path and path for path in paths):
            self.wrong(at, heading, f"write table.field, such as cases.opened_on, or “{LEAVE_OUT}”.")
        return tuple(self._field(at, path).path for path in paths)

    def _order(self, at: int, heading: str, order: object) -> str:
        if order not in _ORDERS:
            self.wrong(at, heading, 'an order of dates is "dmy" (day first), "mdy" (month first) or "ymd".')
        return str(order)

    def _values(self, at: int, raw: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for path, words in raw.items():
            field = self._field(at, path)
            if not isinstance(words, dict):
                self.wrong(at, path, f'write [source.values."{path}"] and a line "word" = "meaning" for each word.')
            allowed = ("yes", "no") if field.kind == "yes_no" else field.codes
            for word, meaning in words.items():
                if allowed and meaning not in allowed:
                    listed = ", ".join(allowed)
                    self.wrong(at, f'"{word}"', f"{path} knows the words {listed}. {suggestion(str(meaning), allowed)}")
            found[path] = {word.lower(): str(meaning) for word, meaning in words.items()}
        return found


def suggestion(word: str, known: Iterable[str]) -> str:
    """A further sentence where a known word is near."""
    best = process.extractOne(word, list(known), score_cutoff=60)
    return f"Did you mean “{best[0]}”?" if best else ""


def _against(reader: _Reader, decisions: Sequence[Decision], sheets: Sequence[Sheet]) -> None:
    """Every heading a decision names must stand in some source it is about."""
    if decisions and sheets and not any(one.concerns(sheet.source) for one in decisions for sheet in sheets):
        reader.wrong(0, "file", "no source is named so; the patterns in the mapping file fit none of the exports.")
    for at, one in enumerate(decisions):
        about = [sheet for sheet in sheets if one.concerns(sheet.source)]
        there = {heading for sheet in about for heading in sheet.headings}
        for heading in sorted(one.headings if about else ()):
            if heading not in there:
                where = about[0].source.label if len(about) == 1 else f"the {len(about)} sources it is about"
                reader.wrong(at, heading, f"{where} has no column “{heading}”. {suggestion(heading, there)}")
