"""Which numbers of rows lie a few above a number of people that is shown: the few are people nobody published.

Of the 63 rows of a caseload export of which 60 cases are open, 3 are closed. What is compared are the rows of a source,
or of all sources of one table, with the population of a check that looks at such rows; rows of cases also with two
populations of which nobody is in both, such as open and closed cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from caseaudit.disclosure.counts import ROWS, is_about_people
from caseaudit.disclosure.profiles import Profile
from caseaudit.model import Result, SourceAccount
from caseaudit.publication import PublicResult

_CASES, _CASE = "cases", "case_id"

ROWS_OF = {
    "allocation": "allocations", "band change": "bands", "case": _CASES, "contact": "contacts",
    "escalation": "escalations", "incident": "incidents", "referral": "referrals", "risk flag": "risk_flags",
    "task": "tasks", "case and physical check": "physical_checks",
}  # fmt: skip
"""Subject of a check → the table of which its members are rows; any other may be of any table."""


def populations(results: Sequence[Result], public: Sequence[PublicResult]) -> list[Result]:
    """The checks with whose populations rows are compared: about people, and shown."""
    return [raw for raw, shown in zip(results, public, strict=True) if shown.population.value and _counts_people(raw)]


def _counts_people(raw: Result) -> bool:
    return is_about_people(raw) and raw.subject not in ROWS


def is_near(accounts: Sequence[SourceAccount], people: Sequence[Result], profile: Profile) -> bool:
    """Whether the rows of these sources together are a few more than the people of a figure, or of two."""
    numbers = _numbers(accounts)
    if any(_near(numbers, accounts, one, profile) is not None for one in people):
        return True
    if not all(_CASES in one.tables for one in accounts):
        return False
    cases = [one for one in people if one.subject == "case" and _CASE in one.evidence_schema]
    return any(
        any(profile.is_small(number - one.population - other.population) for number in numbers)
        and _is_apart(one, other)
        for one, other in combinations(cases, 2)
    )


def near_rows(account: SourceAccount, results: Sequence[Result], profile: Profile) -> dict[str, int]:
    """Code of each check about people whose population lies a few below the rows of a source → so many rows."""
    numbers = _numbers([account])
    near = {raw.code: _near(numbers, [account], raw, profile) for raw in results if _counts_people(raw)}
    return {code: number for code, number in near.items() if number is not None}


def _numbers(accounts: Sequence[SourceAccount]) -> list[int]:
    """Rows read, those of them that are records, and those that were used."""
    of_each = [(one.rows_read, one.rows_read - one.furniture, one.kept) for one in accounts]
    return [sum(numbers) for numbers in zip(*of_each, strict=True)]


def _near(numbers: Sequence[int], accounts: Sequence[SourceAccount], raw: Result, profile: Profile) -> int | None:
    table = ROWS_OF.get(raw.subject)
    if table is not None and not all(table in one.tables for one in accounts):
        return None
    return next((number for number in numbers if profile.is_small(number - raw.population)), None)


def _is_apart(one: Result, other: Result) -> bool:
    """Whether no case is a member of both."""
    ours, theirs = (result.evidence_columns(_CASE) for result in (one, other))
    return ours is not None and theirs is not None and ours.join(theirs, on=_CASE, how="semi").is_empty()
