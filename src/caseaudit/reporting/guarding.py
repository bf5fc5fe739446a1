"""Keeping a spreadsheet from taking an exported text for a formula.

A text that begins, after blanks, with = + - @, a tab, a line end or a null gets an apostrophe before it, unless it is
a plain number. Quoting does not help: a spreadsheet evaluates a quoted cell too.
Source: OWASP, "CSV Injection".
"""

from __future__ import annotations

import re

import polars as pl

_BLANKS = r"[\s\u00a0\u200b\ufeff]*"
_STARTS = r"[=+\-@\t\r\n\x00＝＋－＠]"
_NUMBER = r"^[+-]?\d+([.,]\d+)*$"
# Apostrophes before it belong to it, so that unguarded() gives back exactly what guarded() was given.
_RISKY = rf"^'*({_BLANKS}{_STARTS}|\s*[\t\r\n\x00])"


def guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose texts and headings no spreadsheet takes for a formula."""
    texts = [column.name for column in frame if column.dtype == pl.String and _may_be_risky(column)]
    safe = frame.with_columns(_prefixed(name) for name in texts)
    return safe.rename({name: guarded_text(name) for name in safe.columns})


def _may_be_risky(texts: pl.Series) -> bool:
    """Whether a text may begin with what a spreadsheet evaluates: all of those are before A, or beyond ASCII.

    Millions of cells are names, words and codes that begin with a letter, which the first and the last of them tell.
    """
    least, most = texts.min(), texts.max()
    return isinstance(least, str) and isinstance(most, str) and (least < "A" or most >= "\x7f")


def _prefixed(name: str) -> pl.Expr:
    text = pl.col(name)
    risky = text.str.contains(_RISKY) & ~text.str.contains(_NUMBER)
    return pl.when(risky).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(name)


def unguarded(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame that was guarded: the apostrophes taken off again."""
    # Nearly every column has none: to look for one at the beginning costs a tenth of looking for what follows it.
    texts = [column.name for column in frame if column.dtype == pl.String and column.str.starts_with("'").any()]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(f"^'{_RISKY[1:]}"))
        .then(pl.col(name).str.slice(1))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )


def guarded_text(text: str) -> str:
    """One text that no spreadsheet takes for a formula."""
    return f"'{text}" if re.match(_RISKY, text) and not re.match(_NUMBER, text) else text
