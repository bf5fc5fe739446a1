"""Attributes of a tag found in XML."""

from __future__ import annotations

import html
import re
from functools import lru_cache


def attribute(tag: bytes, name: bytes) -> str:
    """The value of an attribute, empty where the tag has none.

    Args:
        tag: the tag from < on.
        name: its name, a pattern.
    """
    found = _pattern(name).search(tag)
    return html.unescape((found.group(1) or found.group(2) or b"").decode(errors="replace")) if found else ""


@lru_cache(64)
def _pattern(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\s%b\s*=\s*(?:\"([^\"]*)\"|'([^']*)')" % name)
