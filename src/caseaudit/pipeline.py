"""The stages of a run, joined. Stages never import each other; this module alone knows their order.

exports -> reading -> mapping -> normalising -> running -> disclosure -> reporting -> a pack
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from caseaudit.errors import NothingToTest, UnreadableExport, UsageProblem
from caseaudit.model import ORIGIN_SHIFT, SEVERITIES, SOURCE_ROW, Audit, Report, Result, Severity, Statement, Status

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.catalogue import Catalogue
    from caseaudit.model import Export, SheetPlan, Tables
    from caseaudit.publication import Publication
    from caseaudit.reporting.workbook import Reply
    from caseaudit.sampling import Draw, Question

FORMATS = ("html", "pdf", "xlsx", "csv", "json", "junit")
Audience = Literal["internal", "commissioner"]
MOST_LISTED = 8

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Progress for nobody."""


@dataclass(frozen=True)
class Request:
    """What a run was asked for.

    Attributes:
        exports: a folder, or files.
        as_at: the day the audit speaks of.
        policy, mapping: the user's files; None for the shipped policy and for headings matched by themselves.
        checks: folders of the user's own checks.
        select, exclude: codes, names or families.
        framework: report by the clauses of this framework; None for the commissioner's questions.
        service: its name, for the cover; blank to leave it out.
    """

    exports: tuple[Path, ...]
    as_at: dt.date
    policy: Path | None = None
    mapping: Path | None = None
    checks: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    framework: str | None = None
    service: str = ""


def audit(request: Request, progress: Progress = silent) -> Audit:
    """Read the exports, make the checks, and say what came of both.

    Raises:
        UsageProblem: a policy, mapping, date or selection is not usable.
        UnreadableExport: an export cannot be read at all.
        NothingToTest: there is no row in any export.
    """
    from caseaudit.catalogue import load_catalogue
    from caseaudit.policy import load
    from caseaudit.running import run

    policy = load(request.as_at, request.policy)
    every = load_catalogue(request.checks)
    catalogue = every.choose(request.select or _of_framework(request.framework, every), request.exclude)
    needed = {field for check in catalogue for field in check.fields}
    looked_at = {"attestations"}.union(*(check.looks_at for check in catalogue))
    tables = canonical_tables(request.exports, request.mapping, needed, looked_at, progress)
    results = run(catalogue, tables, policy, request.as_at, lambda code: progress(f"Checking {code}"), lean=("DQ",))
    return Audit(
        as_at=request.as_at,
        service=request.service,
        results=results,
        limits=policy.in_force(),
        accounts=tables.accounts,
        rejected=tables.rejected,
        notes=tables.notes,
        framework=request.framework,
        versions=versions(),
        lookback_days=policy.lookback_days,
        statements=_statements(tables, request.as_at),
    )


def plan(exports: Sequence[Path], mapping_file: Path | None = None) -> tuple[tuple[SheetPlan, ...], tuple[str, ...]]:
    """What a run would make of the exports, and what it passed over, without reading their rows."""
    from caseaudit import mapping, reading

    survey = reading.survey(exports)
    if not survey.sheets:
        lines = [f"  - {file}: {why}" for file, why in survey.passed_over[:MOST_LISTED]]
        raise NothingToTest("\n".join(["There is nothing to read:", *lines, *_more(len(survey.passed_over))]))
    return mapping.plan(survey.sheets, mapping_file), tuple(f"{file}: {why}" for file, why in survey.passed_over)


