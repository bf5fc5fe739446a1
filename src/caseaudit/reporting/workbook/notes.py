"""The sheet Notes: what the sheets and columns are, and how to reply. It has no filter, so that the others can."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from caseaudit.reporting.workbook.sheets import Cell, Column, Table

COLUMNS = (Column("about", 24), Column("note", 110))

_SHEETS = {
    "Summary": "One row per check, with what it came to. The code of a check leads to its first finding.",
    "Questions": "One row per question a commissioner asks, with the verdict. The number leads to its first check.",
    "Findings": "One row per thing that fell short, worst harm first, then by the day to act by, then by check. The "
    "first finding of each check leads back to the Summary. More than 1,048,575 findings go on in 'Findings (2)'.",
    "Earlier replies": "Replies to findings that this audit no longer has: mended, or no longer looked at.",
    "Rejected rows": "One row per row of an export, or use of one, that could not be used, with the reason.",
    "Limits": "One row per policy value in force, its source, and whether it was changed.",
    "Sources": "One row per file or sheet. Rows read are rows kept plus rows rejected; no record counts those of the "
    "rejected that never were one, such as totals, repeated headers and notes.",
}
_STATUSES = (
    ("met", "The standard holds. For a check: its rate reaches the target."),
    ("breach", "The record shows that the standard does not hold."),
    ("not evidenced", "The record that would show it is blank or missing. A blank is never a pass."),
    ("not met", "A check whose rate is below its target."),
    ("not applicable", "A check with nobody in its population."),
    ("not assessable", "A check that needs a table or field the exports do not have."),
    ("error", "A check that failed itself. It is never a pass."),
)
_COLUMNS = (
    ("severity", "How much harm a breach may stand for: high, medium, low."),
    ("population", "Who or what the check looks at; rate = met / population, in whole per cent."),
    ("measure", "What must hold."),
    ("detail", "What was found instead, with its dates and figures."),
    ("action", "What to do."),
    ("who acts", "The role that acts on findings of the check."),
    ("act by", "Working days after the as-at date by severity, as the policy sets them. Agree another day in due by."),
    ("source file, sheet, row", "Where the record stands: the row as a person sees it in the file."),
    ("fingerprint", "The finding's own mark, the same from month to month. Replies are found again by it: leave it."),
)
_REPLYING = (
    (
        "Fill in the columns with the yellow headings: owner (a person), due by, reply, done on. Days are dates, such "
        "as 31/10/2026."
    ),
    (
        "Sort and filter as you like; add columns of your own; save with any program as XLSX. Leave the headings and "
        "the column fingerprint as they are."
    ),
    (
        "The next audit takes your replies over: caseaudit run EXPORTS --replies findings.xlsx. Keep the filled file "
        "until then: a run into the same folder replaces it."
    ),
    "A reply does not change a status. A finding goes when the record shows that the standard holds.",
    "After sorting, the links of the Summary still lead to the rows where the findings stood.",
)


def notes_table(service: str, as_at: dt.date, privacy: str, sheets: Iterable[str]) -> Table:
    """Notes of the internal workbook."""
    texts = [("how to reply", text) for text in _REPLYING]
    return _table(service, as_at, f"{privacy}. Keep it as you keep the records themselves.", sheets, _COLUMNS, texts)


def public_notes_table(service: str, as_at: dt.date, privacy: str, sheets: Iterable[str]) -> Table:
    """Notes of the workbook for a commissioner."""
    columns = [
        *(one for one in _COLUMNS if one[0] in {"severity", "population"}),
        ("<5 and the like", "A small number: it is protected, so that nobody can be recognised."),
        ("not shown", "Held back, because a small number could be worked out from it."),
    ]
    return _table(service, as_at, f"{privacy}.", sheets, columns, ())


def _table(
    service: str,
    as_at: dt.date,
    privacy: str,
    sheets: Iterable[str],
    columns: Iterable[tuple[str, str]],
    more: Sequence[tuple[str, str]],
) -> Table:
    rows: list[list[Cell]] = [["service", service]] if service else []
    rows += [["as at", as_at], ["privacy", privacy]]
    rows += [[f"sheet {name}", _SHEETS[name]] for name in sheets]
    for told in (more, columns, _STATUSES):
        rows += [list(pair) for pair in told]
    return Table("Notes", COLUMNS, rows, filtered=False)
