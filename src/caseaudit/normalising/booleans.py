"""Texts to yes or no."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

YES = frozenset(
    ("yes", "y", "true", "t", "1", "1.0", "x", "✓", "✔", "☑", "☒", "✅", "√", "on", "done", "ticked", "checked",
     "completed", "complete", "ok", "agreed", "discussed", "-1", "ja", "oui")
)  # fmt: skip
"""Words for yes. -1 is how Microsoft Access writes it, ☒ how Word ticks a box."""

NO = frozenset(
    ("no", "n", "false", "f", "0", "0.0", "✗", "✘", "☐", "❌", "off", "not done", "unticked", "unchecked",
     "not completed", "incomplete", "not discussed", "nein", "non")
)  # fmt: skip
"""Words for no."""


def read_yes_no(texts: pl.Series, values: Mapping[str, str]) -> pl.DataFrame:
    """`value` (Boolean) and `problem` for each text; `values` are the source's own words for "yes" and "no"."""
    known = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
    known |= {word.lower(): meaning == "yes" for word, meaning in values.items() if meaning in {"yes", "no"}}
    answer = (
        pl.col("text")
        .str.to_lowercase()
        .str.strip_chars_end(".")
        .replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.Boolean)
    )
    return (
        texts.alias("text")
        .to_frame()
        .select(value=answer, problem=pl.when(answer.is_null()).then(pl.lit("neither a yes nor a no")))
    )
