"""The mapping file a user starts from: every column with what it was taken for, open questions as comments."""

from __future__ import annotations

from collections.abc import Sequence

from caseaudit.mapping.asking import Question, open_questions, quoted
from caseaudit.mapping.decisions import LEAVE_OUT
from caseaudit.model import ColumnMatch, SheetPlan
from caseaudit.tables import MODELS, spec

_HEAD = """\
# What the columns of your exports mean.
#
# Lines beginning with # are remarks. To decide something, change a line or take the # away from before it.
# A column you do not mention is matched by itself; "leave out" drops one at read.
# A name of a file may hold * for what changes from month to month: file = "Caseload *.xlsx".
# Fields are written table.field, such as cases.opened_on.
"""


def propose(plans: Sequence[SheetPlan]) -> str:
    """The text of a mapping file that says what `plan` decided, and asks what it could not.

    Read back unchanged, it leads to the same plans.
    """
    every = {f"{table}.{name}" for table in MODELS for name in spec(table).fields}
    return "\n".join([_HEAD, *("\n".join(_source(plan, open_questions([plan], every))) + "\n" for plan in plans)])


def _source(plan: SheetPlan, questions: Sequence[Question]) -> list[str]:
    source = plan.sheet.source
    tables = tuple(dict.fromkeys(feed.table for feed in plan.feeds))
    lines = [f"# {'-' * 100}", f"# {_remark(source.label)}: {_understood(plan, tables)}"]
    if questions:
        lines.append(f"# {len(questions)} to decide: see the lines marked TO DECIDE.")
    lines += ["[[source]]", f"file = {quoted(_literal(source.file))}"]
    if source.sheet:
        lines.append(f"sheet = {quoted(_literal(source.sheet))}")
    if not plan.feeds and not questions:
        return [*lines, "leave_out = true"]
    # A table is named only where it is certain; where it is not, naming it is a decision.
    if tables:
        lines.append(f"table = {quoted(tables[0])}")
    lines += ["", "[source.columns]", *_columns(plan, {q.heading: q for q in questions})]
    for unpivot in (feed.unpivot for feed in plan.feeds if feed.unpivot is not None):
        name = "matrix_expiry" if unpivot.value_field == "expires_on" else "matrix"
        lines += ["", f"[source.{name}]", *(f"{quoted(h)} = {quoted(code)}" for h, code in unpivot.headings.items())]
    return [*lines, *_further(questions)]


def _understood(plan: SheetPlan, tables: Sequence[str]) -> str:
    if not tables:
        return _remark(plan.left_out or "feeds nothing")
    further = f", and {', '.join(tables[1:])}" if tables[1:] else ""
    return f"feeds {tables[0]}{further}"


def _columns(plan: SheetPlan, asked: dict[str, Question]) -> list[str]:
    paths: dict[str, list[str]] = {}
    for feed in plan.feeds:
        for name, heading in feed.columns.items():
            paths.setdefault(heading, []).append(f"{feed.table}.{name}")
    cells = {heading for feed in plan.feeds if feed.unpivot is not None for heading in feed.unpivot.headings}
    lines = []
    for match in plan.matches:
        if match.heading in asked:
            lines += _asked(asked[match.heading])
        elif match.heading in paths:
            lines.append(_line(match.heading, _fields(paths[match.heading]), match.why))
        elif match.heading not in cells:
            lines.append(_line(match.heading, quoted(LEAVE_OUT), match.why) if match.sure else _open(match))
    return lines


def _fields(paths: Sequence[str]) -> str:
    return quoted(paths[0]) if len(paths) == 1 else "[" + ", ".join(map(quoted, paths)) + "]"


def _line(heading: str, value: str, why: str) -> str:
    return f"{f'{quoted(heading)} = {value}':<60}  # {_remark(why.partition('; also ')[0])}"


def _open(match: ColumnMatch) -> str:
    return f"# {quoted(match.heading)} = {quoted(f'{match.table}.{match.field}')}"


def _asked(question: Question) -> list[str]:
    return [
        f"# TO DECIDE: {_remark(question.why)}",
        *(f"# {quoted(question.heading)} = {quoted(path)}" for path in (*question.candidates, LEAVE_OUT)),
    ]


def _further(questions: Sequence[Question]) -> list[str]:
    """What else the questions need: words and orders of dates, ready to be taken out of their comments."""
    lines: list[str] = []
    for question in questions:
        for table, entry in question.further:
            lines += [
                "",
                f"# TO DECIDE for {quoted(question.heading)}:",
                f"# [source.{table}]",
                *(f"# {e}" for e in entry),
            ]
    return lines


def _literal(name: str) -> str:
    """A name as a pattern that fits it alone."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _remark(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
