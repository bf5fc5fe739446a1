"""Headings of many hands: right at once, asked about, or not read; nothing is taken for another field."""

from __future__ import annotations

import pytest
from headings_corpus import Case, corpus, path_of, sheet_of

from caseaudit import mapping
from caseaudit.model import ColumnMatch

ABOUT_CELLS = ("have to be confirmed", "day first or month first")
"""Questions about the words or days under a heading that is understood."""


def _what_became_of(case: Case, answer: str, match: ColumnMatch) -> str:
    """ "right", "asked", "not read" or "wrong"."""
    wanted, path = answer.lstrip("?"), path_of(case, answer)
    got = f"{match.table}.{match.field}" if match.field else None
    if got == path and match.sure:
        return "right" if wanted != "!" or match.personal else "not read"
    if not match.sure:
        return "right" if got == path and any(said in match.why for said in ABOUT_CELLS) else "asked"
    if got is None:
        return "right" if answer.startswith("?") else "not read"
    return "asked" if answer.startswith("?") else "wrong"  # what is open to argument is no measure of what is right


def _found_in(*names: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"right": [], "asked": [], "not read": [], "wrong": []}
    for case in (case for name in names for case in corpus(name)):
        (plan,) = mapping.plan([sheet_of(case)])
        for match in plan.matches:
            answer = case.answers[match.heading]
            words = f"{case.file}: {match.heading} -> {match.table}.{match.field} ({match.why}), not {answer}"
            found[_what_became_of(case, answer, match)].append(words)
    return found


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    return _found_in("headings_unseen.txt")


def test_nothing_is_taken_for_another_field(found: dict[str, list[str]]) -> None:
    assert not found["wrong"], found["wrong"]


def test_most_is_right_at_once_and_little_passes_unread(found: dict[str, list[str]]) -> None:
    total = sum(map(len, found.values()))
    assert total >= 4_000
    assert len(found["right"]) >= 0.94 * total, len(found["right"]) / total
    assert len(found["not read"]) <= 0.015 * total, found["not read"]


def test_of_every_corpus_together_95_in_a_hundred_are_right_at_once(found: dict[str, list[str]]) -> None:
    others = _found_in("headings.txt", "headings_with_cells.txt", "headings_blind.txt")
    total = sum(len(one) for lists in (found, others) for one in lists.values())
    assert total >= 6_000
    assert len(found["right"]) + len(others["right"]) >= 0.955 * total
