"""`caseaudit inspect` and `caseaudit map`: what is understood of the exports, and what is to be decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from caseaudit.cli import options
from caseaudit.cli.options import Output

if TYPE_CHECKING:
    from caseaudit.mapping.asking import Answer, Place
    from caseaudit.model import SheetPlan, SourceAccount


def inspect(
    exports: options.Exports, mapping: options.MappingFile = None, format_: options.OutputFormat = Output.TEXT
) -> None:
    """Show what is understood of each export.

    Its header and rows, the tables it feeds, and what each column is taken for. No cell is shown.
    """
    from caseaudit import mapping as mapping_stage
    from caseaudit import pipeline

    seen = pipeline.understood(exports, mapping)
    warnings = mapping_stage.warnings(seen.plans)
    sources = [_source(*parts) for parts in zip(seen.tables.accounts, seen.plans, seen.profiles, strict=True)]
    if format_ is Output.JSON:
        data = {
            "sources": sources,
            "warnings": list(warnings),
            "notes": list(seen.tables.notes),
            "passed_over": list(seen.passed_over),
        }
        typer.echo(json.dumps(data, indent=1, ensure_ascii=False))
        return
    for source in sources:
        _show(source)
    _notes("Warnings", warnings)
    _notes("Notes", seen.tables.notes)
    _notes("Passed over", seen.passed_over)


def _source(account: SourceAccount, plan: SheetPlan, profile: dict[str, tuple[int, int]]) -> dict[str, Any]:
    source = account.source
    return {
        "file": source.file,
        "sheet": source.sheet,
        "table": account.tables[0] if account.tables else None,
        "tables": list(account.tables),
        "encoding": source.encoding,
        "delimiter": source.delimiter,
        "header_row": source.header_row,
        "rows_read": account.rows_read,
        "rows_kept": account.kept,
        "rows_rejected": account.rejected,
        "rows_furniture": account.furniture,
        "format": f"{plan.format.name} {plan.format.part}" if plan.format else None,
        "serves": list(plan.format.serves) if plan.format else [],
        "left_out": plan.left_out,
        "notes": list(source.notes),
        "columns": [
            {
                "heading": match.heading,
                "field": f"{match.table}.{match.field}" if match.field else None,
                "sure": match.sure,
                "why": match.why,
                "personal": match.personal,
                "filled": profile.get(match.heading, (None, None))[0],
                "different": profile.get(match.heading, (None, None))[1],
            }
            for match in account.columns or plan.matches
        ],
    }


def _show(source: dict[str, Any]) -> None:
    from rich.padding import Padding
    from rich.table import Table

    from caseaudit.cli.terminal import console, no_records
    from caseaudit.mapping.doubting import LACKING

    out = console()
    name = f"{source['file']} › {source['sheet']}" if source["sheet"] else source["file"]
    out.print(name, style="bold")
    kind = ", ".join(part for part in (source["encoding"], _named(source["delimiter"])) if part)
    fed = ", ".join([*source["tables"], *(f"lookups of {part}" for part in source["serves"])]) or "nothing"
    out.print(f"  {kind or 'workbook'}; header in row {source['header_row']}; feeds {fed}")
    if source["format"]:
        out.print(f"  read as {source['format']}")
    read, kept, rejected = (source[name] for name in ("rows_read", "rows_kept", "rows_rejected"))
    out.print(f"  rows: {read:,} read = {kept:,} kept + {rejected:,} rejected{no_records(source['rows_furniture'])}")
    if source["left_out"]:
        out.print(f"  {source['left_out']}")
    for note in source["notes"]:
        out.print(f"  {note}")
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="")
    for head in ("column", "taken for"):
        table.add_column(head, overflow="fold")
    for head in ("filled", "values"):
        table.add_column(head, justify="right")
    table.add_column("")
    # A sheet that feeds nothing yet looks like one table; the fields are named as they would be for it.
    like = {column["field"].partition(".")[0] for column in source["columns"] if column["field"]}
    main = source["table"] or (next(iter(like)) if len(like) == 1 else None)
    for column in source["columns"]:
        taken = column["field"] or ("dropped, personal" if column["personal"] else "dropped")
        taken = taken.removeprefix(f"{main}.")
        filled = "" if column["filled"] is None else f"{column['filled']:,}"
        different = "" if column["different"] is None else f"{column['different']:,}"
        taken = taken if column["sure"] else f"{taken} ?"
        # What is in doubt of the sheet as a whole has been said above its columns.
        said = {"known heading", LACKING, f"the sheet {source['left_out']}"}
        why = "" if column["why"] in said else column["why"]
        table.add_row(column["heading"], taken, filled, different, why)
    out.print(Padding(table, (0, 0, 0, 2)))
    out.print()


def _named(delimiter: str | None) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}.get(delimiter or "", "")


def _notes(title: str, notes: Sequence[str]) -> None:
    from caseaudit.cli.terminal import console

    if notes:
        out = console()
        out.print(title, style="bold")
        for note in notes:
            out.print(f"- {note}")


def map_(
    exports: options.Exports,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The mapping file to write.")] = Path(
        "mapping.toml"
    ),
    mapping: options.MappingFile = None,
) -> None:
    """Ask what the exports leave open, and write a mapping file.

    What is sure stands in it. Without a terminal, and for what you decide later, the open questions stand in it too.
    """
    import sys

    from caseaudit import mapping as mapping_stage
    from caseaudit import pipeline
    from caseaudit.errors import UsageProblem
    from caseaudit.folders import write_whole
    from caseaudit.mapping.proposing import TO_DECIDE

    if out.exists() and out != mapping:
        raise UsageProblem(
            f"{out.name} exists already. Give it with --mapping to build on it, or choose another --out."
        )
    plans, _ = pipeline.plan(exports, mapping)
    answers: dict[Place, Answer] = {}
    if sys.stdin.isatty():
        from caseaudit.cli.interview import interview

        plans, answers = interview(plans)
        typer.echo()
    text = mapping_stage.propose(plans, answers, mapping)
    write_whole(out, text.encode())
    open_ = text.count(f"\n{TO_DECIDE}")
    typer.echo(f"Mapping: {out}")
    if open_:
        needs = "1 question needs" if open_ == 1 else f"{open_} questions need"
        typer.echo(f"{needs} a decision; look for TO DECIDE in the file.")
    if "# SUGGESTION:" in text:
        typer.echo("No column holds the layer of a worker; see SUGGESTION in the file.")
    typer.echo(f"Then: caseaudit run EXPORTS --mapping {out}")
