"""`caseaudit demo`, `init`, `doctor` and `new-check`: starting out, and adding to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from caseaudit.cli import options
from caseaudit.cli.options import Output

DEMO_AS_AT = "2026-10-31"
DEMO_SERVICE = "Sample community mental-health service"


def demo(
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="The pack's folder.")] = None,
) -> None:
    """Audit the sample exports and write a pack.

    Exit 0 when the pack was written, findings or not.
    """
    from caseaudit import pipeline
    from caseaudit.cli.terminal import progress, summary
    from caseaudit.folders import SAMPLE
    from caseaudit.reporting import pack

    request = pipeline.Request((SAMPLE / "exports",), options.day(DEMO_AS_AT), service=DEMO_SERVICE)
    folder = (out or Path("caseaudit-demo")).absolute()
    with pack.locked(folder), progress(quiet=False) as say:
        found = pipeline.audit(request, say)
        files, notes = pipeline.files_of(
            found, audience="internal", formats=("html", "pdf", "xlsx", "csv", "json"), progress=say
        )
        names = pack.write_pack(folder, files)
    summary(found, folder, names, notes)
    if pipeline.exit_code(found) in {3, 4}:
        raise typer.Exit(pipeline.exit_code(found))


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make; must not exist or be empty.")],
) -> None:
    """Write a project to start from.

    A policy file, a place for exports, and a workbook for the records that no system exports.
    """
    from caseaudit import starting

    for name in starting.write_project(folder):
        typer.echo(name)
    typer.echo(f"Next: put your exports into {folder / 'exports'}, then `caseaudit inspect {folder / 'exports'}`.")


def doctor(format_: options.OutputFormat = Output.TEXT) -> None:
    """Say whether this machine has all a run needs.

    Exit 2 when something is missing.
    """
    from caseaudit import pipeline
    from caseaudit.folders import CHECKS, SAMPLE, TEMPLATES
    from caseaudit.reporting import documents

    found = pipeline.versions()
    faults = [
        f"The folder {folder.name} is missing from the installation."
        for folder in (CHECKS, SAMPLE, TEMPLATES)
        if not folder.is_dir()
    ]
    if why := documents.pdf_possible():
        faults.append(why)
    if format_ is Output.JSON:
        typer.echo(json.dumps({"versions": found, "faults": faults}, indent=1))
    else:
        for name, version in found.items():
            typer.echo(f"{name:16} {version}")
        typer.echo("\n".join(faults) if faults else "Everything a run needs is here.")
    raise typer.Exit(2 if faults else 0)


def new_check(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Family and number, such as OWN01.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The fault in words joined by _.")],
    folder: Annotated[Path, typer.Option("--dir", metavar="DIR", help="Folder of your checks.")] = Path("checks"),
    tests: Annotated[Path, typer.Option("--tests", metavar="DIR", help="Folder of their tests.")] = Path(
        "tests/checks"
    ),
) -> None:
    """Write a check and its test to start from.

    Both work as they are.
    """
    from caseaudit.catalogue.scaffolding import scaffold

    for path in scaffold(code, name, folder, tests):
        typer.echo(str(path))
