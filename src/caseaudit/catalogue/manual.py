"""A check's docstring is its manual page: a first line, then fixed headings in a fixed order."""

from __future__ import annotations

import re

from caseaudit.errors import CheckProblem
from caseaudit.model import Manual

HEADINGS = ("Why it matters", "Who is looked at", "What is a finding", "What to do", "Sources")
_PART = re.compile(rf"^({'|'.join(HEADINGS)}|Example): *", re.MULTILINE)


def read_manual(docstring: str | None, file: str) -> Manual:
    """The manual page in a check file's docstring.

    Raises:
        CheckProblem: it is missing, or a heading is missing, empty or out of order.
    """
    if not docstring:
        raise CheckProblem(f"{file} has no docstring. It is the check's manual page: {', '.join(HEADINGS)}.")
    fault, *rest = _PART.split(docstring.strip())
    found = dict(zip(rest[::2], (text.strip() for text in rest[1::2]), strict=True))
    named = tuple(heading for heading in rest[::2] if heading != "Example")
    if named != HEADINGS:
        raise CheckProblem(f"{file}: the docstring needs these headings in this order: {', '.join(HEADINGS)}.")
    if blank := [heading for heading in HEADINGS if not found[heading]]:
        raise CheckProblem(f"{file}: nothing stands under '{blank[0]}' in the docstring.")
    why, population, finding, action, sources = (" ".join(found[heading].split()) for heading in HEADINGS)
    example = _unindent(found.get("Example", ""))
    return Manual(" ".join(fault.split()).rstrip("."), why, population, finding, action, sources, example)


def _unindent(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines())
