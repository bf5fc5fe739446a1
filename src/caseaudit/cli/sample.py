"""`caseaudit sample`: how many cases to audit, which ones, and what the filled sheet lets one say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseaudit.cli import options
from caseaudit.cli import sample_terminal as showing
from caseaudit.cli.options import Output

if TYPE_CHECKING:
    from caseaudit.sampling import Aim

app = typer.Typer(
    help="Plan, draw and evaluate a random sample of open cases.", no_args_is_help=True, rich_markup_mode=None
)

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
        showing.print_json(planned.data())
        return
    out = console()
    of = f" of {population:,}" if population else ""
    out.print(f"Audit {planned.size:,}{of} case{'' if planned.size == 1 else 's'}", style="bold")
    out.print(f"\n{planned.why}\n")
    showing.claims(out, planned)


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
        showing.print_json(showing.drawn_data(drawn, folder, [file.name for file in files]))
    else:
        showing.show_drawn(drawn, folder)


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
        showing.print_json(found.data())
    else:
        showing.show_evaluation(found)
    raise typer.Exit(int(not found.overall.holds))


def _pair(text: str) -> tuple[str, str]:
    from caseaudit.errors import UsageProblem

    field, sign, value = text.partition("=")
    if not sign or not field.strip() or not value.strip():
        raise UsageProblem(f"--where '{text}' must be written as FIELD=VALUE, such as team=North.")
    return field.strip(), value.strip()
