"""Texts to words of a list: one word, or several separated by `;`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import polars as pl

# Not "and" or "&": "drug and alcohol" is one need.
_SEPARATORS = re.compile(r"\s*[;,/|\n\r•·]+\s*")
_AND = re.compile(r"\s+(?:and|&|\+)\s+", re.IGNORECASE)


def folded(text: str) -> str:
    """A word as value maps list it: lower case, single spaces, no full stop at its end."""
    return " ".join(text.lower().replace("’", "'").split()).rstrip(".")


def snake(text: str) -> str:
    """A word as codes are written: lower case, whatever is no letter or digit made `_`."""
    # A text of signs only is no word, but it is not blank either: it is kept for DQ04 to report.
    return re.sub(r"[\W_]+", "_", folded(text)).strip("_") or text


def read_codes(texts: pl.Series, values: Mapping[str, str]) -> pl.DataFrame:
    """`value` (the canonical word, else the word as written in snake case) and `problem` (never one) per text."""
    known = {folded(word): canonical for word, canonical in values.items()}
    found = [known.get(folded(text)) or known.get(snake(text).replace("_", " ")) or snake(text) for text in texts]
    return _frame(found)


def read_words(texts: pl.Series, values: Mapping[str, str], *, as_written: bool = False) -> pl.DataFrame:
    """As read_codes for a cell that holds several words; each once, in the order written, separated by `;`.

    Args:
        texts: different texts, none null.
        values: the source's words → canonical words.
        as_written: leave words that are not in `values` as they are (identifiers of people).
    """
    shaped = str.strip if as_written else snake
    known = {folded(word): canonical for word, canonical in values.items()}

    def apart(text: str) -> list[str]:
        """The words on both sides of an "and", where it stands between known ones."""
        sides = _AND.split(text)
        joined = folded(text) in known or not all(folded(side) in known for side in sides)
        return [text] if joined else sides

    def words(text: str) -> str | None:
        if folded(text) in known:
            return known[folded(text)]
        parts = [part for whole in _SEPARATORS.split(text) if whole for part in apart(whole)]
        return ";".join(dict.fromkeys(known.get(folded(part)) or shaped(part) for part in parts)) or None

    return _frame([words(text) for text in texts])


def _frame(found: Sequence[str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {"value": pl.Series(found, dtype=pl.String), "problem": pl.Series([None] * len(found), dtype=pl.String)}
    )
