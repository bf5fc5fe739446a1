"""Lists of findings, for those who may see the records: who, what is on record, and where it stands in the exports."""

from __future__ import annotations

from collections.abc import Mapping

from caseaudit.publication import Publication, PublicResult
from caseaudit.reporting.documents.pieces import Grid, grid
from caseaudit.reporting.documents.wording import begin, member, showing, title_of

LEAST = 3


def per_check(publication: Publication, most: int, budget: int) -> int:
    """How many findings of each check to print: `most`, or fewer where all lists together would exceed `budget`."""
    sizes = sorted(r.findings.height for r in publication.results if r.findings is not None and r.findings.height)
    left, cap = budget, most
    for place, size in enumerate(sizes):
        share = left // (len(sizes) - place)
        if min(size, most) > share:
            cap = share
            break
        left -= min(size, most)
    return max(LEAST, min(cap, most))


def listing(result: PublicResult, cap: int) -> Grid | None:
    """The findings of a check, worst first, cut visibly; None where there are none or the reader may not see them."""
    found = result.findings
    if found is None or not found.height:
        return None
    cut = found.head(cap)
    has_team = cut["team"].is_not_null().any() and result.subject != "team"
    graded = cut["severity"].n_unique() > 1
    rows = [
        (
            member(str(row["subject"])),
            *([row["team"] or "–"] if has_team else []),
            *([begin(row["severity"])] if graded else []),
            what(row),
            where(row),
        )
        for row in cut.iter_rows(named=True)
    ]
    return grid(
        f"Findings: {title_of(result.name).lower()} ({result.code})",
        (
            begin(result.subject),
            *(["Team"] if has_team else []),
            *(["Severity"] if graded else []),
            "What is on record",
            "Where",
        ),
        rows,
        note=showing(cut.height, found.height, "findings.xlsx"),
        kind=f"findings{' with-team' if has_team else ''}{' graded' if graded else ''}",
        listed=True,
        facets=tuple((row["team"] or "", row["severity"]) for row in cut.iter_rows(named=True)),
    )


def what(row: Mapping[str, object]) -> str:
    """What is on record of a finding, or what is not."""
    if row["status"] == "breach":
        return str(row["detail"])
    return f"Not on record: {row['measure']}."


def file_of(row: Mapping[str, object]) -> str:
    """File and sheet a finding leads to; blank when it leads to none."""
    return " › ".join(str(part) for part in (row["source_file"], row["source_sheet"]) if part)


def where(row: Mapping[str, object]) -> str:
    """File, sheet and physical row a finding leads to."""
    file = file_of(row)
    return f"{file}, row {row['source_row']}" if row["source_row"] is not None else file or "–"
