"""Where a line may not break: a figure stays with its unit, a row with its number, and a date stays whole.

Sentences are written with plain spaces, as the tables and results.json have them; the spaces that hold are put in where
a page or a Word document is made, so that what is searched, compared and copied into other files stays plain.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

HARD = "\u00a0"
"""A space at which no line breaks."""

_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?"
)
_DATE = re.compile(rf"\b(?:(\d{{1,2}}) )?({_MONTH})(?: (\d{{4}}))?\b")
_UNIT = re.compile(r"(?<=\d) (?=%|(?:day|week|month|year|hour|point)s?\b|WTE\b)|(?<=\brow) (?=\d)")


def held_together(value: Any) -> Any:
    """A text with hard spaces inside its figures and dates; what is markup already, or no text, as it is."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _DATE.sub(_dated, _UNIT.sub(HARD, value))


def as_written(text: object) -> Markup:
    """A text escaped and with its plain spaces: for a title or another place that has no lines to break."""
    return escape(str(text))


def _dated(found: re.Match[str]) -> str:
    return HARD.join(part for part in found.groups() if part)
