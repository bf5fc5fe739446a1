"""`caseaudit sample`: how many cases to audit, which ones, and what the filled sheet lets one say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from caseaudit.cli import options
from caseaudit.cli.options import Output

if TYPE_CHECKING:
    from rich.console import Console

    from caseaudit.sampling import Aim, Draw, Evaluation, Finding, Plan

app = typer.Typer(
    help="Plan, draw and evaluate a random sample of open cases.", no_args_is_help=True, rich_markup_mode=None
)

MOST_LISTED = 20
"""Strata listed in the terminal."""

TOLERABLE, CONFIDENCE = "5%", "95%"

Tolerable = Annotated[
    str | None,
    typer.Option(metavar="RATE", help="Share of cases in error that would just be too many, as 5% or 0.05."),
]
Confidence = Annotated[str | None, typer.Option(metavar="RATE", help="How sure the statement is to be, as 95%.")]
Expected = Annotated[
    int | None, typer.Option("--expected-errors", min=0, help="Errors the sample may hold; 0 if not given.")
]
Method = Annotated[
    str | None, typer.Option("--method", metavar="NAME", help="discovery (the default) or joint-commission.")
]


def _aim(
    tolerable: str | None, confidence: str | None, expected: int | None, method: str | None, size: int | None = None
) -> Aim:
    from caseaudit import sampling

    (chosen,) = options.one_of((method or sampling.METHODS[0],), sampling.METHODS, "--method")
    return sampling.Aim(
        sampling.share_of(tolerable or TOLERABLE, "--tolerable"),
        sampling.share_of(confidence or CONFIDENCE, "--confidence"),
        expected or 0,
        chosen,
        size,
    )


@app.command()
def plan(
    population: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Number of cases to draw from; leave out if not known.")
    ] = None,
    tolerable: Tolerable = TOLERABLE,
    confidence: Confidence = CONFIDENCE,
    expected_errors: Expected = None,
    method: Method = None,
    format_: options.OutputFormat = Output.TEXT,
) -> None:
    """Say how many cases to audit, why, and what each number of errors would let you say."""
    from caseaudit import sampling
    from caseaudit.cli.terminal import console

    planned = sampling.plan(_aim(tolerable, confidence, expected_errors, method), population)
    if format_ is Output.JSON:
        _print_json(planned.data())
        return
    out = console()
    of = f" of {population:,}" if population else ""
    out.print(f"Audit {planned.size:,}{of} case{'' if planned.size == 1 else 's'}", style="bold")
    out.print(f"\n{planned.why}\n")
    _claims(out, planned)


@app.command()
def draw(
    exports: options.Exports,
    as_at: Annotated[str, typer.Option("--as-at", metavar="DATE", help="Day on which the cases are open.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A new folder for the sample.")],
    size: Annotated[int | None, typer.Option(min=1, metavar="N", help="Cases to draw, instead of a plan.")] = None,
    tolerable: Tolerable = None,
    confidence: Confidence = None,
    expected_errors: Expected = None,
    method: Method = None,
    stratify_by: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Share out over team, acuity_band, worker_id ...")
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=VALUE", help="Only cases with this value; may be repeated.")
    ] = None,
    seed: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the draw is announced under; the as-at date if not given.")
    ] = None,
    mapping: options.MappingFile = None,
    questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own questions for the audit sheet.")
    ] = None,
    format_: options.OutputFormat = Output.TEXT,
) -> None:
    """Draw a random sample of the cases open on a day, and write the sheet to audit it with.

    Without --size the sample is planned for --tolerable 5% and --confidence 95%. The same exports, day and seed
    draw the same cases.
    """
    from caseaudit import pipeline, sampling
    from caseaudit.cli.terminal import progress
    from caseaudit.errors import UsageProblem
    from caseaudit.reporting import pack

    if size is not None and any(given is not None for given in (tolerable, confidence, expected_errors, method)):
        raise UsageProblem("Give --size, or what the sample is to show (--tolerable, --confidence ...), not both.")
    order = sampling.Order(
        options.day(as_at),
        _aim(tolerable, confidence, expected_errors, method, size),
        seed,
        stratify_by,
        tuple(_pair(text) for text in where or ()),
    )
    asked = sampling.load_questions(questions)
    folder = out.absolute()
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageProblem(
            f"--out '{folder.name}' holds files already. A sample is never written over another: name a new folder."
        )
    fields = {"case_id", "opened_on", "closed_on", *(name for name, _ in order.where), stratify_by or "case_id"}
    with pack.locked(folder), progress(quiet=False) as say:
        needed = {f"cases.{name}" for name in fields}
        tables = pipeline.canonical_tables(exports, mapping, needed, looked_at={"cases"}, progress=say)
        drawn = sampling.draw(pipeline.sampling_frame(tables, order.as_at), order)
        files = pipeline.sample_files(drawn, asked, tables)
        pack.write_pack(folder, files)
    if format_ is Output.JSON:
        _print_json(_drawn_data(drawn, folder, [file.name for file in files]))
    else:
        _show_drawn(drawn, folder)


@app.command()
def evaluate(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="The filled sample.xlsx.")],
    tolerable: Tolerable = None,
    confidence: Confidence = None,
    manifest: Annotated[
        Path | None, typer.Option(metavar="FILE", help="sample_manifest.json, where it is not beside the sheet.")
    ] = None,
    allow_incomplete: Annotated[
        bool, typer.Option("--allow-incomplete", help="Count blank answers as errors instead of refusing the sheet.")
    ] = False,
    format_: options.OutputFormat = Output.TEXT,
) -> None:
    """Count the errors in a filled sheet and say what they let you claim.

    Without --tolerable and --confidence, those the sample was drawn for. Exit codes: 0 fewer than the tolerable rate
    may be claimed; 1 it may not; 2 the sheet cannot be evaluated.
    """
    from caseaudit import sampling

    register = sampling.read_register(manifest or sheet.with_name(sampling.MANIFEST))
    found = sampling.evaluate_file(sheet, register, tolerable, confidence, allow_incomplete=allow_incomplete)
    if format_ is Output.JSON:
        _print_json(found.data())
    else:
        _show_evaluation(found)
    raise typer.Exit(int(not found.overall.holds))


def _pair(text: str) -> tuple[str, str]:
    from caseaudit.errors import UsageProblem

    field, sign, value = text.partition("=")
    if not sign or not field.strip() or not value.strip():
        raise UsageProblem(f"--where '{text}' must be written as FIELD=VALUE, such as team=North.")
    return field.strip(), value.strip()


def _print_json(data: dict[str, Any]) -> None:
    typer.echo(json.dumps(data, indent=1, ensure_ascii=False))


def _table(*headings: str) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    return table


def _claims(out: Console, planned: Plan) -> None:
    from caseaudit.sampling import percent

    tolerable, sure = percent(planned.aim.tolerable), percent(planned.aim.confidence)
    out.print(f"What the errors found would let you say, with {sure} confidence:")
    table = _table("Errors found", "At most in error", "In all", f"Fewer than {tolerable}")
    for claim in planned.claims:
        most = f"{claim.most:,}" if claim.most is not None else ""
        table.add_row(str(claim.errors), claim.shown, most, "yes" if claim.holds else "no")
    out.print(table)


def _drawn_data(drawn: Draw, folder: Path, files: list[str]) -> dict[str, Any]:
    return {
        "folder": str(folder),
        "files": files,
        "as_at": drawn.order.as_at.isoformat(),
        "seed": drawn.order.seed_text,
        "frame": {"what": drawn.frame_words, "cases": drawn.plan.population, "sha256": drawn.frame_hash},
        "stratified_by": drawn.order.stratify_by,
        "strata": [{"stratum": s.name, "cases": s.cases, "sampled": s.sampled} for s in drawn.strata],
        "size": drawn.plan.data(),
    }


def _show_drawn(drawn: Draw, folder: Path) -> None:
    from caseaudit.cli.terminal import console
    from caseaudit.sampling.drawing import UNNAMED

    out, order = console(), drawn.order
    out.print(f"Drawn: {drawn.plan.size:,} of the {drawn.plan.population:,} {drawn.frame_words}", style="bold")
    out.print(f"\n{drawn.plan.why}\n")
    if order.stratify_by:
        table = _table(order.stratify_by.replace("_", " ").capitalize(), "Cases", "Drawn")
        for stratum in drawn.strata[:MOST_LISTED]:
            table.add_row(stratum.name or UNNAMED, f"{stratum.cases:,}", f"{stratum.sampled:,}")
        out.print(table)
        _more(out, len(drawn.strata), "in sample_manifest.json")
        if none := sum(not stratum.sampled for stratum in drawn.strata):
            out.print(f"No case was drawn from {none:,} of them: the sample is too small to reach each.")
        out.print()
    _claims(out, drawn.plan)
    out.print(f"\nSeed: {order.seed_text}" + ("" if order.seed is not None else " (the as-at date, as none was given)"))
    out.print(f"Frame hash: {drawn.frame_hash}", overflow="fold")
    out.print(f"Sample: {folder}", style="bold", overflow="fold")
    out.print("It holds personal data. Fill sample.xlsx, then: caseaudit sample evaluate SHEET")


def _show_evaluation(found: Evaluation) -> None:
    from caseaudit.cli.terminal import console
    from caseaudit.sampling import percent
    from caseaudit.sampling.drawing import UNNAMED

    out, tolerable = console(), percent(found.tolerable)
    verdict = "may be said" if found.overall.holds else "may NOT be said"
    out.print(f"Fewer than {tolerable} in error: {verdict}", style="bold")
    drawn_for = (found.register.tolerable, found.register.confidence)
    if drawn_for != (found.tolerable, found.confidence):
        out.print(f"The sample was drawn for {percent(drawn_for[0])} at {percent(drawn_for[1])} confidence.")
    if found.left_out:
        out.print(f"Left out, as not belonging on the list: {found.left_out:,}, replaced by reserves in their order.")
    out.print()
    table = _table("", "Errors", "not met", "not evid.", "blank", "at most", f"< {tolerable}")
    _row(table, "All questions together", found.overall)
    for question, one in found.questions:
        _row(table, question.heading, one)
    out.print(table)
    if found.by_stratum:
        out.print()
        parts = _table(
            (found.register.stratify_by or "").replace("_", " ").capitalize(), "Cases", "Audited", "Errors", "at most"
        )
        for stratum, part in found.by_stratum[:MOST_LISTED]:
            errors, limit = (f"{part.errors:,}", part.shown) if part else ("", "100.0 %")
            parts.add_row(stratum.name or UNNAMED, f"{stratum.cases:,}", f"{stratum.sampled:,}", errors, limit)
        out.print(parts)
        _more(out, len(found.by_stratum), "with --format json")
    for heading, lines in (("You may say", found.may_say()), ("You may not say", found.may_not_say())):
        out.print(f"\n{heading}", style="bold")
        for line in lines:
            out.print(f"- {line}")
    if found.overall.places:
        from caseaudit.sampling.filled_sheet import listed

        out.print(f"\nCases in error: {listed(found.overall.places)}.")


def _more(out: Console, count: int, where: str) -> None:
    if count > MOST_LISTED:
        out.print(f"and {count - MOST_LISTED:,} more strata; all {where}")


def _row(table: Any, name: str, one: Finding) -> None:
    counts = (one.errors, one.not_met, one.not_evidenced, one.blank)
    table.add_row(name, *(f"{count:,}" for count in counts), one.shown, "yes" if one.holds else "no")
