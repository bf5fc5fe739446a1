"""An action agreed in a huddle is past its day, or has no owner or no deadline.

Why it matters: A decision of the huddle helps the person only once somebody has done it; without an owner and a day
    it is nobody's, and is not missed.
Who is looked at: Tasks that came from a huddle and were due before the as-at date, and those without a deadline.
What is a finding: The task was due before the as-at date and is not completed by then; done late, it is done. No owner
    or no deadline on record: not evidenced.
What to do: Do the task, or take it back to the huddle; give it an owner and a day.
Sources: House default. CQC Regulation 17 (good governance) asks that risks are acted on.
Example: as at 2026-10-31
    tasks  task_id | task_type  | source | due_on     | completed_on | owner_id
           T1      | engagement | huddle | 2026-10-30 | 2026-10-31   | W1
           T2      | engagement | huddle | 2026-10-30 |              | W1
           T3      | engagement | huddle |            | 2026-10-30   | W1
    met T1; breach T2; not evidenced T3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, days, once, recorded, seen, with_team


# Medium: what was decided about a known risk has not been done.
@check(
    "ESC04",
    severity="medium",
    owner="team manager",
    basis="house",
    subject="task",
    needs="tasks.source tasks.due_on tasks.completed_on tasks.owner_id",
)
def huddle_action_overdue(tasks: pl.LazyFrame, as_at: dt.date, episodes: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """One row per task of a huddle that is due or has no deadline: whether it is done, and whose it is."""
    agreed = once(tasks.filter(pl.col("source") == "huddle", seen("raised_on", as_at).fill_null(value=True)), "task_id")
    ripe = with_team(agreed, episodes).filter(pl.col("due_on").is_null() | (pl.col("due_on") < as_at))
    done = seen("completed_on", as_at).fill_null(value=False)
    return ripe.with_columns(
        done=done | pl.col("due_on").is_null(),
        days_over=days("due_on", as_at),
        owned=recorded("owner_id"),
        deadline=recorded("due_on"),
    )


class Standard(Evidence):
    """What must hold of each task."""

    done: bool = Field(
        eq=True,
        title="the task is done",
        description="{task_type}, due {due_on}, {days_over:day} ago, is not completed.",
    )
    owned: bool = Field(eq=True, title="the task has an owner")
    deadline: bool = Field(eq=True, title="the task has a deadline")
