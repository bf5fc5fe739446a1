"""From an audit to the files of a pack, and to what a run tells its caller."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from caseaudit.model import SEVERITIES, Audit, Report, Severity, Status
from caseaudit.pipeline.tables import Progress, silent

if TYPE_CHECKING:
    from caseaudit.publication import Publication
    from caseaudit.reporting.workbook import Reply

FORMATS = ("html", "pdf", "xlsx", "csv", "json", "junit")
Audience = Literal["internal", "commissioner"]


def files_of(
    found: Audit,
    *,
    audience: Audience,
    formats: Collection[str],
    kinds: Sequence[str] = ("assurance",),
    key_file: Path | None = None,
    profile: str | None = None,
    replies: Mapping[str, Reply] | None = None,
    progress: Progress = silent,
) -> tuple[list[Report], list[str]]:
    """Every file of a pack, the manifest last, and what could not be made and why.

    Args:
        found: the audit.
        audience: internal, with identifiers; commissioner, with none.
        formats: of FORMATS.
        kinds: documents to write, the assurance report among them.
        key_file: where the key of the pseudonyms is kept; made when it is missing. Only for a commissioner.
        profile: how small numbers are protected in what leaves the house; None for the commissioner's way.
        replies: what owners wrote into an earlier findings.xlsx, to be written into this one. Only for internal.
        progress: told what is being written.
    """
    from caseaudit import disclosure
    from caseaudit.reporting import documents, pack

    progress("Writing the pack")
    key = disclosure.keys.load_or_make(key_file) if audience != "internal" and key_file else None
    publication = disclosure.publish(found, audience, profile or disclosure.DEFAULT_PROFILE, key)
    notes: list[str] = []
    printed = set(formats) & {"html", "pdf", "docx"}
    if "pdf" in printed and (why := documents.pdf_possible()):
        notes.append(why)
        printed.discard("pdf")
    files: list[Report] = []
    for kind in kinds:
        progress(f"Writing the {kind} report")
        files += documents.render(publication, kind, printed)
    files = [*_data_files(found, publication, audience, formats, replies), *files]
    return [*files, pack.manifest(found, audience, files)], notes


def _data_files(
    found: Audit,
    publication: Publication,
    audience: str,
    formats: Collection[str],
    replies: Mapping[str, Reply] | None,
) -> list[Report]:
    from caseaudit import disclosure
    from caseaudit.reporting import junit, results, tabular, workbook

    if audience != "internal":
        public = disclosure.public_results(publication)
        files = [results.json_file("results.json", public)]
        return files + ([workbook.public_workbook_file(public, found.as_at)] if "xlsx" in formats else [])
    files = [results.results_file(found), *(tabular.csv_files(found) if "csv" in formats else [])]
    if "xlsx" in formats:
        files.append(workbook.workbook_file(found, replies))
    if "junit" in formats:
        files.append(junit.junit_file(found))
    return files


def exit_code(found: Audit, fail_on: Severity = Severity.LOW) -> int:
    """What a run tells its caller: 0 all met, 1 findings, 3 nothing could be tested, 4 a check failed.

    Args:
        found: the audit.
        fail_on: the least severity whose unmet checks count as findings.
    """
    statuses = {result.status for result in found.results}
    if Status.ERROR in statuses:
        return 4
    if not statuses & {Status.MET, Status.NOT_MET}:
        return 3
    counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return int(any(r.status is Status.NOT_MET and r.graded in counted for r in found.results))
