"""What a cell says before it is taken for a date, a number or a word: trimmed, and blank where it says nothing."""

from __future__ import annotations

import polars as pl

PLACEHOLDERS = frozenset(
    (
        "-", "--", "---", "–", "—", ".", "..", "...", "?", "??", "/", "*", "_",
        "n/a", "na", "n.a", "n.a.", "n\\a", "#n/a", "#n/a n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!",
        "#num!", "null", "nan", "nat", "(blank)", "blank", "(null)", "undefined",
        "tbc", "tba", "tbd", "t.b.c.", "to be confirmed", "to be advised", "to be decided", "to be arranged",
        "not known", "unknown", "not yet known", "n/k", "nk", "not recorded", "not entered", "not stated",
        "not specified", "not available", "not applicable", "none recorded", "nothing recorded", "no data",
        "no value", "missing", "unspecified", "not set", "not provided", "not given", "no record", "dk", "d/k",
        "don't know", "dont know",
    )
)  # fmt: skip
"""Words that stand in a cell to say that nothing is known. Lower case."""

NOTHING = frozenset(("none", "nil", "no", "n", "0", "00/00/0000", "0000-00-00", "never", "not yet", "no date"))
"""Words that say "there is none", by the kind of field: a blank for a date or an identifier, an answer elsewhere."""

_NONE_WORDS = frozenset(("none", "nil"))

NONE_IS_AN_ANSWER = frozenset(
    ("cases.needs", "incidents.factor", "supervision.risks_identified", "supervision.actions_agreed")
)
"""Fields in which "none" is what somebody found out. Elsewhere it is the absence of a record, and so a blank:
"none" as step-down criteria, escalation route or recovery plan must not pass as recorded."""

_BY_KIND = {
    "ident": PLACEHOLDERS | _NONE_WORDS,
    "text": PLACEHOLDERS | _NONE_WORDS,
    "code": PLACEHOLDERS | _NONE_WORDS,
    "words": PLACEHOLDERS | _NONE_WORDS,
    "day": PLACEHOLDERS | NOTHING,
    "month": PLACEHOLDERS | NOTHING,
    "number": PLACEHOLDERS | _NONE_WORDS,
    "yes_no": PLACEHOLDERS | _NONE_WORDS,
}

_EDGES = " \t\r\n\v\f\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff"
# NUL and other control characters are shown by no program and typed by no one.
_HIDDEN = r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_TRIM = rf"^[{_EDGES}]+|[{_EDGES}]+$"
_ODD_SPACE = r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"


def trimmed(column: pl.Series) -> pl.Series:
    """The text without blanks around it, hidden signs or odd spaces within it; null where nothing is left."""
    expr = pl.col(column.name)
    frame = column.to_frame()
    # Most columns hold nothing but plain signs; only the others pay for the patterns.
    if frame.select(expr.str.contains(r"[^!-~]").any()).item():
        expr = expr.str.strip_chars()
        if frame.select(expr.str.contains(r"[^ -~]").any()).item():
            expr = (
                expr.str.replace_all(_HIDDEN, "")
                .str.replace_all(_ODD_SPACE, " ")
                .str.replace_all(_TRIM, "")
                .str.strip_chars()
            )
    return frame.select(pl.when(expr.str.len_bytes() > 0).then(expr)).to_series()


def blanked(column: pl.Series, kind: str, path: str) -> tuple[pl.Series, int]:
    """The column with placeholder words made blank.

    Args:
        column: trimmed text.
        kind: kind of the field.
        path: the field as `table.field`.

    Returns:
        The column, and how many cells were blanked.
    """
    words = _BY_KIND[kind]
    if path in NONE_IS_AN_ANSWER:
        words -= _NONE_WORDS
    name = pl.col(column.name)
    longest = max(map(len, words)) * 4
    said_nothing = (name.str.len_bytes() <= longest) & name.str.to_lowercase().is_in(list(words))
    hit = column.to_frame().select(said_nothing.fill_null(value=False)).to_series()
    count = int(hit.sum())
    if not count:
        return column, 0
    return column.to_frame().select(pl.when(~hit).then(name)).to_series(), count
