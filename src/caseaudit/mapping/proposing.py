"""The mapping file a user starts from: every column with what it was taken for, open questions as comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from caseaudit.mapping.aliases import aliases
from caseaudit.mapping.asking import Answer, Place, Question, SheetQuestion, open_questions, quoted, sheet_question
from caseaudit.mapping.decisions import LEAVE_OUT, Decision
from caseaudit.mapping.doubting import LACKING
from caseaudit.model import SheetPlan, Source
from caseaudit.tables import MODELS, spec

_HEAD = """\
# What the columns of your exports mean.
#
# Lines beginning with # are remarks. To decide something, change a line or take the # away from before it.
# A column you do not mention is matched by itself; "leave out" drops one at read.
# A name of a file may hold * for what changes from month to month: file = "Caseload *.xlsx".
# Fields are written table.field, such as cases.opened_on.
"""

TO_DECIDE = "# TO DECIDE:"
"""How the line begins above what has to be decided."""

_ANSWERED = "your answer"

SUGGESTION = "SUGGESTION"
"""Marks what the user may want to add, though nothing is in doubt."""


def propose(plans: Sequence[SheetPlan], answers: Mapping[Place, Answer], before: Sequence[Decision] = ()) -> str:
    """The text of a mapping file that says what `plan` decided, and asks what it could not.

    Read back unchanged, it leads to the same plans, but for what the answers add. A pattern of an earlier file
    (BEFORE) stands again where all that it fits came to the same; one block then does for all of them.
    """
    every = {f"{table}.{name}" for table in MODELS for name in spec(table).fields}
    said = [_source(plan, open_questions([plan], every), answers) for plan in plans]
    groups: dict[tuple[str, str | None], list[int]] = {}
    for at, plan in enumerate(plans):
        if (named := _pattern(plan.sheet.source, before)) is not None:
            groups.setdefault(named, []).append(at)
    heads = {at: _named(plan.sheet.source) for at, plan in enumerate(plans)}
    dropped: set[int] = set()
    for (file, sheet), places in groups.items():
        fits = Decision(file=file, sheet=sheet)
        alike = all(said[at][1] == said[places[0]][1] for at in places)
        if alike and places == [at for at, plan in enumerate(plans) if fits.concerns(plan.sheet.source)]:
            heads[places[0]] = _naming(file, sheet)
            dropped |= set(places[1:])
    blocks = [
        "\n".join([*remarks, *heads[at], *lines]) + "\n"
        for at, (remarks, lines) in enumerate(said)
        if at not in dropped
    ]
    return "\n".join([_HEAD, *blocks])


def _pattern(source: Source, before: Sequence[Decision]) -> tuple[str, str | None] | None:
    """The pattern by which an earlier mapping file named a source; None where it gave the whole name, or none."""
    about = [one for one in before if one.concerns(source)]
    if not about or not set("*?") & {*about[-1].file, *(about[-1].sheet or "")}:
        return None
    return about[-1].file, about[-1].sheet


def _named(source: Source) -> list[str]:
    return _naming(_literal(source.file), _literal(source.sheet) if source.sheet else None)


def _naming(file: str, sheet: str | None) -> list[str]:
    return ["[[source]]", f"file = {quoted(file)}", *([f"sheet = {quoted(sheet)}"] if sheet else [])]


def _source(
    plan: SheetPlan, questions: Sequence[Question], answers: Mapping[Place, Answer]
) -> tuple[list[str], list[str]]:
    """Remarks above the block of a source, and what stands in it below the source's name."""
    source = plan.sheet.source
    tables = tuple(dict.fromkeys(feed.table for feed in plan.feeds))
    whole = answers.get((source.file, source.sheet, None), Answer())
    said = {h: a for (file, sheet, h), a in answers.items() if (file, sheet) == (source.file, source.sheet) and h}
    # What is known but for what the sheet is, or for a column it lacks, is settled with that.
    whole_sheet = None if whole.table else sheet_question(plan)
    known = {match.heading for match in plan.matches if match.why in {LACKING, f"the sheet {plan.left_out}"}}
    asked = {
        q.heading: q for q in questions if q.heading not in known and not _settled(q, said.get(q.heading, Answer()))
    }
    remarks = [f"# {'-' * 100}", f"# {_remark(source.label)}: {_understood(plan, tables)}"]
    if plan.format is not None:
        read = f"# Read as {_remark(plan.format.name)} {_remark(plan.format.part)} without a line here."
        return remarks, [read]
    if whole.table == LEAVE_OUT or not (plan.feeds or questions or said):
        return remarks, ["leave_out = true"]
    lines: list[str] = []
    # A table is named only where it is certain; where it is not, naming it is a decision.
    if table := whole.table or next(iter(tables), None):
        lines.append(f"table = {quoted(table)}")
    elif whole_sheet is not None:
        lines += _which_table(whole_sheet)
    lacking = _which_column(whole_sheet, asked) if whole_sheet is not None else []
    lines += ["", "[source.columns]", *lacking, *_columns(plan, asked, said)]
    for unpivot in (feed.unpivot for feed in plan.feeds if feed.unpivot is not None):
        name = "matrix_expiry" if unpivot.value_field == "expires_on" else "matrix"
        lines += ["", f"[source.{name}]", *(f"{quoted(h)} = {quoted(code)}" for h, code in unpivot.headings.items())]
    if count := sum(line.startswith(TO_DECIDE) for line in lines):
        remarks.append(f"# {count} to decide: see the lines marked TO DECIDE.")
    return remarks, [*lines, *_decided(plan, questions, said), *_further(asked.values()), *_layers(plan)]


