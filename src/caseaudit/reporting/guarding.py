"""Keeping a spreadsheet from taking an exported text for a formula.

A text that begins, after blanks, with = + - @, a tab, a line end or a null gets an apostrophe before it, unless it is
a plain number. Quoting does not help: a spreadsheet evaluates a quoted cell too.
Source: OWASP, CSV Injection; tried with the writers in use (docs/method.md).
"""

from __future__ import annotations

import re

import polars as pl

_BLANKS = r"[\s\u00a0\u200b\ufeff]*"
_STARTS = r"[=+\-@\t\r\n\x00＝＋－＠]"
_NUMBER = r"^[+-]?\d+([.,]\d+)*$"
_RISKY = rf"^({_BLANKS}{_STARTS}|\s*[\t\r\n\x00])"


def guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose texts and headings no spreadsheet takes for a formula."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    risky = pl.col(texts).str.contains(_RISKY) & ~pl.col(texts).str.contains(_NUMBER)
    safe = frame.with_columns(pl.when(risky).then(pl.lit("'") + pl.col(texts)).otherwise(pl.col(texts)))
    return safe.rename({name: guarded_text(name) for name in safe.columns})


def guarded_text(text: str) -> str:
    """One text that no spreadsheet takes for a formula."""
    return f"'{text}" if re.match(_RISKY, text) and not re.match(_NUMBER, text) else text
