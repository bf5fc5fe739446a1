"""Charts of whether people have what risk asks for: workers the competence, those at risk an answer in time."""

from __future__ import annotations

from functools import partial

from caseaudit.publication import Figure, Publication, PublicTable
from caseaudit.reporting import charts
from caseaudit.reporting.documents.pieces import Grid, Picture, grid, grid_of
from caseaudit.reporting.documents.wording import amount, begin, capped, day, days, in_words, lower_first, only_limit

MOST_COMPETENCIES = 8
"""Columns of the matrix, those most workers need first."""

WIDE_TABLE = 6
"""Competencies up to which the table behind the matrix has one column each."""

STEPS = {
    "ESC01": ("Seen after a risk flag", None),
    "ESC02": ("Risk flag decided in a huddle", "huddle_days"),
    "ESC06": ("Escalation answered", "escalation_response_days"),
    "CON05": ("Seen after an escalation", "escalation_follow_up_days"),
}
"""Code of a check → what was to be done, and the limit it has; that of a flag depends on its signal."""

SIGNAL_LIMITS = "signal_contact_days"


def competence(publication: Publication, most: int) -> Picture | None:
    """Do those who need a competency hold it, team by team? A heat map with its figures in the cells.

    Args:
        publication: what this audience may know.
        most: teams at most, those that hold least of what they need.
    """
    table = publication.tables.get("competence")
    if table is None:
        return None
    teams = list(dict.fromkeys(str(row[0]) for row in table.rows))
    names = list(dict.fromkeys(str(row[1]) for row in table.rows))
    drawn_teams, drawn_names = teams[:most], names[:MOST_COMPETENCIES]
    marks = [
        charts.Mark(str(team), words(str(name)), holders.value / need.value, str(share), f"{holders} of {need}")
        if need.value and holders.value is not None else charts.Mark(str(team), words(str(name)), None, "not shown")
        for team, name, need, holders, share in table.rows
        if str(team) in drawn_teams and str(name) in drawn_names
    ]  # fmt: skip
    title = _least_held(table)
    cut = [
        f"{len(some)} of {len(every)} {word}"
        for some, every, word in ((drawn_teams, teams, "teams"), (drawn_names, names, "competencies"))
        if len(some) < len(every)
    ]
    held = f"Workers who hold a competency in date, of those whose cases ask for it, {day(publication.as_at)}"
    subtitle = "; ".join((held, "the darker, the fewer", *cut))
    draw = partial(charts.heat_map, marks, f"Heat map of teams and competencies. {title}.")
    return Picture(title, subtitle, draw, _matrix_grid(table, teams, names), wide=True)


def _least_held(table: PublicTable) -> str:
    """The finding: the cell with the lowest share, or that nothing lacks."""
    told = [row for row in table.rows if row[4].value is not None]
    low = min(told, key=lambda row: (row[4].value or 0.0, -(row[2].value or 0.0), str(row[0]), str(row[1])))
    if low[4].value == 1:
        return "Every worker shown holds in date each competency their cases ask for"
    return f"Least held: {words(str(low[1]))} in {low[0]}, by {amount(low[3])} of {low[2]} workers who need it"


def _matrix_grid(table: PublicTable, teams: list[str], names: list[str]) -> Grid:
    """The matrix as a matrix where it fits a page, else cell by cell."""
    caption = "Competencies held in date, of those needed, by team"
    if len(names) > WIDE_TABLE:
        return grid_of(caption, table)
    cells = {(str(row[0]), str(row[1])): _cell(row[2], row[3], row[4]) for row in table.rows}
    return grid(
        caption,
        ("Team", *(begin(words(name)) for name in names)),
        [(team, *(cells.get((team, name), "nobody needs it") for name in names)) for team in teams],
        note=table.note,
        kind="plain matrix",
    )


def _cell(need: Figure, hold: Figure, share: Figure) -> str:
    return str(share) if share.hidden else f"{hold} of {need} ({share})"


def in_time(publication: Publication) -> Picture | None:
    """When risk rose: what share was acted on within its limit, step by step and signal by signal?"""
    table = publication.tables.get("response")
    if table is None:
        return None
    rows = [
        (_step(publication, str(code), str(signal)), members, met, short, share)
        for code, signal, members, met, short, share in table.rows
    ]
    told = [row for row in rows if row[4].value is not None]
    if not told:
        return None
    drawn = told[: charts.MOST_BARS]
    # A signal the policy has no limit for cannot be in time: it is no finding about those who answered it.
    bounded = [row for row in told if row[0][1]] or told
    (step, limit), members, met, *_ = min(bounded, key=lambda row: row[4].value or 0.0)
    title = f"{step}{limit}: {amount(met)} of {members} in time"
    if len(bounded) > 1:
        title += ", the lowest share" + (" of what has a limit" if len(bounded) < len(told) else "")
    notes = [f"{len(drawn)} of {len(rows)} shown"] if len(drawn) < len(rows) else []
    done = f"Share done within the limit, of all on record to {day(publication.as_at)}"
    subtitle = "; ".join((done, "the rest is late or not on record", *notes))
    bars = [
        charts.Bar("".join(label), share.value or 0.0, f"{share} of {members}") for label, members, _, _, share in drawn
    ]
    behind = grid(
        "Done in time when risk rose",
        ("What was to be done", "Limit", *table.columns[2:]),
        [(label[0], _limit_cell(*label), *figures) for label, *figures in rows],
        note=table.note,
    )
    return Picture(title, subtitle, partial(charts.shares, bars, None, f"Bar chart. {title}."), behind)


def _step(publication: Publication, code: str, signal: str) -> tuple[str, str]:
    """What was to be done, and within how many days: ("Seen after ED attendance", " within 3 days")."""
    step, name = STEPS[code]
    if signal:
        said = signal.split(" or ")
        step = f"Seen after {capped([words(one) for one in said], 2)}"
        name = f"{SIGNAL_LIMITS}.{said[0]}" if len(said) == 1 else None
    value = only_limit(publication.limits, name) if name else None
    return step, f" within {days(value)}" if isinstance(value, int) else ""


def _limit_cell(step: str, limit: str) -> str:
    """A limit as a cell: "3 days"; otherwise why there is not one."""
    return limit.removeprefix(" within ") or ("by signal" if " and " in step else "none")


def words(code: str) -> str:
    """A code of the policy as it is read: "ed_attendance" → "ED attendance"."""
    return lower_first(in_words(code))