def _which_table(question: SheetQuestion) -> list[str]:
    """The tables a sheet may be, ready to be taken out of their comments."""
    if question.missing:
        return []
    return [
        f"{TO_DECIDE} {_remark(question.why)}",
        *(f"# table = {quoted(table)}" for table in question.tables),
        "# leave_out = true",
    ]


def _which_column(question: SheetQuestion, asked: Mapping[str, Question]) -> list[str]:
    """Fields no row can do without for which no column is known, nor one asked about."""
    offered = {path for one in asked.values() for path in one.candidates}
    lines = []
    for path in question.missing:
        if path not in offered:
            lines += [
                f"{TO_DECIDE} which column holds {path}? Write its heading in place of the dots,",
                "# or leave out the sheet: leave_out = true above [source.columns].",
                f'# "..." = {quoted(path)}',
            ]
    return lines


def _settled(question: Question, answer: Answer) -> bool:
    """Whether an answer leaves nothing of a question open."""
    if answer.column in {None, LEAVE_OUT}:
        return answer.column == LEAVE_OUT
    if question.about_order:
        return answer.order is not None
    return answer.words or not question.words or answer.column != question.candidates[0]


def _understood(plan: SheetPlan, tables: Sequence[str]) -> str:
    if not tables:
        return _remark(plan.left_out or "feeds nothing")
    further = f", and {', '.join(tables[1:])}" if tables[1:] else ""
    return f"feeds {tables[0]}{further}"


def _columns(plan: SheetPlan, asked: Mapping[str, Question], said: Mapping[str, Answer]) -> list[str]:
    paths: dict[str, list[str]] = {}
    for feed in plan.feeds:
        for name, heading in feed.columns.items():
            paths.setdefault(heading, []).append(f"{feed.table}.{name}")
    cells = {heading for feed in plan.feeds if feed.unpivot is not None for heading in feed.unpivot.headings}
    lines = []
    for match in plan.matches:
        heading = match.heading
        if (answer := said.get(heading)) is not None and answer.column is not None:
            lines += [f"{TO_DECIDE} {_remark(asked[heading].why)}"] if heading in asked else []
            lines.append(_line(heading, quoted(answer.column), _ANSWERED))
        elif heading in asked:
            lines += _asked(asked[heading])
        elif heading in paths:
            lines.append(_line(heading, _fields(paths[heading]), match.why))
        elif heading in cells:
            continue
        elif match.field is None:
            # Of a sheet in doubt nobody knows yet what it has no use for.
            mark = "" if match.sure else "# "
            lines.append(mark + _line(heading, quoted(LEAVE_OUT), match.why))
        elif match.sure:
            # The sheet feeds nothing until another column is decided; this one is as sure as before.
            lines.append(_line(heading, quoted(f"{match.table}.{match.field}"), match.why))
        else:
            lines.append(f"# {quoted(heading)} = {quoted(f'{match.table}.{match.field}')}")
    return lines


def _fields(paths: Sequence[str]) -> str:
    return quoted(paths[0]) if len(paths) == 1 else "[" + ", ".join(map(quoted, paths)) + "]"


def _line(heading: str, value: str, why: str) -> str:
    return f"{f'{quoted(heading)} = {value}':<60}  # {_remark(why.partition('; also ')[0])}"


def _asked(question: Question) -> list[str]:
    return [
        f"{TO_DECIDE} {_remark(question.why)}",
        *(f"# {quoted(question.heading)} = {quoted(path)}" for path in (*question.candidates, LEAVE_OUT)),
    ]


def _decided(plan: SheetPlan, questions: Sequence[Question], said: Mapping[str, Answer]) -> list[str]:
    """What is decided beside the columns: constants, orders of dates, and words the data file does not know."""
    constants = {f"{feed.table}.{name}": text for feed in plan.feeds for name, text in feed.constants.items()}
    orders = {**plan.date_order, **{heading: answer.order for heading, answer in said.items() if answer.order}}
    tables: dict[str, Mapping[str, str]] = {"constants": constants, "date_order": orders}
    for path, words in plan.values.items():
        known = aliases().values.get(path, {})
        tables[f"values.{quoted(path)}"] = {word: to for word, to in words.items() if known.get(word) != to}
    for question in questions:
        if question.heading in said and said[question.heading].words:
            name = f"values.{quoted(question.candidates[0])}"
            tables[name] = {**tables.get(name, {}), **question.words}
    lines = []
    for name, entries in tables.items():
        if entries:
            lines += ["", f"[source.{name}]", *(f"{quoted(key)} = {quoted(text)}" for key, text in entries.items())]
    return lines


def _further(questions: Iterable[Question]) -> list[str]:
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


def _layers(plan: SheetPlan) -> list[str]:
    """How the layer of a worker could be read from the job title where no column holds it; never taken unasked."""
    feed = next((one for one in plan.feeds if one.table == "staff"), None)
    if feed is None or "role" not in feed.columns or "layer" in {*feed.columns, *feed.constants}:
        return []
    heading = feed.columns["role"]
    known = aliases().suggested["staff.layer"]
    titles = {cell.strip().lower() for cell in plan.sheet.sample.get_column(heading).drop_nulls().to_list()}
    # Only words of our own list are written, not whatever else stands in the column.
    found = [f"# {quoted(title)} = {quoted(known[title])}" for title in sorted(titles & known.keys())]
    return [
        "",
        f"# {SUGGESTION}: no column holds the layer of a worker (clinical, support, peer, management), which checks of",
        f"# clinical oversight need. If {_remark(quoted(heading))} tells it, put this line in place of that above,",
        "# take the # away here, and add the job titles that are missing; one not listed counts as of no known layer.",
        f'# {quoted(heading)} = ["staff.role", "staff.layer"]',
        '# [source.values."staff.layer"]',
        *found,
    ]


def _literal(name: str) -> str:
    """A name as a pattern that fits it alone."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _remark(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
