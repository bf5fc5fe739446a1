"""One column of an export read as one field of a canonical table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf

import polars as pl

from caseaudit.normalising.answers import by_value
from caseaudit.normalising.booleans import read_yes_no
from caseaudit.normalising.codes import read_codes, read_words
from caseaudit.normalising.dates import Order, day_part, read_days, read_months
from caseaudit.normalising.numbers import MOST_WTE, read_numbers
from caseaudit.normalising.words import blanked, trimmed
from caseaudit.tables import FieldSpec

_FLOAT_TAIL = r"^[0-9]+\.0+$"
_PLAIN_IDENTIFIER = r"^[A-Za-z]{0,8}[-_/]?[0-9]{1,40}$"
"""Identifiers as most systems write them: nothing to trim or to mend, and no word that stands for a blank."""
_SCIENTIFIC = r"^[0-9](\.[0-9]+)?[eE]\+[0-9]{1,2}$"


@dataclass(frozen=True, slots=True)
class Read:
    """A column read as a field.

    Attributes:
        values: of the field's type; null where blank or not readable.
        problems: why a cell could not be read; null where it could or was blank.
        blanks: cells with a placeholder word, read as blank.
        notes: what was mended or noticed, each a phrase ("12 cells held ...").
    """

    values: pl.Series
    problems: pl.Series
    blanks: int = 0
    notes: tuple[str, ...] = field(default=())


def read_column(raw: pl.Series, spec: FieldSpec, values: Mapping[str, str], order: Order) -> Read:
    """Read a column of text as a field.

    Args:
        raw: text as exported.
        spec: the field.
        values: the source's words for the field → canonical words.
        order: of day and month in dates written with numbers alone.
    """
    if spec.kind in {"ident", "text"}:
        return _as_written(raw, spec)
    days = spec.kind in {"day", "month"}
    answers = by_value(day_part(raw) if days else raw, lambda texts: _cells(texts, spec, values, order))
    notes = []
    if serial := answers.count((pl.col("how") == "serial") & pl.col("value").is_not_null()):
        notes.append(f"{_count(serial)} held a spreadsheet's day number, read as a date")
    if opened := answers.count(pl.col("how") == "open"):
        notes.append(f"{_count(opened)} held a day that stands for no date (1900, 9999), read as blank")
    return Read(
        answers.of_rows("value").cast(spec.dtype).alias(spec.name),
        answers.of_rows("problem"),
        answers.count(pl.col("blanked")),
        tuple(notes),
    )


def _cells(texts: pl.Series, spec: FieldSpec, values: Mapping[str, str], order: Order) -> pl.DataFrame:
    """Different texts trimmed, blanked where they say nothing, and read."""
    if spec.kind in {"day", "month"}:
        texts = day_part(texts)
    said = trimmed(texts)
    kept, _ = blanked(said, spec.kind, spec.path)
    read = by_value(kept, lambda each: _READERS[spec.kind](each, spec, values, order))
    answers = pl.DataFrame([read.of_rows(name) for name in read.texts.columns])
    if "how" not in answers.columns:
        answers = answers.with_columns(how=pl.lit(None, dtype=pl.String))
    return answers.with_columns(blanked=said.is_not_null() & kept.is_null())


def _words(texts: pl.Series, spec: FieldSpec, values: Mapping[str, str], _order: Order) -> pl.DataFrame:
    # Who decided is a list of people; their identifiers are kept as written.
    return read_words(texts, values, as_written=spec.path == "risk_flags.decided_by")


_READERS: dict[str, Callable[[pl.Series, FieldSpec, Mapping[str, str], Order], pl.DataFrame]] = {
    "day": lambda texts, _spec, _values, order: read_days(texts, order),
    "month": lambda texts, _spec, _values, order: read_months(texts, order),
    "number": lambda texts, spec, _values, _order: read_numbers(texts, MOST_WTE if spec.path == "staff.wte" else inf),
    "yes_no": lambda texts, _spec, values, _order: read_yes_no(texts, values),
    "code": lambda texts, _spec, values, _order: read_codes(texts, values),
    "words": _words,
}


def _as_written(raw: pl.Series, spec: FieldSpec) -> Read:
    """Text and identifiers: trimmed, placeholder words blank, otherwise as they are."""
    nothing = pl.Series("problem", [None], dtype=pl.String).new_from_index(0, raw.len())
    texts = raw if raw.dtype == pl.String else raw.unique().cast(pl.String)
    if spec.kind == "ident" and texts.str.contains(_PLAIN_IDENTIFIER).all():
        return Read(raw.cast(pl.String).alias(spec.name), nothing)

    def cells(texts: pl.Series) -> pl.DataFrame:
        said = trimmed(texts)
        kept, _ = blanked(said, spec.kind, spec.path)
        return pl.DataFrame({"value": kept, "blanked": said.is_not_null() & kept.is_null()})

    if _repeats(raw):
        answers = by_value(raw, cells)
        text, blanks = answers.of_rows("value"), answers.count(pl.col("blanked"))
    else:
        text, blanks = blanked(trimmed(raw), spec.kind, spec.path)
    notes: list[str] = []
    if spec.kind == "ident":
        text, notes = _identifiers(text)
    return Read(text.alias(spec.name), nothing, blanks, tuple(notes))


def _repeats(raw: pl.Series) -> bool:
    """Whether few texts stand in many rows."""
    if raw.dtype != pl.String:
        return True
    return raw.len() > 1000 and int(raw.head(100_000).n_unique()) < min(raw.len(), 100_000) / 4


def _identifiers(text: pl.Series) -> tuple[pl.Series, list[str]]:
    """Identifiers as exported; "1234.0" is mended only where the whole column has become so."""
    counts = (
        text.alias("t")
        .to_frame()
        .select(
            filled=pl.col("t").count(),
            # A plain look at the ending first: the patterns cost much more over millions of identifiers.
            floats=pl.when(pl.col("t").str.ends_with("0")).then(pl.col("t").str.contains(_FLOAT_TAIL)).sum(),
            scientific=pl.col("t").str.contains("+", literal=True).any(),
        )
        .row(0, named=True)
    )
    notes = []
    powers = int(text.str.contains(_SCIENTIFIC).sum()) if counts["scientific"] else 0
    if powers:
        notes.append(f"{_count(powers)} held an identifier a spreadsheet has cut to a power of ten")
    if counts["floats"] and counts["floats"] == counts["filled"]:
        notes.append("every identifier ended in “.0”, as a spreadsheet writes numbers; the ending was taken off")
        return text.str.replace(r"\.0+$", ""), notes
    if counts["floats"]:
        notes.append(f"{_count(counts['floats'])} held an identifier ending in “.0” among others without; left as is")
    return text, notes


def _count(count: int) -> str:
    return f"{count:,} cell" if count == 1 else f"{count:,} cells"
