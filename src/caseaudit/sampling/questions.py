"""The questions of the audit sheet, and the words that answer them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseaudit.errors import UsageProblem
from caseaudit.folders import TEMPLATES

QUESTIONS = TEMPLATES / "audit_questions.toml"

MET, NOT_MET, NOT_EVIDENCED = "met", "not met", "not evidenced"
ANSWERS = (MET, NOT_MET, NOT_EVIDENCED)

OUTSIDE = ("closed by the date", "a second entry of another case", "a test entry")
"""Why a case does not belong on the list. A record that cannot be found is none of them: it is not evidenced."""

_KEYS = ("code", "title", "text", "basis")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its code and title stand above a column, its text on a sheet of its own."""

    code: str
    title: str
    text: str
    basis: str

    @property
    def heading(self) -> str:
        """What stands above its column."""
        return f"{self.code} {self.title}"


def load_questions(path: Path | None = None) -> tuple[Question, ...]:
    """The questions of a file; the shipped ones when none is given.

    Raises:
        UsageProblem: the file cannot be read, or does not hold questions with code, title, text and basis.
    """
    file = path or QUESTIONS
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except OSError as fault:
        raise UsageProblem(f"--questions '{file.name}' cannot be read ({fault.strerror}).") from None
    except ValueError:
        raise UsageProblem(
            f"--questions '{file.name}' is not TOML. See report_templates/audit_questions.toml."
        ) from None
    rows = data.get("question")
    if set(data) != {"question"} or not isinstance(rows, list) or not rows:
        raise UsageProblem(f"--questions '{file.name}' must hold [[question]] entries and nothing else.")
    questions = tuple(_question(row, number, file.name) for number, row in enumerate(rows, start=1))
    if len({question.code.casefold() for question in questions}) < len(questions):
        raise UsageProblem(f"--questions '{file.name}': a code stands twice.")
    return questions


def _question(row: Any, number: int, file: str) -> Question:
    if not isinstance(row, dict) or set(row) != set(_KEYS) or not all(isinstance(v, str) and v for v in row.values()):
        raise UsageProblem(f"--questions '{file}', question {number}: give {', '.join(_KEYS)}, each a text.")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,7}", row["code"]):
        raise UsageProblem(
            f"--questions '{file}', question {number}: a code is a letter and up to 7 letters or digits."
        )
    return Question(**row)
