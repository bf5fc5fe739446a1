"""CSV files of a pack, read back: the evidence of a check no further than it is asked for.

A report asks for two or three columns of most checks. To read, unguard and pack all of them took a quarter of its time
at 100,000 cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from caseaudit.errors import UsageProblem
from caseaudit.model import ORIGIN_SHIFT, Outcome, Source
from caseaudit.reporting.guarding import unguarded

_TYPES: dict[str, pl.DataType] = {
    str(dtype): dtype
    for dtype in (pl.String(), pl.Int64(), pl.Float64(), pl.Boolean(), pl.Date(), pl.UInt64(), pl.UInt32(), pl.Int32())
}
_OUTCOMES = pl.Enum([outcome.value for outcome in Outcome])
_ORIGIN = "origin"
_TOGETHER = frozenset({"case_id", "person_id", "worker_id", "team", "outcome"})
"""What a report asks for of nearly every check, one after another: read together the first time one is asked for, since
each reading goes through the whole file."""
_PLACE = {"source_file": pl.String(), "source_sheet": pl.String(), "source_row": pl.Int64()}


def read_csv(folder: Path, name: str, types: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """A CSV of a pack; the apostrophe that keeps a spreadsheet from evaluating a text is taken off again.

    Args:
        folder: the pack.
        name: the file's name in it.
        types: column to read → its type.

    Raises:
        UsageProblem: it is not there, or not as it was written.
    """
    path = folder / name
    if not path.is_file():
        raise UsageProblem(f"The pack '{folder.name}' has no {name}; run it again with --format csv.")
    try:
        frame = pl.read_csv(path, columns=list(types), schema_overrides=dict(types), infer_schema=False)
    except (OSError, pl.exceptions.PolarsError):
        raise UsageProblem(
            f"{name} of the pack '{folder.name}' is not as it was written; `caseaudit verify {folder.name}` says what "
            "has changed. Take another copy, or run it again."
        ) from None
    return unguarded(frame)


class Evidence:
    """The evidence of a check in a pack. Columns are read when they are asked for, and kept for the next time."""

    def __init__(self, folder: Path, code: str, written: Mapping[str, str], sources: Sequence[Source]) -> None:
        """Nothing is read yet.

        Args:
            folder: the pack.
            code: of the check.
            written: column → its type in words, as results.json has them.
            sources: of the run, in its order.
        """
        self.folder, self.name, self.sources = folder, f"evidence/{code}.csv", sources
        self.types = {name: _type(name, kind) for name, kind in written.items()}
        self.held: dict[str, pl.Series] = {}

    def frame(self) -> pl.LazyFrame:
        """The evidence as the run had it, in the same order; nothing is read yet."""
        from polars.io.plugins import register_io_source

        return register_io_source(self._columns, schema=dict(self.types), is_pure=True)

    def _read_types(self) -> dict[str, pl.DataType]:
        """What is read from the file, as it stands there: lists and outcomes as text, a place for an origin."""
        plain = {name: kind for name, kind in self.types.items() if name != _ORIGIN}
        as_text = {name: pl.String() for name, kind in plain.items() if isinstance(kind, pl.List | pl.Enum)}
        return {**plain, **as_text, **(_PLACE if _ORIGIN in self.types else {})}

    def _columns(
        self, names: list[str] | None, predicate: pl.Expr | None, rows: int | None, _batch: int | None
    ) -> Iterator[pl.DataFrame]:
        asked = list(self.types) if names is None else names
        frame = self._read(asked)
        if predicate is not None:
            frame = frame.filter(predicate)
        yield frame if rows is None else frame.head(rows)

    def _read(self, asked: Sequence[str]) -> pl.DataFrame:
        needed = asked or list(self.types)[:1]  # to count rows, one column will do
        new = [name for name in needed if name not in self.held]
        if new:
            whole = len(needed) == len(self.types)
            if not whole and not _TOGETHER.isdisjoint(new):
                new += [name for name in self.types if name in _TOGETHER.difference(self.held, new)]
            read = {name: kind for name, kind in self._read_types().items() if name in new or self._placing(name, new)}
            frame = read_csv(self.folder, self.name, read)
            made = frame.select(self._made(name) for name in new)
            if whole:
                # A whole frame is asked for once, to be written: it is not kept.
                return made.with_columns(self.held[name] for name in needed if name not in new).select(needed)
            self.held |= {name: made[name] for name in new}
        return pl.DataFrame([self.held[name] for name in needed])

    def _placing(self, name: str, new: Sequence[str]) -> bool:
        return _ORIGIN in new and name in _PLACE

    def _made(self, name: str) -> pl.Expr:
        kind = self.types[name]
        if name == _ORIGIN:
            return self._origin()
        if isinstance(kind, pl.List):
            return pl.col(name).str.split(";")
        return pl.col(name).cast(kind)

    def _origin(self) -> pl.Expr:
        """Source number × 2³² + row, from file, sheet and row: the way back from caseaudit.tables.tracing.traced."""
        places = {_joined(source.file, source.sheet): place for place, source in enumerate(self.sources)}
        where = pl.concat_str(pl.col("source_file"), pl.col("source_sheet").fill_null(""), separator="\x1f")
        place = where.replace_strict(places, default=None, return_dtype=pl.UInt64)
        return (place * ORIGIN_SHIFT + pl.col("source_row").cast(pl.UInt64)).alias(_ORIGIN)


def _joined(file: str, sheet: str | None) -> str:
    return f"{file}\x1f{sheet or ''}"


def _type(name: str, kind: str) -> pl.DataType:
    if kind.startswith("List"):
        return pl.List(pl.String())
    if name == "outcome":
        return _OUTCOMES
    return pl.String() if kind.startswith(("Enum", "Categorical")) else _TYPES[kind]
