"""By when something is to be done, in words: one rule for every document (caseaudit.reporting.deadlines)."""

from __future__ import annotations

from caseaudit.publication import Publication
from caseaudit.reporting import deadlines
from caseaudit.reporting.documents.wording import BASIS, day, listed, plain


def when(publication: Publication) -> str:
    """How the days by which to act were set, in one sentence; blank where no policy value sets them."""
    given = deadlines.working_days_for(publication.limits)
    if not given:
        return ""
    bases = listed(dict.fromkeys(BASIS.get(limit.basis, limit.basis) for limit in given.values()))
    told = listed(f"{plain(int(limit.value), 'working day')} for {name}" for name, limit in given.items())
    return f"By when is counted from {day(publication.as_at)} by severity: {told} ({bases})."
