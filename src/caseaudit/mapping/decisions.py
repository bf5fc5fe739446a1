"""What a user has decided about a source, as the mapping file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from caseaudit.model import Source

LEAVE_OUT = "leave out"
"""Written in the mapping file in place of a field, for a column that is not to be read."""


@dataclass(frozen=True)
class Decision:
    """A user's decisions about the sources a pattern fits.

    Attributes:
        file, sheet: patterns with `*` and `?`; case does not count; sheet None fits any.
        tables: the tables the source feeds, the main one first; empty where it is to be found out.
        leave_out: the source feeds nothing.
        columns: heading → paths "table.field"; none for a column that is left out.
        constants: path → text every row gets.
        values: path → {exported word, lower case: canonical word}.
        date_order: heading → "dmy" | "mdy" | "ymd".
        matrix, matrix_expiry: heading of a wide matrix → code; dates of completion, and dates of expiry.
        line: where it begins in the mapping file.
    """

    file: str = "*"
    sheet: str | None = None
    tables: tuple[str, ...] = ()
    leave_out: bool = False
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_order: Mapping[str, str] = field(default_factory=dict)
    matrix: Mapping[str, str] = field(default_factory=dict)
    matrix_expiry: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    def concerns(self, source: Source) -> bool:
        """Whether the patterns fit a source, by its path or the name of its file alone."""
        path = source.file.lower()
        pattern = self.file.lower()
        if not (fnmatchcase(path, pattern) or fnmatchcase(path.rsplit("/", 1)[-1], pattern)):
            return False
        return self.sheet is None or fnmatchcase((source.sheet or "").lower(), self.sheet.lower())

    @property
    def headings(self) -> frozenset[str]:
        """Every heading the decision names."""
        return frozenset((*self.columns, *self.date_order, *self.matrix, *self.matrix_expiry))

    def of(self, table: str) -> dict[str, str]:
        """Field of a table → heading decided for it."""
        found = {}
        for heading, paths in self.columns.items():
            for path in paths:
                owner, name = path.split(".")
                if owner == table:
                    found[name] = heading
        return found

    def constants_of(self, table: str) -> dict[str, str]:
        """Field of a table → text every row gets."""
        split = [(path.split("."), text) for path, text in self.constants.items()]
        return {name: text for (owner, name), text in split if owner == table}

    @property
    def feeds(self) -> tuple[str, ...]:
        """Tables the decision names, the main one first."""
        named = [path.split(".")[0] for paths in self.columns.values() for path in paths]
        return tuple(dict.fromkeys((*self.tables, *sorted(set(named), key=lambda t: -named.count(t)))))


UNDECIDED = Decision()
"""Nothing is decided."""


def together(decisions: list[Decision]) -> Decision:
    """Several decisions about one source as one; what stands later in the file goes before."""
    result = UNDECIDED
    for one in decisions:
        result = Decision(
            file=one.file,
            sheet=one.sheet,
            tables=one.tables or result.tables,
            leave_out=one.leave_out or result.leave_out,
            columns={**result.columns, **one.columns},
            constants={**result.constants, **one.constants},
            values={
                path: {**result.values.get(path, {}), **one.values.get(path, {})}
                for path in {**result.values, **one.values}
            },
            date_order={**result.date_order, **one.date_order},
            matrix={**result.matrix, **one.matrix},
            matrix_expiry={**result.matrix_expiry, **one.matrix_expiry},
            line=one.line,
        )
    return result
