"""What `caseaudit sample` prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from caseaudit.sampling import Draw, Evaluation, Finding, Plan

MOST_LISTED = 20
"""Strata listed in the terminal."""


def print_json(data: dict[str, Any]) -> None:
    """Print it for a machine."""
    typer.echo(json.dumps(data, indent=1, ensure_ascii=False))


def _table(*headings: str) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    return table


def claims(out: Console, planned: Plan) -> None:
    """What each number of errors would let one say."""
    from caseaudit.sampling import percent

    tolerable, sure = percent(planned.aim.tolerable), percent(planned.aim.confidence)
    out.print(f"What the errors found would let you say, with {sure} confidence:")
    table = _table("Errors found", "At most in error", "In all", f"Fewer than {tolerable}")
    for claim in planned.claims:
        most = f"{claim.most:,}" if claim.most is not None else ""
        table.add_row(str(claim.errors), claim.shown, most, "yes" if claim.holds else "no")
    out.print(table)


def drawn_data(drawn: Draw, folder: Path, files: list[str]) -> dict[str, Any]:
    """A draw as plain data, without an identifier of a case."""
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


def show_drawn(drawn: Draw, folder: Path) -> None:
    """Print what was drawn, from what, and what to do next."""
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
    claims(out, drawn.plan)
    out.print(f"\nSeed: {order.seed_text}" + ("" if order.seed is not None else " (the as-at date, as none was given)"))
    out.print(f"Frame hash: {drawn.frame_hash}", overflow="fold")
    out.print(f"Sample: {folder}", style="bold", overflow="fold")
    out.print("It holds personal data. Fill sample.xlsx, then: caseaudit sample evaluate SHEET")


def show_evaluation(found: Evaluation) -> None:
    """Print what the filled sheet shows, and what may and may not be said of it."""
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
