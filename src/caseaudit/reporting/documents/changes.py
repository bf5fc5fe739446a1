"""What has changed since an earlier pack, in words: only from figures that both packs show."""

from __future__ import annotations

from collections.abc import Sequence

from caseaudit.model import Status
from caseaudit.publication import EarlierResult, Publication, PublicResult, Question
from caseaudit.reporting.documents.wording import begin, day, ended, lower_first, plain, title_of

_NO_SHARE = {
    Status.NOT_ASSESSABLE: "could not be tested then",
    Status.ERROR: "could not be tested then",
    Status.NOT_APPLICABLE: "there was nothing to look at then",
}


def heading(publication: Publication) -> str:
    """Of the column: the day of the earlier pack; blank where there is none, and no column is printed."""
    return f"Since {day(publication.earlier.as_at)}" if publication.earlier else ""


def of_result(publication: Publication, result: PublicResult) -> str:
    """How a check's share has moved: "up 3 points from 82 %", or why that cannot be said."""
    if publication.earlier is None:
        return ""
    then = publication.earlier.results.get(result.code)
    if then is None or then.status in _NO_SHARE:
        return _NO_SHARE[then.status] if then else "not part of the audit then"
    if then.rate.hidden or result.rate.hidden:
        return "cannot be compared: one of the figures is not shown"
    if not result.tested:
        return f"{then.rate} then"
    return f"{_moved(str(then.rate), str(result.rate))}{_limits(publication, result, then)}"


def _moved(then: str, now: str) -> str:
    if then == now:
        return f"{now} then too"
    points = [text.removesuffix(" %") for text in (then, now)]
    if not all(text.isdigit() for text in points):
        return f"{then} then"  # "more than 99 %" is no number to take another from
    by = int(points[1]) - int(points[0])
    return f"{'up' if by > 0 else 'down'} {plain(abs(by), 'point')} from {then}"


def _limits(publication: Publication, result: PublicResult, then: EarlierResult) -> str:
    """A share that moved because the limit did says so."""
    now = {limit.name: limit.value for limit in publication.limits}
    changed = result.target != then.target or any(now.get(name) != value for name, value in then.limits.items())
    return ", by other limits" if changed else ""


def of_question(publication: Publication, question: Question, results: Sequence[PublicResult]) -> str:
    """How the verdict has changed, and those of the figures behind it that are given."""
    earlier = publication.earlier
    if earlier is None:
        return ""
    told = []
    was = earlier.verdicts.get(question.text)
    if was is not None:
        told.append("Same verdict." if was == question.verdict else f"Was {ended(lower_first(was))}")
    if moves := [f"{title_of(r.name).lower()}: {of_result(publication, r)}" for r in results]:
        told.append(ended(begin("; ".join(moves))))
    return " ".join(told) or "–"


def of_verdicts(publication: Publication) -> str:
    """How the verdicts have changed, in one sentence; blank where there is no earlier pack, or it had none of them."""
    earlier = publication.earlier
    known = [q for q in publication.questions if earlier is not None and q.text in earlier.verdicts]
    if earlier is None or not known:
        return ""
    moved = [
        f"question {q.number} was {lower_first(earlier.verdicts[q.text])}"
        for q in known
        if earlier.verdicts[q.text] != q.verdict
    ]
    when = day(earlier.as_at)
    if not moved:
        return f"All {len(known)} verdicts are as on {when}." if len(known) > 1 else f"The verdict is as on {when}."
    same = len(known) - len(moved)
    rest = f"; {same} as then" if same else ""
    return f"Since {when}: {'; '.join(moved)}{rest}."
