"""What the columns of exports mean: known headings, likeness and the look of the values; what is unsure is asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from caseaudit.model import Sheet, SheetPlan

if TYPE_CHECKING:
    from caseaudit.mapping.questions import Question

__all__ = ["headings", "plan", "questions"]


def plan(sheets: Sequence[Sheet], mapping_file: Path | None = None) -> tuple[SheetPlan, ...]:
    """Decide for every sheet which tables it feeds and by which columns.

    Args:
        sheets: the sources, looked at but not read.
        mapping_file: the user's decisions, which go before everything else.
    """
    from caseaudit.mapping.aliases import aliases
    from caseaudit.mapping.planning import plan_sheet

    del mapping_file
    return tuple(plan_sheet(sheet, aliases()) for sheet in sheets)


def questions(plans: Sequence[SheetPlan], needed: Collection[str]) -> tuple[Question, ...]:
    """The columns a user must decide about before checks that need these fields may run.

    Args:
        plans: as `plan` made them.
        needed: fields as "table.field".
    """
    from caseaudit.mapping.questions import open_questions

    return open_questions(plans, needed)


def headings(plan: SheetPlan) -> frozenset[str]:
    """The headings whose columns have to be loaded for a plan."""
    used = {heading for feed in plan.feeds for heading in feed.columns.values()}
    return frozenset(used | {h for feed in plan.feeds if feed.unpivot is not None for h in feed.unpivot.headings})
