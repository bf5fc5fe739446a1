"""What a person sees: consoles that are safe for any text, a progress line, and the summary of a run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseaudit.model import SEVERITIES, Audit, Result, Status

if TYPE_CHECKING:
    from rich.console import Console

MOST_LISTED = 10


def console(*, stderr: bool = False) -> Console:
    """A console that writes plain words: no markup is read from them and no highlighting added."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Any]:
    """Says what is going on, on work over a second, and only to a person watching."""
    out = console(stderr=True)
    if quiet or not out.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    # How many steps there will be is not known before the exports are read, so the bar moves without an end.
    columns = (BarColumn(bar_width=20), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    bar = Progress(*columns, console=out, transient=True)
    step = bar.add_task("Starting", total=None)
    began = time.monotonic()

    def say(what: str) -> None:
        bar.update(step, description=what)
        if time.monotonic() - began > 1:
            bar.start()

    try:
        yield say
    finally:
        bar.stop()


def days_words(day: Any) -> str:
    """A day in words: 31 October 2026."""
    return f"{day.day} {day:%B %Y}"


def no_records(furniture: int) -> str:
    """How many of the rows rejected are totals, repeated headers or notes; nothing where none is."""
    return f" ({furniture:,} no records)" if furniture else ""


def summary(audit: Audit, folder: Path, files: list[str], notes: list[str], *, figures: bool = True) -> None:
    """The summary of a run: where the pack is, what is not met, what could not be tested, what to do next.

    Fits one screen of 80 by 24 on an ordinary run. Without `figures` no count of a standard is printed: the raw ones
    have no place beside a pack that suppresses them.
    """
    out = console()
    by_status = {status: [r for r in audit.results if r.status is status] for status in Status}
    read = sum(account.rows_read for account in audit.accounts)
    kept = sum(account.kept for account in audit.accounts)
    rejected = sum(account.rejected for account in audit.accounts)
    name = f"{audit.service}: " if audit.service else ""
    out.print(f"{name}as at {days_words(audit.as_at)}", style="bold")
    aside = no_records(sum(account.furniture for account in audit.accounts))
    out.print(f"Rows: {read:,} read = {kept:,} kept + {rejected:,} rejected{aside}, from {len(audit.accounts)} sources")
    tested = len(by_status[Status.MET]) + len(by_status[Status.NOT_MET])
    out.print(f"Standards: {len(by_status[Status.MET])} of {tested} tested are met")
    _not_met(out, by_status[Status.NOT_MET], figures=figures)
    _untested(out, by_status)
    for note in notes:
        out.print(f"Note: {note}")
    out.print()
    out.print(f"Pack: {folder}", style="bold", soft_wrap=True)
    first = next((f for f in files if f.endswith((".pdf", ".html"))), None)
    if first and figures:
        out.print(f"Open {first} first; findings.xlsx lists every finding with its file and row.")
    elif first:
        out.print(f"Open {first}: it holds the figures, small numbers suppressed.")


def _not_met(out: Console, results: list[Result], *, figures: bool) -> None:
    """The standards not met, worst first: by harm, then by rate; what is cut off is said."""
    if not results:
        return
    worst = sorted(results, key=lambda r: (SEVERITIES.index(r.severity), r.rate or 0, r.code))
    shown = 6 if figures else 3
    heads = ("Not met", "worst first", "harm", "met", "breach", "blank")[:shown]
    rows = [_row(result)[:shown] for result in worst[:MOST_LISTED]]
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    widths[1] = max(12, out.width - sum(widths) + widths[1] - 2 * len(heads) + 2)
    for row in (heads, *rows):
        fault = row[1] if len(row[1]) <= widths[1] else f"{row[1][: widths[1] - 3].rstrip()}..."
        words = [row[0].ljust(widths[0]), fault.ljust(widths[1]), row[2].ljust(widths[2])]
        out.print("  ".join([*words, *(cell.rjust(widths[place]) for place, cell in enumerate(row) if place > 2)]))
    if len(results) > MOST_LISTED:
        out.print(f"and {len(results) - MOST_LISTED} more, all in the report")


def _row(r: Result) -> tuple[str, ...]:
    counts = (f"{r.met:,}/{r.population:,}", f"{r.breach:,}", f"{r.not_evidenced:,}")
    return (r.code, r.manual.fault, r.severity.value, *counts)


def _untested(out: Console, by_status: dict[Status, list[Result]]) -> None:
    for status, words in (
        (Status.ERROR, "Failed to run"),
        (Status.NOT_ASSESSABLE, "Could not be tested"),
        (Status.NOT_APPLICABLE, "Nobody to test"),
    ):
        results = by_status[status]
        if not results:
            continue
        if status is Status.ERROR:
            for r in results[:3]:
                out.print(f"{words}: {r.reason}")
            continue
        reasons = list(dict.fromkeys(r.reason for r in results if r.reason))
        codes = ", ".join(r.code for r in results[:MOST_LISTED]) + (" ..." if len(results) > MOST_LISTED else "")
        out.print(f"{words}: {codes}")
        for reason in reasons[:2]:
            out.print(f"  {reason}")
        if len(reasons) > 2:
            out.print(f"  and {len(reasons) - 2} other reasons; all in the report")
