"""The commands by name. Each stands in a module of its own, which loads what it uses when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from caseaudit import __version__
from caseaudit.cli import catalogue, exports, packs, policy, project, run, sample

app = typer.Typer(
    name="caseaudit",
    help="Audit the workforce and caseload standard of a service from the exports of its record systems.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"caseaudit {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Audit the workforce and caseload standard of a service from the exports of its record systems."""


app.command()(run.run)
app.command()(project.demo)
app.command()(exports.inspect)
app.command("map")(exports.map_)
app.command()(catalogue.checks)
app.command()(catalogue.explain)
app.command()(packs.report)
app.command()(packs.verify)
app.command()(project.init)
app.command()(project.doctor)
app.command("new-check")(project.new_check)
app.add_typer(sample.app, name="sample")
app.add_typer(policy.app, name="policy")
