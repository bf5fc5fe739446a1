"""What an earlier pack and this one tell of the same check and its tables, and what follows from both."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from math import ceil, inf

from caseaudit.disclosure.chains import chain_keeps
from caseaudit.disclosure.kept_cells import kept_matrix, kept_mix
from caseaudit.disclosure.months import ANY, COUNT, GROWTHS, Growth, Month, Span, Told, keeps
from caseaudit.disclosure.partings import kept_parts, shrank
from caseaudit.disclosure.posts import kept_posts
from caseaudit.disclosure.profiles import Profile
from caseaudit.disclosure.protecting import Mark, Parts, Showing
from caseaudit.model import Status, reaches
from caseaudit.publication import Earlier, EarlierResult, Figure, PublicResult, PublicTable, count

IN_TWO = (Growth((COUNT, COUNT)), Growth((COUNT, ANY)))
"""As GROWTHS, of those that met a standard and all others."""


# --- A check ----------------------------------------------------------------------------------------------------


def is_kept(way: Showing, parts: Parts, then: EarlierResult | None, target: float, profile: Profile) -> bool:
    """Whether a way of showing a check's figures leaves every hidden one hidden to a reader of earlier packs too."""
    if then is None:
        return True
    packs = (then, *then.before)
    return (
        _far_enough(way, parts, then, profile)
        and all(_is_kept(way, parts, one, target, profile) for one in packs)
        and _between(way, parts, then, target, profile)
    )


def _between(way: Showing, parts: Parts, then: EarlierResult, target: float, profile: Profile) -> bool:
    """Whether what the earlier pack hides, and this one, keeps its values between packs before it and this one."""
    decided = {Status.MET, Status.NOT_MET}
    if then.status not in decided:
        return True
    middle, last = _month_then(then, profile), _month_now(way, parts, target, profile)
    return all(
        chain_keeps(_month_then(one, profile), middle, last, profile.threshold)
        for one in then.before
        if one.status in decided
    )


def _far_enough(way: Showing, parts: Parts, then: EarlierResult, profile: Profile) -> bool:
    """Whether what the earlier pack hides lies in a wide enough range between packs before it and this one.

    A figure that it hides is shown again once it has grown by the threshold since it was last shown, the population by
    twice that, for it has parts which may be hidden as well; or where something has become fewer.
    """
    for one in then.before:
        pairs = [
            (figure.value, hidden.hidden, mark is Mark.SHOWN, now, profile.threshold * (2 if place == 0 else 1))
            for place, (figure, hidden, mark, now) in enumerate(
                zip(
                    (one.population, one.met, one.breach, one.not_evidenced),
                    (then.population, then.met, then.breach, then.not_evidenced),
                    (way.population, *way.marks),
                    (parts.population, *_numbers(parts)),
                    strict=True,
                )
            )
        ]
        known = [(now, before) for before, _, is_shown, now, _ in pairs[:2] if is_shown and before is not None]
        if any(now < before for now, before in known):
            continue  # no population that only grows
        if any(
            was_hidden and is_shown and before is not None and now - before < least
            for before, was_hidden, is_shown, now, least in pairs
        ):
            return False
    return True


def _is_kept(way: Showing, parts: Parts, then: EarlierResult, target: float, profile: Profile) -> bool:
    if then.status not in {Status.MET, Status.NOT_MET}:
        return True
    earlier, now = _month_then(then, profile), _month_now(way, parts, target, profile)
    # A target of 100 % tells whether anybody fell short at all, however few are shown.
    old = _in_two(earlier, reached=then.status is Status.MET if then.target == 1 else None)
    new = _in_two(now, reached=reaches(parts.met, parts.population, target) if target == 1 else None)
    return keeps(earlier, now, GROWTHS, profile.threshold) and keeps(old, new, IN_TWO, profile.threshold)


def _in_two(month: Month, *, reached: bool | None) -> Month:
    """Those that met it, and all that did not; None where the status tells nothing of whether there are any."""
    met, breach, silent = month.parts
    known = {True: Span(0, 0), False: Span(1, inf), None: Span(0, inf)}[reached]
    # With the whole and those that met it shown, how many did not is shown as well.
    hidden = (breach.hidden or silent.hidden) and (month.whole.hidden or met.hidden)
    return Month(month.whole, (met, Told((breach.span + silent.span) & known, hidden)))


def _month_then(then: EarlierResult, profile: Profile) -> Month:
    figures = (then.met, then.breach, then.not_evidenced)
    some_small = any(figure.text.startswith("<") for figure in figures)
    whole = _told(then.population, profile, some_small=True)
    parts = [_told(figure, profile, some_small=some_small) for figure in figures]
    return _with_target(Month(whole, tuple(parts)), then.target, reached=then.status is Status.MET)


def _told(figure: Figure, profile: Profile, *, some_small: bool) -> Told:
    if not figure.hidden and figure.value is not None:
        return Told(_about(figure.value, profile))
    if figure.text.startswith("<"):
        return Told(Span(1, profile.threshold - 1), hidden=True)
    # Beside a figure that is said to be small, one that is not shown is known to be none.
    return Told(Span(profile.threshold if some_small and profile.rounded_to == 1 else 0, inf), hidden=True)


def _month_now(way: Showing, parts: Parts, target: float, profile: Profile) -> Month:
    told = [
        _marked(mark, number, profile)
        for mark, number in zip((way.population, *way.marks), (parts.population, *_numbers(parts)), strict=True)
    ]
    met = reaches(parts.met, parts.population, target)
    return _with_target(Month(told[0], tuple(told[1:])), target, reached=met)


