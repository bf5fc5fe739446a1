"""From the rows of a filled audit sheet to an evaluation: which cases count, which are in error, and the limit.

A case is in error when any of its answers is not met or not evidenced. Cases left out as never having belonged on the
list are replaced by reserves in ticket order, which keeps the sample random; the frame then counts without them. That
errs on the safe side: other cases that do not belong on it may still be among those not looked at, and the fewer cases
a frame really has, the surer the same sample is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from caseaudit.errors import UsageProblem
from caseaudit.sampling.drawing import UNNAMED
from caseaudit.sampling.evaluation import Evaluation, Finding
from caseaudit.sampling.filled_sheet import Place, Row, listed
from caseaudit.sampling.limits import Stratum, most_in_error, supports
from caseaudit.sampling.manifest import Drawn, Register
from caseaudit.sampling.questions import MET, NOT_EVIDENCED, NOT_MET
from caseaudit.sampling.shares import cases


def evaluate(
    rows: Sequence[Row],
    register: Register,
    tolerable: Decimal | None = None,
    confidence: Decimal | None = None,
    *,
    allow_incomplete: bool = False,
) -> Evaluation:
    """Evaluate a filled audit sheet.

    Args:
        rows: every row of it that names a case.
        register: the draw it belongs to.
        tolerable: what is asked of it; None for what it was drawn for.
        confidence: likewise.
        allow_incomplete: take blank answers for errors. They are never taken for met.

    Raises:
        UsageProblem: cases are missing, added, doubled or replaced out of turn, or answers are blank.
    """
    by_case = _matched(rows, register)
    used, outside = _in_force(by_case, register)
    if not allow_incomplete:
        _complete([by_case[case.case_id] for case in used])
    strata = tuple(
        Stratum(s.name, s.cases - _of(s.name, outside), _of(s.name, used))
        for s in register.strata
        if s.cases > _of(s.name, outside)
    )
    asked = (tolerable or register.tolerable, confidence or register.confidence)
    audited = {case: by_case[case.case_id] for case in used}
    codes = [question.code for question in register.questions]
    parts = [(s, [row for case, row in audited.items() if case.stratum == s.name]) for s in strata]
    return Evaluation(
        register,
        *asked,
        strata,
        len(outside),
        _finding(audited.values(), codes, strata, *asked),
        tuple((q, _finding(audited.values(), [q.code], strata, *asked)) for q in register.questions),
        tuple((s, _finding(part, codes, [s], *asked) if part else None) for s, part in parts)
        if register.stratify_by
        else (),
    )


def _finding(
    rows: Collection[Row], codes: Sequence[str], strata: Sequence[Stratum], tolerable: Decimal, confidence: Decimal
) -> Finding:
    worst = [_worst([row.answers[code] for code in codes]) for row in rows]
    errors = len(worst) - worst.count(MET)
    return Finding(
        errors,
        worst.count(NOT_MET),
        worst.count(NOT_EVIDENCED),
        worst.count(None),
        most_in_error(errors, strata, confidence),
        sum(stratum.cases for stratum in strata),
        supports(errors, strata, confidence, tolerable),
        tuple(row.place for row, answer in zip(rows, worst, strict=True) if answer != MET),
    )


def _worst(answers: Sequence[str | None]) -> str | None:
    return next((answer for answer in (NOT_MET, NOT_EVIDENCED, None) if answer in answers), MET)


def _of(stratum: str, drawn: Collection[Drawn]) -> int:
    return sum(case.stratum == stratum for case in drawn)


def _matched(rows: Sequence[Row], register: Register) -> dict[str, Row]:
    """The row of each drawn case, by case id; a reserve that stands nowhere is not in it."""
    drawn = {case.case_id.strip(): case.case_id for case in (*register.sample, *register.reserve)}
    found: dict[str, list[Row]] = {}
    added: list[Place] = []
    for row in rows:
        if row.case_id in drawn:
            found.setdefault(drawn[row.case_id], []).append(row)
        else:
            added.append(row.place)
    missing = [case for case in register.sample if case.case_id not in found]
    filled = {case: [row for row in same if row.touched] or same[:1] for case, same in found.items()}
    twice = [row.place for same in filled.values() if len(same) > 1 for row in same]
    _refuse(
        (missing, f"{cases(len(missing))} of the sample missing: {_numbers(missing)}"),
        (added, f"cases that were not drawn: {listed(added)}"),
        (twice, f"cases that stand in more than one row: {listed(twice)}"),
    )
    return {case: same[0] for case, same in filled.items()}


def _in_force(by_case: dict[str, Row], register: Register) -> tuple[list[Drawn], list[Drawn]]:
    """The cases that count, reserves among them, and those that do not belong on the list."""
    used: list[Drawn] = []
    outside: list[Drawn] = []
    out_of_turn: list[Place] = []
    short: list[str] = []
    for stratum in register.strata:
        sample = [case for case in register.sample if case.stratum == stratum.name]
        gone = [case for case in sample if by_case[case.case_id].outside]
        used += [case for case in sample if case not in gone]
        wanted = len(gone)
        reserve = [case for case in register.reserve if case.stratum == stratum.name]
        for case in reserve:
            row = by_case.get(case.case_id)
            if wanted == 0:
                out_of_turn += [row.place] if row and row.touched else []
            elif row is None:
                short.append(stratum.name or UNNAMED)
                break
            elif row.outside:
                gone.append(case)
            else:
                used.append(case)
                wanted -= 1
        # Where sample and reserves are the whole stratum there is nobody left to take, and none is needed.
        if wanted and len(sample) + len(reserve) < stratum.cases:
            short.append(stratum.name or UNNAMED)
        outside += gone
    _refuse(
        (out_of_turn, f"reserves filled in though no case of their stratum was left out: {listed(out_of_turn)}"),
        (short, "more cases left out than reserves on the sheet; draw a longer sample with the same seed"),
    )
    if not used:
        raise UsageProblem("No case of the sample is left to evaluate.")
    return used, outside


def _complete(rows: Sequence[Row]) -> None:
    blank = [row for row in rows if None in row.answers.values()]
    if blank:
        count = sum(answer is None for row in blank for answer in row.answers.values())
        raise UsageProblem(
            f"{count:,} answer{'' if count == 1 else 's'} in {cases(len(blank))} left blank: "
            f"{listed(row.place for row in blank)}. "
            "A blank is never met. Fill them, or give --allow-incomplete to count them as errors."
        )


def _numbers(missing: Sequence[Drawn], most: int = 12) -> str:
    more = len(missing) - most
    return f"No. {', '.join(str(case.number) for case in missing[:most])}" + (f" and {more:,} more" if more > 0 else "")


def _refuse(*faults: tuple[Sequence[Any], str]) -> None:
    said = [f"  - {words}." for found, words in faults if found]
    if said:
        raise UsageProblem("\n".join(["The sheet is not the sample that was drawn:", *said]))
