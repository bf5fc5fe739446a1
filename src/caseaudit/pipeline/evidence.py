"""What the PDF of one kind carries inside it, for its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseaudit.model import Audit, Report, SettingsFile
    from caseaudit.publication import Publication


def evidence_of(
    found: Audit, kind: str, published: Publication, *, shown_by: Sequence[SettingsFile] = ()
) -> list[Report]:
    """results.json, tables and findings as far as the reader may see them, and a manifest of just these files.

    The pack's own manifest could not be inside: it vouches for the PDF itself.

    Args:
        found: the audit.
        kind: of the document.
        published: what the reader of that document may know.
        shown_by: the service's own files that set how it looks.
    """
    from caseaudit import disclosure
    from caseaudit.reporting import documents, pack, results, tabular

    files: list[Report] = []
    # A worker's sheet is handed to the worker: it carries nothing about others.
    if kind != "worker":
        if published.audience == "internal":
            files.append(results.results_file(found, disclosure.verdicts_of(found)))
        else:
            files.append(results.json_file("results.json", disclosure.public_results(published)))
        files += documents.tables(published, kind)
        if documents.findings_fit(published, kind):
            files.append(next(tabular.csv_files(found)))  # findings.csv is the first of them
    digests = {file.name: file.sha256 for file in files}
    accounts = published.accounts if published.audience != "internal" else None
    return [*files, pack.manifest(found, published.audience, digests, accounts, shown_by)]
