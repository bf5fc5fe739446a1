"""`caseaudit policy`: the limits in force, what a file changes, and whether it is sound."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseaudit.cli import options
from caseaudit.cli.options import Output

if TYPE_CHECKING:
    from caseaudit.model import Limit

app = typer.Typer(help="Show, compare and check the limits.", no_args_is_help=True, rich_markup_mode=None)

AsAt = Annotated[str | None, typer.Option("--as-at", metavar="DATE", help="Day on which they are in force; today.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="Your policy file.")]


def _load(path: Path | None, as_at: str | None) -> tuple[Limit, ...]:
    from caseaudit.policy import load

    return load(options.day(as_at) if as_at else options.today(), path).in_force()


@app.command()
def show(policy: options.PolicyFile = None, as_at: AsAt = None, format_: options.OutputFormat = Output.TEXT) -> None:
    """Print every limit in force with its basis and source."""
    _print(_load(policy, as_at), format_)


@app.command()
def diff(file: File, as_at: AsAt = None, format_: options.OutputFormat = Output.TEXT) -> None:
    """Print the limits a policy file changes, and which of them are laxer than a cited standard."""
    changed = tuple(limit for limit in _load(file, as_at) if limit.changed)
    if not changed and format_ is Output.TEXT:
        typer.echo(f"{file.name} changes no limit.")
        return
    _print(changed, format_)


@app.command()
def check(file: File, as_at: AsAt = None) -> None:
    """Check a policy file; exit 2 with the fault when it is not usable."""
    limits = _load(file, as_at)
    changed, laxer = sum(limit.changed for limit in limits), sum(limit.laxer for limit in limits)
    typer.echo(f"{file.name} is sound: {changed} of {len(limits)} limits changed, {laxer} laxer than a cited standard.")


def _print(limits: tuple[Limit, ...], format_: Output) -> None:
    from caseaudit.cli.terminal import console

    if format_ is Output.JSON:
        typer.echo(
            json.dumps(
                [{**asdict(limit), "against_shipped": limit.against_shipped} for limit in limits],
                indent=1,
                ensure_ascii=False,
                default=str,
            )
        )
        return
    out = console()
    for limit in limits:
        marks = [f"shipped {limit.default}"] if limit.changed and limit.default is not None else []
        marks += ["laxer than the cited standard"] if limit.laxer else filter(None, [limit.against_shipped])
        out.print(f"{limit.name} = {limit.value}" + (f"  [{'; '.join(marks)}]" if marks else ""), style="bold")
        out.print(f"    {limit.basis}: {limit.source}")
