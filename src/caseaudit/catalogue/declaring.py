"""What a check file says of itself: the decorator, and the base of its standard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pandera.polars as pa

from caseaudit.catalogue.subjects import SUBJECTS
from caseaudit.errors import CheckProblem
from caseaudit.model import Severity

F = TypeVar("F", bound=Callable[..., Any])

BASES = ("law", "regulator", "contract", "nice", "guidance", "policy", "house")

Field = pa.Field
"""One thing that must hold: `Field(le=0, title="review held by its due date", description="{days_overdue} overdue")`.

The title completes the sentence "no record shows ..."; the description is the detail of a finding, in which `{column}`
stands for a value of the evidence and `{column:day}` for a count with its unit ("1 day", "5 days").
"""


class Evidence(pa.DataFrameModel):
    """Base of a check's Standard: one column per thing that must hold, over the evidence. A blank is not evidenced."""

    class Config:
        """The evidence may have other columns: those that name the subject and those a reader wants to see."""

        strict = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the decorator of a check was given."""

    code: str
    severity: Severity
    owner: str
    basis: str
    subject: str
    columns: tuple[str, ...]
    needs: tuple[str, ...]
    target: str | None


def check(
    code: str,
    *,
    severity: str,
    owner: str,
    basis: str,
    subject: str | tuple[str, ...],
    needs: str = "",
    target: str | None = None,
) -> Callable[[F], F]:
    """Declare a function to be a check.

    Args:
        code: family and number, such as "REV01". Never used twice, never reused.
        severity: high | medium | low, by the harm a breach may stand for. Evidence with a column `severity` sets it
            row by row.
        owner: who acts on a finding, such as "named worker".
        basis: what the limit rests on: law | regulator | contract | nice | guidance | policy | house.
        subject: what one row of the evidence is about: a word of `caseaudit.catalogue.subjects`, or the columns that
            name it.
        needs: fields without which the check cannot be made, as "table.field table.field"; where one of several will
            do, "table.field|table.field". The tables among the parameters, and the fields no row can lack, are needed
            anyway.
        target: name of the policy value with the rate from which the check is met; without it every member must meet.

    Raises:
        CheckProblem: a word is not one of those allowed.
    """
    if severity not in tuple(Severity):
        raise CheckProblem(f"{code}: severity must be one of {', '.join(Severity)}, not '{severity}'.")
    if basis not in BASES:
        raise CheckProblem(f"{code}: basis must be one of {', '.join(BASES)}, not '{basis}'.")
    if isinstance(subject, str) and subject not in SUBJECTS:
        raise CheckProblem(
            f"{code}: '{subject}' is no known subject; give the columns that name it, such as ('team',)."
        )
    name, columns = (subject, SUBJECTS[subject]) if isinstance(subject, str) else (" and ".join(subject), subject)
    declaration = Declaration(code, Severity(severity), owner, basis, name, columns, tuple(needs.split()), target)

    def declare(function: F) -> F:
        function.__dict__["caseaudit_check"] = declaration
        return function

    return declare
