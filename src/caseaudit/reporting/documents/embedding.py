"""The evidence a PDF carries inside it: as data, what its reader may know and nothing more.

A figure stands there as it is printed, "<5" or "not shown" where it is suppressed: the digits behind a rounded share
could tell what the share does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caseaudit.model import Report
from caseaudit.publication import Publication
from caseaudit.reporting.documents.archival import Embedded
from caseaudit.reporting.documents.wording import listed, plain

ABOUT = {
    "results.json": "Every check with its figures",
    "questions.csv": "The questions and their verdicts",
    "checks.csv": "Every check with its figures, as a table",
    "breakdowns.csv": "The tables by team, worker and class, one figure a row",
    "findings.csv": "Every finding with its place in the exports",
    "manifest.json": "Digests of the exports and of the files embedded beside it",
}
"""What may be embedded, and what it is."""

MOST_FINDINGS = 10_000
"""Findings embedded at most: some 5 MB of CSV. Beyond that the pack has them, and the document says so."""

_THOUSANDS = r"^\d{1,3}(,\d{3})+$"


def tables(publication: Publication, kind: str) -> Iterator[Report]:
    """The tables behind a document as CSV.

    Args:
        publication: what the reader of the document may know.
        kind: of the document. The board and the appendix, which name nobody, get no table that names a worker.
    """
    if kind not in {"assurance", "board", "appendix"}:
        return
    yield _csv(
        "questions.csv",
        ("number", "question", "verdict", "why", "checks"),
        [(q.number, q.text, str(q.verdict), q.why, " ".join(q.codes)) for q in publication.questions],
    )
    yield _csv(
        "checks.csv",
        ("check", "name", "severity", "status", "looked at", "met", "fell short", "no record", "share met", "reason"),
        [
            (r.code, r.name, r.graded.value, r.status.value, r.population, r.met, r.breach, r.not_evidenced, r.rate,
             r.reason or "") if r.tested
            else (r.code, r.name, r.severity.value, r.status.value, "", "", "", "", "", r.reason or "")
            for r in publication.results
        ],
    )  # fmt: skip
    if kind == "assurance":
        yield _csv(
            "breakdowns.csv",
            ("table", "row", "column", "figure"),
            [
                (name, row[0], column.heading, figure)
                for name, table in publication.tables.items()
                for row in table.rows
                for column, figure in zip(table.columns[1:], row[1:], strict=True)
            ],
        )


def findings_fit(publication: Publication, kind: str) -> bool:
    """Whether every finding goes into the PDF of this kind: for readers who may see them, where there are not many."""
    return kind in {"assurance", "action"} and 0 < _findings(publication) <= MOST_FINDINGS


def _findings(publication: Publication) -> int:
    return sum(r.findings.height for r in publication.results if r.findings is not None)


def embedded(files: Sequence[Report]) -> list[Embedded]:
    """Files as a PDF takes them: the manifest supplements the document, the others are the data it shows."""
    return [
        Embedded(f.name, f.content, ABOUT[f.name], "Supplement" if f.name == "manifest.json" else "Data") for f in files
    ]


def sentence(publication: Publication, kind: str, files: Sequence[Report]) -> str:
    """What the document says of the files inside it; blank where there are none."""
    if not files:
        return ""
    said = f"Embedded in this file: {listed(file.name for file in files)}."
    found = _findings(publication)
    if kind in {"assurance", "action"} and found > MOST_FINDINGS:
        said += f" The list of all {plain(found, 'finding')} is too long for that: findings.csv of the pack has it."
    return said


def _csv(name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Report:
    """Cells as printed, but counts without separators, so that a spreadsheet takes them for numbers."""
    import polars as pl

    from caseaudit.reporting.guarding import guarded

    texts = [[str(cell) for cell in column] for column in zip(*rows, strict=True)] or [[] for _ in columns]
    frame = pl.DataFrame(dict(zip(columns, texts, strict=True)), schema=dict.fromkeys(columns, pl.String))
    cell = pl.col(pl.String)
    plain = pl.when(cell.str.contains(_THOUSANDS)).then(cell.str.replace_all(",", "", literal=True)).otherwise(cell)
    return Report(name, guarded(frame.with_columns(plain.name.keep())).write_csv(include_bom=True).encode())
