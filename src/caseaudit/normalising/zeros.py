"""Identifiers that lost the zeros at their front, as numbers do in a spreadsheet: said, and never put back."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from caseaudit.tables import spec

_WHY = "A spreadsheet takes zeros off the front of a number; export the column as text"


def lost_zeros(frames: Mapping[str, pl.DataFrame]) -> list[str]:
    """A sentence for each column of identifiers that has lost zeros, or may have.

    Args:
        frames: canonical tables.
    """
    notes = []
    for table, frame in frames.items():
        key = spec(table).key
        if key is not None and key in frame.columns and _shortened(frame.get_column(key)):
            notes.append(f"{table}.{key}: some identifiers begin with zeros and others are shorter. {_WHY}")
        for name, one in spec(table).fields.items():
            other = frames.get(one.refers_to or "")
            if other is None or name not in frame.columns:
                continue
            if count := _differ_by_zeros(frame.get_column(name), other.get_column(spec(one.refers_to or "").key or "")):
                ones = "1 identifier differs" if count == 1 else f"{count:,} identifiers differ"
                notes.append(f"{one.path}: {ones} by zeros alone from those of {one.refers_to}. {_WHY}")
    return notes


def _shortened(column: pl.Series) -> bool:
    """Whether identifiers of one length begin with zeros while others, of digits alone too, are shorter."""
    zeros = column.str.starts_with("0")
    if not zeros.any():
        return False
    digits = column.str.contains(r"^[0-9]+$").fill_null(value=False)
    padded = column.filter(zeros.fill_null(value=False) & digits).str.len_bytes()
    width = padded.max()
    return padded.n_unique() == 1 and bool((column.filter(digits).str.len_bytes() < width).any())


def _differ_by_zeros(column: pl.Series, known: pl.Series) -> int:
    """How many different identifiers are none of the known ones but for zeros at the front of either."""
    if not (column.str.starts_with("0").any() or known.str.starts_with("0").any()):
        return 0
    strange = column.unique().drop_nulls()
    strange = strange.filter(~strange.is_in(known.drop_nulls().implode()))
    return int(strange.str.strip_chars_start("0").is_in(known.drop_nulls().str.strip_chars_start("0").implode()).sum())
