"""`caseaudit map` in a terminal: the open questions asked one by one. No cell of an export is shown."""

from __future__ import annotations

import shutil
import tempfile
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from caseaudit.mapping.asking import Answer, Place, Question, SheetQuestion
    from caseaudit.model import Sheet, SheetPlan

T = TypeVar("T")
Ask = Callable[[str], str]
"""Shows a prompt and gives what the user typed. EOFError when there is no more."""

LEAVE_OUT, LATER = "leave out", "decide later"
PROMPT = "Number, or Enter to decide later (q stops asking): "
_STOP = "q"


class Stopped(Exception):
    """The user wants no more questions; what is open stays open."""


def interview(
    plans: Sequence[SheetPlan], ask: Ask = input, say: Callable[[str], None] = typer.echo
) -> tuple[tuple[SheetPlan, ...], dict[Place, Answer]]:
    """Ask about every open question, and again about what the answers bring up, until none is left unanswered.

    Returns:
        The plans with the answers in them, and the answers.
    """
    from caseaudit import mapping
    from caseaudit.tables import MODELS, spec

    every = {f"{table}.{name}" for table in MODELS for name in spec(table).fields}
    sheets = [plan.sheet for plan in plans]
    answers: dict[Place, Answer] = {}
    asking = _Asking(ask, say, answers)
    shown: set[tuple[Place, str]] = set()
    current = tuple(plans)
    try:
        while True:
            whole = mapping.sheet_questions(current)
            unclear = {(question.file, question.sheet) for question in whole}
            columns = [q for q in mapping.questions(current, every) if (q.file, q.sheet) not in unclear]
            # The same column may be asked about twice, for another reason: its field, then the order of its dates.
            every_one: list[Question | SheetQuestion] = [*whole, *columns]
            new = [one for one in every_one if (one.place, one.why) not in shown]
            if not new:
                break
            for number, one in enumerate(new, start=1):
                say(f"\n{number} of {len(new)}")
                shown.add((one.place, one.why))
                asking.about(one)
            current = _planned(sheets, mapping.propose(current, answers))
    except (Stopped, EOFError):
        current = _planned(sheets, mapping.propose(current, answers))
    return tuple(map(_as_first_said, current, plans)), answers


def _as_first_said(now: SheetPlan, first: SheetPlan) -> SheetPlan:
    """The plan with the first reason of each column that is taken for the same as at first."""
    why = {(match.heading, match.table, match.field): match.why for match in first.matches if match.sure}
    matches = (replace(one, why=why.get((one.heading, one.table, one.field), one.why)) for one in now.matches)
    return replace(now, matches=tuple(matches))


def _planned(sheets: Sequence[Sheet], text: str) -> tuple[SheetPlan, ...]:
    """What the sheets come to under a mapping file that is not written yet."""
    from caseaudit import mapping

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mapping.toml"
        file.write_text(text, encoding="utf-8")
        return mapping.plan(sheets, file)


class _Asking:
    """Shows questions and takes answers."""

    def __init__(self, ask: Ask, say: Callable[[str], None], answers: dict[Place, Answer]) -> None:
        self._ask, self._show, self._answers = ask, say, answers

    def _say(self, text: str) -> None:
        # A heading is a stranger's text: what would steer the terminal is not passed on.
        plain = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
        width = shutil.get_terminal_size().columns
        for line in plain.split("\n"):
            indent = " " * (7 if line[:7].strip().isdecimal() else 3)
            self._show(textwrap.fill(line, width, subsequent_indent=indent, drop_whitespace=True) or line)

    def about(self, question: Question | SheetQuestion) -> None:
        """Ask one question."""
        from caseaudit.mapping.asking import Question

        where = f"{question.file} › {question.sheet}" if question.sheet else question.file
        what = f"column “{question.heading}”" if isinstance(question, Question) else "what is it?"
        self._say(f"{where}, {what}\n   {question.why[:1].upper()}{question.why[1:]}.")
        if isinstance(question, Question):
            self._about_column(question)
        else:
            self._about_sheet(question)

    def _about_column(self, question: Question) -> None:
        """Which field a column holds, in which order its dates are, or whether its words mean what is suggested."""
        from caseaudit.mapping.asking import Answer

        before = self._answers.get(question.place, Answer())
        options: list[tuple[str, Answer | None]]
        if question.about_order:
            orders = (("dmy", "day first, as 31/12/2026"), ("mdy", "month first, as 12/31/2026"))
            column = question.candidates[0]
            options = [(words, replace(before, column=column, order=order)) for order, words in orders]
        else:
            taken = {
                answer.column
                for (file, sheet, heading), answer in self._answers.items()
                if (file, sheet) == (question.file, question.sheet) and heading != question.heading
            }
            paths = [path for path in question.candidates if path not in taken]
            options = [(_described(question, path), _holds(question, path, before)) for path in paths]
        chosen = self._choice([*options, (f"{LEAVE_OUT} the column", Answer(LEAVE_OUT)), (LATER, None)])
        if chosen is not None:
            self._answers[question.place] = chosen

    def _about_sheet(self, question: SheetQuestion) -> None:
        """Which table a sheet is, and which of its columns holds what no row can do without."""
        from caseaudit.mapping.asking import Answer

        rows = [(f"{table}: one row per {_one_row(table)}", Answer(table=table)) for table in question.tables]
        chosen = self._choice([*rows, (f"{LEAVE_OUT} the sheet", Answer(table=LEAVE_OUT)), (LATER, None)])
        if chosen is None:
            return
        self._answers[question.place] = chosen
        for path in question.missing if chosen.table != LEAVE_OUT else ():
            free = [h for h in question.headings if (question.file, question.sheet, h) not in self._answers]
            self._say(f"   Which column holds {_titled(path)}?")
            heading = self._choice([*((f"“{h}”", h) for h in free), ("none of these, or decide later", None)])
            if heading is not None:
                self._answers[question.file, question.sheet, heading] = Answer(path)

    def _choice(self, options: Sequence[tuple[str, T]]) -> T:
        """One of numbered options; the last of them where the user just presses Enter."""
        for number, (words, _) in enumerate(options, start=1):
            self._say(f"   {number:>2}  {words}")
        while True:
            typed = self._ask(f"   {PROMPT}").strip()
            if typed == _STOP:
                raise Stopped
            if not typed:
                return options[-1][1]
            if typed.isdecimal() and 1 <= int(typed) <= len(options):
                return options[int(typed) - 1][1]
            self._say(f"   Type a number from 1 to {len(options)}.")


def _holds(question: Question, path: str, before: Answer) -> Answer:
    return replace(before, column=path, words=bool(question.words) and path == question.candidates[0])


def _described(question: Question, path: str) -> str:
    text = _titled(path)
    if question.words and path == question.candidates[0]:
        text += ": " + ", ".join(f"{word} = {meaning}" for word, meaning in question.words.items())
    return text


def _titled(path: str) -> str:
    from caseaudit.tables import spec

    table, name = path.split(".")
    return f"{path} ({spec(table).fields[name].title})"


def _one_row(table: str) -> str:
    from caseaudit.tables import spec

    return spec(table).one_row_per
