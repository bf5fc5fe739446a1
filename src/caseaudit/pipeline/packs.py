"""From an audit to the files of a pack, and to what a run tells its caller."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from caseaudit.branding import PLAIN, Branding
from caseaudit.model import SEVERITIES, Audit, Report, SettingsFile, Severity, Status
from caseaudit.pipeline.evidence import evidence_of
from caseaudit.pipeline.tables import Progress, silent

if TYPE_CHECKING:
    from caseaudit.publication import Earlier, PublicAccount, Publication
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
    earlier: Earlier | None = None,
    branding: Branding = PLAIN,
    progress: Progress = silent,
) -> tuple[Iterator[Report], list[str]]:
    """Every file of a pack, the manifest last, and what could not be made and why.

    Each file is made when it is asked for, so that never more than one of them is in memory.

    Args:
        found: the audit.
        audience: internal, with identifiers; commissioner, with none.
        formats: of FORMATS.
        kinds: documents to write, the assurance report among them.
        key_file: where the key of the pseudonyms is kept; made when it is missing. Only for a commissioner.
        profile: how small numbers are protected in what leaves the house; None for the commissioner's way.
        replies: what owners wrote into an earlier findings.xlsx, to be written into this one. Only for internal.
        earlier: what an earlier pack told the same readers, as caseaudit.reporting.previous reads it.
        branding: the service's own look and templates.
        progress: told what is being written.
    """
    from caseaudit import disclosure
    from caseaudit.reporting import documents

    documents.refuse(kinds, audience)
    key = disclosure.keys.load_or_make(key_file) if audience != "internal" and key_file else None
    notes: list[str] = []
    printed = set(formats) & {"html", "pdf", "docx"}
    if "pdf" in printed and (why := documents.pdf_possible()):
        notes.append(why)
        printed.discard("pdf")

    def publication() -> Publication:
        progress("Working out what is published")
        asked = set(kinds)
        return disclosure.publish(
            found,
            audience,
            profile or disclosure.DEFAULT_PROFILE,
            key,
            earlier=earlier,
            outward=not asked.isdisjoint(documents.OUTWARD),
            sheets="worker" in asked,
        )

    evidence = partial(evidence_of, found, shown_by=branding.files)

    def made(told: Publication | None) -> Iterator[Report]:
        if told is None:
            yield from _internal_files(found, formats, replies)
        else:
            yield from _public_files(found, told, formats)
        published = told or publication()
        for kind in kinds:
            progress(f"Writing the {kind} report")
            yield from documents.render(published, kind, printed, evidence, branding)
        if published.outward is not None:
            yield _outward_file(published.outward)

    def files() -> Iterator[Report]:
        progress("Writing the pack")
        # For internal readers not before their own files are written: it holds every finding once more.
        told = None if audience == "internal" else publication()
        yield from _vouched(found, audience, made(told), told.accounts if told else None, branding.files)

    return files(), notes


def _vouched(
    found: Audit,
    audience: Audience,
    files: Iterator[Report],
    accounts: Sequence[PublicAccount] | None,
    shown_by: Sequence[SettingsFile],
) -> Iterator[Report]:
    """The same files, and a manifest of them, which counts rows as `accounts` has them; None for as they are."""
    from caseaudit.reporting import pack

    digests = {}
    for file in files:
        digests[file.name] = file.sha256
        yield file
        del file  # or it would be held while the next one is made
    yield pack.manifest(found, audience, digests, accounts, shown_by)


def _internal_files(found: Audit, formats: Collection[str], replies: Mapping[str, Reply] | None) -> Iterator[Report]:
    from caseaudit import disclosure
    from caseaudit.reporting import junit, results, tabular, workbook

    yield results.results_file(found, disclosure.verdicts_of(found))
    if "csv" in formats:
        yield from tabular.csv_files(found)
    if "xlsx" in formats:
        yield workbook.workbook_file(found, replies)
    if "junit" in formats:
        yield junit.junit_file(found)


def _outward_file(outward: Publication) -> Report:
    """What the documents of an internal pack that leave the house tell: the next pack must know what is published."""
    from caseaudit import disclosure
    from caseaudit.reporting import previous, results

    return results.json_file(previous.PUBLISHED, disclosure.public_results(outward))


def _public_files(found: Audit, published: Publication, formats: Collection[str]) -> Iterator[Report]:
    from caseaudit import disclosure
    from caseaudit.reporting import results, workbook

    public = disclosure.public_results(published)
    yield results.json_file("results.json", public)
    if "xlsx" in formats:
        yield workbook.public_workbook_file(public, found.as_at)


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