def canonical_tables(
    exports: Sequence[Path],
    mapping_file: Path | None,
    needed: Collection[str],
    looked_at: Collection[str] | None = None,
    progress: Progress = silent,
) -> Tables:
    """The canonical tables of the exports.

    Args:
        exports: a folder, or files.
        mapping_file: the user's decisions about columns.
        needed: fields ("table.field") that must not rest on an open question.
        looked_at: tables of use; a source that feeds none of them is not read, and a note says so. None for all.
        progress: told what is being read.

    Raises:
        UsageProblem: a column that a selected check may need could be one of several fields.
        NothingToTest: the exports hold no row of any table.
    """
    from caseaudit import mapping

    progress("Looking at the exports")
    plans, passed_over = plan(exports, mapping_file)
    questions = mapping.questions(plans, needed)
    _nothing_left_out(plans, {(question.file, question.sheet) for question in questions})
    if questions:
        raise UsageProblem(_undecided([str(question) for question in questions]))
    used = [one for one in plans if _of_use(one, looked_at)]
    unread = [one.sheet.source.label for one in plans if not _of_use(one, looked_at)]
    tables = _filled(used, progress)
    if not any(frame.height for frame in tables.frames.values()):
        lines = [f"  - {one.sheet.source.label}: {one.left_out or 'no usable row'}" for one in used[:MOST_LISTED]]
        tail = "`caseaudit inspect` shows what was understood of each file."
        raise NothingToTest("\n".join(["No row of any export could be used:", *lines, *_more(len(used)), tail]))
    notes = [*mapping.warnings(plans), *(f"Passed over: {note}" for note in passed_over)]
    notes += [f"Not read, since no selected check uses it: {label}" for label in unread]
    return replace(tables, notes=(*tables.notes, *notes))


def _of_use(one: SheetPlan, looked_at: Collection[str] | None) -> bool:
    # A part of a published format may be of use to another part that looks its rows up.
    served = one.format is not None and bool(one.format.serves)
    return looked_at is None or not one.feeds or served or any(feed.table in looked_at for feed in one.feeds)


@dataclass(frozen=True)
class Understood:
    """What a run would make of the exports, rows included, open questions or not.

    Attributes:
        tables: the canonical tables.
        plans: what each source is taken for, in the order of tables.accounts.
        passed_over: files that are no exports, each with the reason.
        profiles: for each source, heading → (cells filled, different values); no value itself.
    """

    tables: Tables
    plans: tuple[SheetPlan, ...]
    passed_over: tuple[str, ...]
    profiles: tuple[dict[str, tuple[int, int]], ...]


def understood(exports: Sequence[Path], mapping_file: Path | None = None) -> Understood:
    """Read the exports as a run would, and say what was understood of them."""
    from caseaudit import normalising

    plans, passed_over = plan(exports, mapping_file)
    profiles: list[dict[str, tuple[int, int]]] = []
    tables = normalising.normalise(_loaded(plans, silent, lambda export: profiles.append(_profile(export.frame))))
    return Understood(tables, plans, passed_over, tuple(profiles))


def _profile(frame: pl.DataFrame) -> dict[str, tuple[int, int]]:
    return {
        name: (frame.height - frame[name].null_count(), frame[name].drop_nulls().n_unique())
        for name in frame.columns
        if name != SOURCE_ROW
    }


def _filled(plans: Sequence[SheetPlan], progress: Progress = silent) -> Tables:
    from caseaudit import normalising

    return normalising.normalise(_loaded(plans, progress))


def _loaded(
    plans: Sequence[SheetPlan], progress: Progress, also: Callable[[Export], None] = lambda _: None
) -> Iterator[tuple[Export, SheetPlan]]:
    """The rows of each source, read when they are asked for, so that not all text is in memory at once."""
    from caseaudit import mapping, reading

    for one in plans:
        progress(f"Reading {one.sheet.source.label}")
        export = reading.load(one.sheet, mapping.headings(one))
        also(export)
        progress("Sorting rows into tables")
        pair = export, one
        del export
        yield pair
        del pair


def _nothing_left_out(plans: Sequence[SheetPlan], asked: Collection[tuple[str, str | None]]) -> None:
    """Refuse to go on without a sheet that a selected check needs and that lacks a column no row can do without."""
    lost = [one for one in plans if one.left_out and (one.sheet.source.file, one.sheet.source.sheet) in asked]
    if lost:
        lines = [f"  - {one.sheet.source.label}: {one.left_out}" for one in lost[:MOST_LISTED]]
        head = "These exports cannot be used as they are, and a check needs them:"
        tail = (
            "Add the column to the export, or name it in a mapping file (`caseaudit map` writes one), or leave the "
            "sheet out there with leave_out = true."
        )
        raise UnreadableExport("\n".join([head, *lines, *_more(len(lost)), tail]))