def _numbers(parts: Parts) -> tuple[int, int, int]:
    return (parts.met, parts.breach, parts.silent)


def _marked(mark: Mark, number: int, profile: Profile) -> Told:
    if mark is Mark.SHOWN:
        return Told(_about(profile.count(number).value or 0, profile))
    least, most = {Mark.SMALL: (1, profile.threshold - 1), Mark.HELD: (profile.threshold, inf)}.get(mark, (0, inf))
    return Told(Span(least, most), hidden=True)


def _about(number: float, profile: Profile) -> Span:
    """A number that is shown, to the nearest multiple where it is rounded."""
    slack = profile.rounded_to // 2
    return Span(max(0, number - slack), number + slack)


def _with_target(month: Month, target: float, *, reached: bool) -> Month:
    """A month whose status is known: whether those that met it came to the target's share of the whole."""
    if month.whole.span.values != 1:
        return month
    number = month.whole.span.least
    least = ceil(round(target * number, 6))
    met = month.parts[0]
    span = met.span & (Span(least, number) if reached else Span(0, least - 1))
    return replace(month, parts=(replace(met, span=span), *month.parts[1:]))


# --- Its tables -------------------------------------------------------------------------------------------------


def kept_tables(
    tables: Mapping[str, PublicTable], results: Sequence[PublicResult], people: Collection[str], earlier: Earlier,
    profile: Profile,
) -> dict[str, PublicTable]:  # fmt: skip
    """The tables without what would give away a hidden figure of the earlier pack, or be given away by it.

    Args:
        tables: as they would be shown if there were no earlier pack.
        results: as they are shown.
        people: codes of the checks whose counts are of people served, or of staff.
        earlier: what the earlier pack showed.
        profile: how small numbers are protected.
    """
    made = {result.code: result for result in results if result.code in people}
    kept: dict[str, PublicTable] = {}
    for name, table in tables.items():
        before = earlier.tables.get(name, earlier.older.get(name))
        kind, _, code = name.partition("/")
        safe: PublicTable | None = table
        if before is not None and kind == "response":
            safe = _kept_response(table, before, made, earlier, profile)
        elif before is not None and kind == "acuity":
            safe = kept_mix(table, before)
        elif before is not None and kind == "vacancies":
            safe = kept_posts(table, before)
        elif before is not None and kind == "competence":
            safe = kept_matrix(table, before, _asked(tables), _asked(earlier.tables), profile)
        elif before is not None and code in made and code in earlier.results:
            then, now = earlier.results[code], made[code]
            if kind == "team":
                whole = then if name in earlier.tables else _at_that_time(then, before)
                safe = kept_parts(table, before, whole, now, profile) if whole is not None else None
            elif kind == "late" and not shrank(then, now):
                safe = _no_finer(table, before)
        if safe is not None:
            kept[name] = safe
    return kept


def _at_that_time(then: EarlierResult, table: PublicTable) -> EarlierResult | None:
    """What was told of a check in the last pack that showed its table by team; None where that is not on record."""
    if not {"population", "met"} <= table.facts.keys():
        return None
    return replace(then, population=count(int(table.facts["population"])), met=count(int(table.facts["met"])))


def _asked(tables: Mapping[str, PublicTable]) -> dict[str, int]:
    """Team → competencies that its workers' cases ask for, where a table tells."""
    table = tables.get("team/CMP03")
    return {str(row[0]): int(row[1].value or 0) for row in table.rows} if table else {}


def _kept_response(
    table: PublicTable, before: PublicTable, made: Mapping[str, PublicResult], earlier: Earlier, profile: Profile
) -> PublicTable:
    """The steps that are parted by signal, each as a table of its own; a step whose parts would tell is left whole."""
    rows: list[tuple[Figure, ...]] = []
    for code in dict.fromkeys(str(row[0]) for row in table.rows):
        step, old = _step(table, code), _step(before, code)
        safe: PublicTable | None = step
        if len(step.rows) > 1 and len(old.rows) > 1 and code in made and code in earlier.results:
            safe = kept_parts(step, old, earlier.results[code], made[code], profile)
        if safe is not None:
            rows += [(Figure(code), *row) for row in safe.rows]
        else:
            whole = made[code]
            rows.append((Figure(code), Figure(""), whole.population, whole.met, whole.short, whole.rate))
    return replace(table, rows=tuple(rows))


def _step(table: PublicTable, code: str) -> PublicTable:
    rows = tuple(row[1:] for row in table.rows if str(row[0]) == code)
    return replace(table, columns=table.columns[1:], rows=rows)


# --- Its classes of lateness ------------------------------------------------------------------------------------


def _no_finer(table: PublicTable, before: PublicTable) -> PublicTable:
    """The classes put together so that each begins where one of the earlier pack began."""
    begins = {_begin(str(row[0])) for row in before.rows}
    rows: list[tuple[Figure, ...]] = []
    for label, number in table.rows:
        if rows and _begin(str(label)) not in begins:
            first, sum_ = rows.pop()
            value = int((sum_.value or 0) + (number.value or 0))
            rows.append((Figure(_joined(str(first), str(label))), Figure(f"{value:,}", value)))
        else:
            rows.append((label, number))
    return replace(table, rows=tuple(rows))


def _begin(label: str) -> str:
    return label.split(maxsplit=1)[0]


def _joined(first: str, last: str) -> str:
    return f"{_begin(first)} or more" if last.endswith("more") else f"{_begin(first)} to {last.rsplit(maxsplit=1)[-1]}"
