"""Texts as a cell can hold them. What cannot stand in a cell is shown by a sign for it, never dropped in silence.

Source: Microsoft, "Excel specifications and limits" (32,767 UTF-16 units in a cell); ECMA-376, ST_Xstring.
"""

from __future__ import annotations

import polars as pl

MOST_UNITS = 32_767

_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u{fffe}\u{ffff}]"
_SIGNS = {
    "\r\n": "\n",
    "\r": "\n",
    # Unicode's own pictures of the control characters: a bell becomes ␇.
    **{chr(code): chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\r"},
    "\x7f": "\u2421",
    **dict.fromkeys(map(chr, range(0x80, 0xA0)), "\ufffd"),
    "\ufffe": "\ufffd",
    "\uffff": "\ufffd",
}


def visible(texts: pl.Series, whole_in: str = "findings.csv") -> pl.Series:
    """The same texts, without control characters and none longer than a cell.

    Args:
        texts: a column of text.
        whole_in: file that holds the whole of a text that is cut; the cell says so.
    """
    if texts.str.contains(_CONTROL).any():
        # Leftmost-longest, so that a line end of two characters stays one line end.
        texts = texts.str.replace_many(list(_SIGNS), list(_SIGNS.values()), leftmost=True)
    # A text has never more UTF-16 units than bytes.
    if (texts.str.len_bytes() > MOST_UNITS).any():
        texts = pl.Series(texts.name, [text and _cut(text, whole_in) for text in texts], dtype=pl.String)
    return texts


def visible_text(text: str, whole_in: str = "findings.csv") -> str:
    """One text as a cell can hold it."""
    if text.isprintable() and len(text.encode()) <= MOST_UNITS:
        return text
    return str(visible(pl.Series([text], dtype=pl.String), whole_in)[0])


def _cut(text: str, whole_in: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_UNITS:
        return text
    tail = f" … cut; whole text in {whole_in}"
    return units[: 2 * (MOST_UNITS - len(tail))].decode("utf-16-le", errors="ignore") + tail


def escaped(text: pl.Expr) -> pl.Expr:
    """A text inside an element of a sheet's XML. A literal `_x0041_` would be read as a character code."""
    return (
        text.str.replace_all("_(x[0-9a-fA-F]{4}_)", "_x005F_${1}")
        .str.replace_all("&", "&amp;", literal=True)
        .str.replace_all("<", "&lt;", literal=True)
        .str.replace_all(">", "&gt;", literal=True)
    )
