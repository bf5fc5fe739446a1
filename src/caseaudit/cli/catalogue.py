"""`caseaudit checks` and `caseaudit explain`: what is tested, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from caseaudit.cli import options
from caseaudit.cli.options import Output

if TYPE_CHECKING:
    from rich.console import Console

    from caseaudit.catalogue import Check
    from caseaudit.policy import Policy


def checks(
    family: Annotated[str | None, typer.Argument(metavar="FAMILY", help="Only this family or code.")] = None,
    folders: options.CheckFolders = None,
    format_: options.OutputFormat = Output.TEXT,
) -> None:
    """List the checks."""
    from caseaudit.catalogue import load_catalogue
    from caseaudit.cli.terminal import console

    catalogue = load_catalogue(tuple(folders or ()))
    chosen = catalogue.choose([family]) if family else catalogue
    if format_ is Output.JSON:
        typer.echo(json.dumps([_data(check) for check in chosen], indent=1, ensure_ascii=False))
        return
    out = console()
    for check in chosen:
        text = f"{check.code:7} {check.declaration.severity.value:7} {check.manual.fault}"
        out.print(text, no_wrap=True, overflow="ellipsis")
    for broken in chosen.broken:
        out.print(f"error   {broken.reason}")


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code or name of a check.")],
    policy: options.PolicyFile = None,
    folders: options.CheckFolders = None,
    as_at: Annotated[str | None, typer.Option("--as-at", metavar="DATE", help="Day whose limits are shown.")] = None,
    format_: options.OutputFormat = Output.TEXT,
) -> None:
    """Explain a check, with its limits and an example."""
    from caseaudit.catalogue import load_catalogue
    from caseaudit.cli.terminal import console
    from caseaudit.policy import load

    check = load_catalogue(tuple(folders or ()))[code]
    limits = load(options.day(as_at) if as_at else options.today(), policy)
    if format_ is Output.JSON:
        typer.echo(json.dumps(_data(check, limits), indent=1, ensure_ascii=False, default=str))
        return
    out, manual, declared = console(), check.manual, check.declaration
    out.print(f"{check.code} {check.name}: {manual.fault}", style="bold")
    out.print(f"Severity {declared.severity.value}; acted on by the {declared.owner}; basis {declared.basis}")
    for heading, text in (
        ("Why it matters", manual.why),
        ("Who is looked at", manual.population),
        ("What is a finding", manual.finding),
        ("What to do", manual.action),
        ("Sources", manual.sources),
    ):
        out.print(f"\n{heading}", style="bold")
        out.print(text)
    out.print("\nWhat must hold", style="bold")
    for column in check.standard.to_schema().columns.values():
        out.print(f"- {column.title}")
    out.print("\nNeeds", style="bold")
    out.print(", ".join((*check.fields, *map(" or ".join, check.either))) or "any export")
    if shown := _limits(check, limits):
        out.print("\nLimits in force", style="bold")
        for limit in shown:
            if not limit.name.startswith("bands."):
                out.print(f"- {limit.name} = {limit.value} ({limit.basis}: {limit.source})")
        if any(limit.name.startswith("bands.") for limit in shown):
            _print_bands(out, limits)
    if manual.example:
        out.print("\nWorked example", style="bold")
        out.print(manual.example)


def _print_bands(out: Console, policy: Policy) -> None:
    """The acuity bands as a table, since a check that reads them reads several of their values."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    for head in ("band", "review", "contact", "risk check", "points", "high acuity", "competencies"):
        table.add_column(head, justify="left" if head in {"band", "competencies"} else "right")
    for band, values in policy.bands.items():
        days = [
            f"{values[name]} d" if values[name] else "" for name in ("review_days", "contact_days", "risk_check_days")
        ]
        high = "yes" if values.high_acuity else "no"
        table.add_row(band, *days, str(values.points), high, ", ".join(values.competencies).replace("_", " "))
    out.print("- the acuity bands (their sources: `caseaudit policy show`):")
    out.print(table)


def _limits(check: Check, policy: Policy) -> list[Any]:
    return [
        limit
        for limit in policy.in_force()
        if any(limit.name == name or limit.name.startswith((f"{name}.", f"{name} (")) for name in check.limits)
    ]


def _data(check: Check, policy: Policy | None = None) -> dict[str, Any]:
    from dataclasses import asdict

    data: dict[str, Any] = {
        "code": check.code,
        "name": check.name,
        "family": check.family,
        "severity": check.declaration.severity.value,
        "owner": check.declaration.owner,
        "basis": check.declaration.basis,
        "subject": check.declaration.subject,
        "tables": list(check.tables),
        "fields": list(check.fields),
        "either": [list(fields) for fields in check.either],
        "manual": asdict(check.manual),
        "standards": {name: column.title for name, column in check.standard.to_schema().columns.items()},
    }
    if policy is not None:
        data["limits"] = [asdict(limit) for limit in _limits(check, policy)]
    return data
