"""Tables of how late what is late is, and of what was done in time when risk rose."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from caseaudit.disclosure.breakdowns import counts_by, parts_table, parts_together
from caseaudit.disclosure.counts import days_column, is_about_people, is_decided
from caseaudit.disclosure.profiles import Profile
from caseaudit.model import Outcome, Result
from caseaudit.publication import Column, Figure, PublicResult, PublicTable

LATE = ((1, 7, "1 to 7"), (8, 28, "8 to 28"), (29, 56, "29 to 56"), (57, 91, "57 to 91"), (92, None, "92 or more"))
"""Classes of lateness in days: a week, four weeks, eight weeks, a quarter, more."""

STEPS = ("ESC01", "ESC02", "ESC06", "CON05")
"""What follows when risk rises, in its order: seen after a flag, the flag decided in a huddle, an escalation answered,
the person seen after it. The first has a limit for each signal."""


def late_table(result: Result, public: PublicResult, profile: Profile) -> PublicTable | None:
    """How many of those in breach are over their limit by how many days; None where that is not told.

    Neighbouring classes are put together until none holds a small number.
    """
    column = days_column(result)
    if column is None or public.breach.hidden or result.breach < 2 or result.evidence is None:
        return None
    over = result.evidence.filter(pl.col("outcome") == Outcome.BREACH.value, pl.col(column) > 0)
    days = over.select(column).collect()[column]
    classes = [
        (low, high, label, int(((days >= low) & (days <= high if high else True)).sum())) for low, high, label in LATE
    ]
    if sum(number for *_, number in classes) != result.breach:
        return None  # another measure than the days is in breach too: the classes would not add up
    if is_about_people(result):
        classes = _without_small(classes, profile)
    if sum(number > 0 for *_, number in classes) < 2:
        return None  # a sentence says as much
    return PublicTable(
        (Column("Days over the limit"), Column("Number", True)),
        tuple((Figure(label), profile.count(number)) for *_, label, number in classes),
    )


Class = tuple[int, int | None, str, int]


def _without_small(classes: list[Class], profile: Profile) -> list[Class]:
    """Classes, each small one put together with the next, and a small last one with the one before."""
    found: list[Class] = []
    for one in classes:
        if found and profile.is_small(found[-1][3]):
            found.append(_joined(found.pop(), one))
        else:
            found.append(one)
    while len(found) > 1 and profile.is_small(found[-1][3]):
        last = found.pop()
        found.append(_joined(found.pop(), last))
    return found


def _joined(one: Class, other: Class) -> Class:
    low, high = one[0], other[1]
    return low, high, f"{low} to {high}" if high else f"{low} or more", one[3] + other[3]


# --- In time when risk rose -------------------------------------------------------------------------------------


def response_table(results: Sequence[Result], public: Sequence[PublicResult], profile: Profile) -> PublicTable | None:
    """What was done in time when risk rose, by step, and by signal where each signal has a limit of its own.

    Returns:
        Rows of the check's code, signal (blank for all), members, in time, fell short, share. A signal with few people
        is put together with others. None where fewer than two rows may be shown.
    """
    made = {raw.code: (raw, shown) for raw, shown in zip(results, public, strict=True)}
    rows: list[tuple[Figure, ...]] = []
    notes: list[str] = []
    for raw, shown in (made[code] for code in STEPS if code in made):
        if not is_decided(raw) or shown.met.hidden or shown.population.hidden:
            continue
        by_signal = _by_signal(raw, profile) if raw.code == STEPS[0] else None
        if by_signal is None:
            rows.append((Figure(raw.code), Figure(""), shown.population, shown.met, shown.short, shown.rate))
        else:
            rows += [(Figure(raw.code), *row) for row in by_signal.rows]
            notes += [by_signal.note] if by_signal.note else []
    if len(rows) < 2:
        return None  # a sentence says as much
    return PublicTable(
        (Column("Check"), Column("Signal"), Column("Looked at", True), Column("In time", True),
         Column("Late or not on record", True), Column("Share in time", True)),
        tuple(rows),
        " ".join(notes),
    )  # fmt: skip


def _by_signal(raw: Result, profile: Profile) -> PublicTable | None:
    if "signal" not in raw.evidence_schema:
        return None
    counts = counts_by(raw, "signal", "not recorded")
    together = parts_together([counts], profile.threshold)
    rows = [(signal, *found) for signal, found in counts.items() if signal not in together]
    if together:
        name = " or ".join(sorted(together))
        rows.append((name, sum(counts[one][0] for one in together), sum(counts[one][1] for one in together)))
    return parts_table("Signal", rows, profile, protect=True)
