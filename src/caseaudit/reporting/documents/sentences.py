"""What a result says, in sentences. None claims more than its figures; a suppressed figure stays suppressed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from caseaudit.model import Status
from caseaudit.publication import PublicResult, PublicStatement
from caseaudit.reporting.documents.wording import (
    amount,
    begin,
    capped,
    counted,
    day,
    days,
    ended,
    listed,
    lower_first,
    noun,
    reason,
    title_of,
)

_MOST_TITLES = 4


def result_sentence(result: PublicResult, as_at: dt.date) -> str:
    """What a check found, in one to three sentences with figures and denominators."""
    if result.status is Status.NOT_ASSESSABLE:
        return f"Could not be tested: {lower_first(ended(reason(result.reason) or 'a table or field is missing'))}"
    if result.status is Status.ERROR:
        return f"The check itself failed, so nothing can be said. {ended(result.reason or '')}".strip()
    if result.status is Status.NOT_APPLICABLE:
        return f"There was nothing to look at: no {noun(result.subject, 1)} on {day(as_at)} is in its population."
    return _of_figures(result, as_at)


def _of_figures(result: PublicResult, as_at: dt.date) -> str:
    what = standard_phrase(result)
    if result.beside:
        return _of_held_back(result, as_at, what)
    if result.met.hidden or result.population.hidden:
        return _of_hidden(result, as_at, what)
    everybody = counted(result.population, result.subject)
    if result.short.value == 0:
        if result.population.value == 1:
            return f"On {day(as_at)}, for the one {noun(result.subject, 1)} looked at, {what}."
        return f"On {day(as_at)}, for all {everybody}, {what}."
    if result.met.value == 0 and result.population.value == 1:
        first = f"On {day(as_at)}, it is not on record of the one {noun(result.subject, 1)} looked at that {what}."
    elif result.met.value == 0:
        first = f"On {day(as_at)}, for none of the {everybody} is it on record that {what}."
    else:
        first = f"On {day(as_at)}, for {result.met} of {everybody} ({result.rate}), {what}."
    return f"{first} {shortfall(result)}"


def shortfall(result: PublicResult) -> str:
    """What those who did not meet the standard came to: "14 fell short, the longest by 73 days; ..."."""
    if result.breach.hidden or result.not_evidenced.hidden:
        return begin(
            f"{amount(result.short)} fell short, be it by what is on record or for want of a record; which of the two "
            "is not shown, since one of the numbers is small."
        )
    silent = result.not_evidenced.value or 0
    blank = f"for {amount(result.not_evidenced)} nothing is on record that would show it"
    if not result.breach.value:
        return ended(begin(blank))
    worst = f", the longest by {days(result.longest)}" if result.longest else ""
    fell = f"{amount(result.breach)} fell short{worst}"
    return ended(begin(f"{fell}; {blank}" if silent else fell))


def _of_hidden(result: PublicResult, as_at: dt.date, what: str) -> str:
    looked = f"{counted(result.population, result.subject)} looked at on {day(as_at)}"
    if result.population.hidden and not result.population.text.startswith("<"):
        looked = f"{noun(result.subject)} looked at on {day(as_at)}"
    known = [
        text
        for figure, text in (
            (result.breach, f"{amount(result.breach)} fell short"),
            (result.not_evidenced, f"for {amount(result.not_evidenced)} nothing is on record that would show it"),
            (result.met, f"{amount(result.met)} met it"),
        )
        if figure.text.startswith("<")
    ]
    standard = f"The standard is that {what}."
    if not known:
        return f"Of the {looked}, so few met it or fell short that no figure is shown. {standard}"
    return f"Of the {looked}, {listed(known)}; the rest is not shown, to protect small numbers. {standard}"


def _of_held_back(result: PublicResult, as_at: dt.date, what: str) -> str:
    why = f"since beside other figures they would tell of fewer than {result.beside} people"
    looked = f"{noun(result.subject)} looked at"
    if result.rate.hidden:
        return f"Of the {looked} on {day(as_at)}, no figures are shown, {why}. The standard is that {what}."
    return f"On {day(as_at)}, for {result.rate} of the {looked}, {what}. All else is not shown, {why}."


def standard_phrase(result: PublicResult) -> str:
    """What must hold of each member, as a clause: "an acuity band is recorded and the review was held ..."."""
    titles = list(dict.fromkeys(result.standards.values()))
    if len(titles) > _MOST_TITLES or not titles:
        return "everything the standard asks for is on record"
    return listed(titles)


def named(results: Sequence[PublicResult], most: int) -> str:
    """Checks in a sentence: "review overdue (REV01), band missing (ACU02) and 3 more"."""
    return capped([f"{title_of(result.name).lower()} ({result.code})" for result in results], most)


def without_day(sentence: str, as_at: dt.date) -> str:
    """A sentence without the day it begins with, for where the day has just been said."""
    return begin(sentence.removeprefix(f"On {day(as_at)}, "))


def statement_sentence(statement: PublicStatement) -> str:
    """A person's statement with its days, and who made it for those who may know."""
    who = f" by {statement.stated_by}" if statement.stated_by else ""
    of = f", for {statement.scope}" if statement.scope else ""
    days_of = f"stated{who} on {day(statement.stated_on)}{of}, valid until {day(statement.valid_until)}"
    return f"{ended(statement.text)} ({begin(days_of)}.)"


def worst_of(result: PublicResult) -> str:
    """The worst three, as they may be called: "C-4TZ9-KQ7M (73 days), ..."; blank where none may."""
    return listed(f"{example.name} ({days(example.days)})" for example in result.worst) if result.worst else ""


def ranked(results: Sequence[PublicResult]) -> list[PublicResult]:
    """Unmet checks, worst first: by severity, then by the share that fell short; one whose share is not shown last."""
    order = {"high": 0, "medium": 1, "low": 2}
    unmet = [result for result in results if result.status is Status.NOT_MET]
    return sorted(unmet, key=lambda r: (order[r.graded], 1.0 if r.rate.value is None else r.rate.value, r.code))