def _undecided(questions: Sequence[str]) -> str:
    head = "These columns could be more than one thing, and a check needs to know which:"
    tail = (
        "Decide them in a mapping file: `caseaudit map` writes one with the questions in it; then run with --mapping."
    )
    return "\n".join([head, *(f"  - {one}" for one in questions[:MOST_LISTED]), *_more(len(questions)), tail])


def _more(count: int) -> list[str]:
    return [f"  and {count - MOST_LISTED} more"] if count > MOST_LISTED else []


def _of_framework(name: str | None, every: Catalogue) -> tuple[str, ...]:
    """What a run makes when it is asked for a framework: the checks its clauses map, and those of the data itself."""
    if name is None:
        return ()
    from caseaudit import frameworks

    return (*sorted(frameworks.load(name, every).codes), "DQ")


def _statements(tables: Tables, as_at: dt.date) -> tuple[Statement, ...]:
    """The attestations valid on a day: stated by then, and not past their last day."""
    rows = tables.frames.get("attestations")
    if rows is None:
        return ()
    import polars as pl

    valid = rows.filter((pl.col("stated_on") <= as_at) & (pl.col("valid_until") >= as_at)).sort("origin")
    names = ("check_code", "scope", "stated_by", "stated_on", "valid_until", "statement")
    return tuple(Statement(*row) for row in valid.select(names).iter_rows())


def versions() -> dict[str, str]:
    """Versions of the program and of the libraries that a figure may depend on."""
    from importlib.metadata import version

    import caseaudit

    names = ("polars", "pandera", "python-calamine", "weasyprint", "xlsxwriter", "altair", "holidays")
    return {"caseaudit": caseaudit.__version__, **{name: version(name) for name in names}}


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
        profile: how small numbers are protected; None for the audience's own.
        replies: what owners wrote into an earlier findings.xlsx, to be written into this one. Only for internal.
        progress: told what is being written.
    """
    from caseaudit import disclosure
    from caseaudit.reporting import documents, pack

    progress("Writing the pack")
    key = disclosure.keys.load_or_make(key_file) if audience != "internal" and key_file else None
    publication = disclosure.publish(found, audience, profile or audience, key)
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
    return int(any(r.status is Status.NOT_MET and worst_severity(r) in counted for r in found.results))


def worst_severity(result: Result) -> Severity:
    """The worst severity among a result's findings; the check's own when it has none."""
    if result.findings is None or result.findings.height == 0:
        return result.severity
    present = set(result.findings["severity"].unique())
    return next((severity for severity in SEVERITIES if severity.value in present), result.severity)


def sampling_frame(tables: Tables, as_at: dt.date) -> pl.DataFrame:
    """The cases open at D, to draw a sample from.

    Returns:
        One row per case: the fields that some export supplies, source_file, source_sheet and source_row.

    Raises:
        NothingToTest: no export holds cases.
    """
    import polars as pl

    from caseaudit.policy import load
    from caseaudit.running.desk import Desk

    if "cases" not in tables.frames:
        raise NothingToTest("No export holds cases. `caseaudit inspect` shows what was understood of each file.")
    frame: pl.DataFrame = Desk(tables, load(as_at), as_at).call(lambda open_cases: open_cases).collect()
    places = [divmod(origin, ORIGIN_SHIFT) for origin in frame["origin"]]
    return frame.select(name for name in frame.columns if name in tables.supplied["cases"]).with_columns(
        source_file=pl.Series([tables.sources[place].file for place, _ in places], dtype=pl.String),
        source_sheet=pl.Series([tables.sources[place].sheet for place, _ in places], dtype=pl.String),
        source_row=pl.Series([row for _, row in places], dtype=pl.Int64),
    )


def sample_files(drawn: Draw, questions: Sequence[Question], tables: Tables) -> list[Report]:
    """Every file of a sample, the manifest last: the audit sheet, the same cases as CSV, and the frame."""
    from caseaudit import sampling
    from caseaudit.reporting.guarding import guarded

    files = [
        Report("sample.xlsx", sampling.workbook(drawn, questions)),
        Report("sample.csv", guarded(drawn.sample).write_csv(include_bom=True).encode()),
        Report("frame.txt", drawn.listing),
    ]
    inputs = {source.file: source.sha256 for source in tables.sources}
    return [*files, sampling.manifest_file(drawn, questions, inputs, versions(), files)]
