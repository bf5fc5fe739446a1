"""One column of an export read as one field of a canonical table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from caseaudit.normalising.booleans import read_yes_no
from caseaudit.normalising.codes import read_codes, read_words
from caseaudit.normalising.dates import Order, day_part, read_days, read_months
from caseaudit.normalising.numbers import read_numbers
from caseaudit.normalising.words import blanked, by_value, trimmed
from caseaudit.tables import FieldSpec

_FLOAT_TAIL = r"^[0-9]+\.0+$"
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
    text, blanks = blanked(trimmed(raw), spec.kind, spec.path)
    if spec.kind == "ident":
        text, said = _identifiers(text)
        return Read(text.alias(spec.name), _no_problem(text), blanks, tuple(said))
    if spec.kind == "text":
        return Read(text.alias(spec.name), _no_problem(text), blanks)
    notes = []
    answers = _read(text, spec, values, order)
    if "how" in answers.columns:
        counts = answers.select(
            serial=((pl.col("how") == "serial") & pl.col("value").is_not_null()).sum(),
            opened=(pl.col("how") == "open").sum(),
        ).row(0, named=True)
        if counts["serial"]:
            notes.append(f"{_cells(counts['serial'])} held a spreadsheet's day number, read as a date")
        if counts["opened"]:
            notes.append(f"{_cells(counts['opened'])} held a day that stands for no date (1900, 9999), read as blank")
    return Read(
        answers.get_column("value").cast(spec.dtype).alias(spec.name),
        answers.get_column("problem"),
        blanks,
        tuple(notes),
    )


def _read(text: pl.Series, spec: FieldSpec, values: Mapping[str, str], order: Order) -> pl.DataFrame:
    if spec.kind in {"day", "month"}:
        read = read_days if spec.kind == "day" else read_months
        return by_value(day_part(text), lambda texts: read(texts, order))
    if spec.kind == "number":
        return by_value(text, read_numbers)
    if spec.kind == "yes_no":
        return by_value(text, lambda texts: read_yes_no(texts, values))
    if spec.kind == "words":
        # Who decided is a list of people; their identifiers are kept as written.
        people = spec.path == "risk_flags.decided_by"
        return by_value(text, lambda texts: read_words(texts, values, as_written=people))
    return by_value(text, lambda texts: read_codes(texts, values))


def _identifiers(text: pl.Series) -> tuple[pl.Series, list[str]]:
    """Identifiers as exported; "1234.0" is mended only where the whole column has become so."""
    counts = (
        text.alias("t")
        .to_frame()
        .select(
            filled=pl.col("t").count(),
            floats=pl.col("t").str.contains(_FLOAT_TAIL).sum(),
            scientific=pl.col("t").str.contains(_SCIENTIFIC).sum(),
        )
        .row(0, named=True)
    )
    notes = []
    if counts["scientific"]:
        notes.append(f"{_cells(counts['scientific'])} held an identifier a spreadsheet has cut to a power of ten")
    if counts["floats"] and counts["floats"] == counts["filled"]:
        notes.append("every identifier ended in “.0”, as a spreadsheet writes numbers; the ending was taken off")
        return text.str.replace(r"\.0+$", ""), notes
    if counts["floats"]:
        notes.append(f"{_cells(counts['floats'])} held an identifier ending in “.0” among others without; left as is")
    return text, notes


def _no_problem(text: pl.Series) -> pl.Series:
    return pl.Series("problem", [None], dtype=pl.String).new_from_index(0, text.len())


def _cells(count: int) -> str:
    return f"{count:,} cell" if count == 1 else f"{count:,} cells"
