"""What the columns of exports mean: known headings, likeness and the look of the values; what is unsure is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from caseaudit.model import Sheet, SheetPlan

if TYPE_CHECKING:
    from caseaudit.mapping.asking import Answer, Place, Question, SheetQuestion

__all__ = ["headings", "make_ready", "plan", "propose", "questions", "sheet_questions", "warnings"]


def make_ready() -> None:
    """Read what `plan` knows of headings and words; worth doing while exports are being looked at."""
    from caseaudit.mapping.titles import phrases

    phrases()  # and the headings, by which they are read


def plan(sheets: Sequence[Sheet], mapping_file: Path | None = None) -> tuple[SheetPlan, ...]:
    """Decide for every sheet which tables it feeds and by which columns.

    Args:
        sheets: the sources, looked at but not read.
        mapping_file: the user's decisions, which go before everything else.

    Raises:
        UsageProblem: the mapping file cannot be read, or names what does not exist.
    """
    from caseaudit.mapping.aliases import aliases
    from caseaudit.mapping.crossing import crossed
    from caseaudit.mapping.decisions import together
    from caseaudit.mapping.mapping_file import read
    from caseaudit.mapping.planning import UNRECOGNISED, plan_sheet
    from caseaudit.mapping.presets import plan_part, recognised
    from caseaudit.mapping.template import plan_template
    from caseaudit.tables import MODELS

    decisions = [] if mapping_file is None else read(mapping_file, sheets)
    about = [together([one for one in decisions if one.concerns(sheet.source)]) for sheet in sheets]
    plans = []
    for sheet, told in zip(sheets, about, strict=True):
        part = recognised(sheet)
        # A file of a format that lacks columns is the user's to map, if they have begun to.
        own = told.leave_out or (part is not None and part.lacking and (told.tables or told.columns))
        if part is not None and not own:
            plans.append(plan_part(sheet, part, told))
        else:
            plans.append(plan_template(sheet, aliases(), told) or plan_sheet(sheet, aliases(), told))
    lacking = MODELS.keys() - {feed.table for one in plans for feed in one.feeds}
    for at, (one, told) in enumerate(zip(plans, about, strict=True)):
        if one.left_out == UNRECOGNISED:
            plans[at] = plan_sheet(one.sheet, aliases(), told, lacking)
    return crossed(plans)


def questions(plans: Sequence[SheetPlan], needed: Collection[str]) -> tuple[Question, ...]:
    """The columns a user must decide about before checks that need these fields may run.

    Args:
        plans: as `plan` made them.
        needed: fields as "table.field".
    """
    from caseaudit.mapping.asking import open_questions

    return open_questions(plans, needed)


def sheet_questions(plans: Sequence[SheetPlan]) -> tuple[SheetQuestion, ...]:
    """The sheets of which a user must say what they are before their columns can be asked about."""
    from caseaudit.mapping.asking import sheet_question

    return tuple(question for plan in plans if (question := sheet_question(plan)) is not None)


def propose(
    plans: Sequence[SheetPlan], answers: Mapping[Place, Answer] | None = None, mapping_file: Path | None = None
) -> str:
    """The text of a mapping file that says what was decided, with the open questions as comments.

    Args:
        plans: as `plan` made them.
        answers: what the user said to some of the questions; the lines that say so are no comments any more.
        mapping_file: the file the plans were made with; its patterns for names of files are kept.
    """
    from caseaudit.mapping.mapping_file import read
    from caseaudit.mapping.proposing import propose as text_of

    return text_of(plans, answers or {}, [] if mapping_file is None else read(mapping_file, ()))


def warnings(plans: Sequence[SheetPlan]) -> tuple[str, ...]:
    """What a user must be told about the columns whether or not anything is asked, one sentence each."""
    from caseaudit.mapping.drafting import SUICIDE_WARNING

    return tuple(
        f"{plan.sheet.source.label}, column “{match.heading}”: {SUICIDE_WARNING}."
        for plan in plans
        for match in plan.matches
        if SUICIDE_WARNING in match.why
    )


def headings(plan: SheetPlan) -> frozenset[str]:
    """The headings whose columns have to be loaded for a plan."""
    used = {heading for feed in plan.feeds for heading in feed.columns.values()}
    if plan.format is not None:
        # What a join or a step before it makes is no column of the file.
        return (plan.format.links | used) & frozenset(plan.sheet.headings)
    return frozenset(used | {h for feed in plan.feeds if feed.unpivot is not None for h in feed.unpivot.headings})
