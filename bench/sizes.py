"""How quickly big exports are read: a contact export in CSV beside Polars, and a sheet of an XLSX beside fastexcel.

    python -m bench.sizes                     five million contacts, 300,000 rows of XLSX
    python -m bench.sizes --python OTHER      with fastexcel installed there
    python -m bench.sizes --contacts 0        the sheet alone

Polars alone reads every column as text and parses the two columns of dates, without proving a line whole or finding out
what the columns mean. fastexcel alone reads every cell as text, without telling which cells hold errors or in which row
a record stands. OTHER is the Python of a throwaway environment with polars and fastexcel; it is no dependency of the
project. Each figure is that of the process with the least CPU of several, after their imports and with the headings the
program knows read; compare figures of one call.
"""

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = str(Path(__file__).resolve().parent.parent / "src")


def write_contacts(path: Path, rows: int) -> None:
    """A contact export as a record system writes it: every value made from the number of its row."""
    import polars as pl

    number = pl.int_range(rows)
    day = pl.date(2024, 11, 1) + pl.duration(days=number * 730 // rows)
    words = {
        "Planned?": ["Yes", "No", "Yes"],
        "Mode": ["Face to face", "Phone", "Video", "Face to face", "Home visit"],
        "Outcome": ["Attended", "Attended", "Attended", "Did not attend", "Cancelled by service"],
        "Risk check done?": ["Yes", "No", ""],
        "Purpose": ["Practical support", "Assessment", "Review", "Medication", "Family work", "", "Discharge plan"],
    }

    def picked(name: str) -> pl.Expr:
        choices = pl.Series(words[name])
        return pl.lit(choices).gather((number * 2_654_435_761 // 65_536) % len(choices)).alias(name)

    frame = pl.select(
        pl.format("CT{}", number + 1_000_000).alias("Contact ID"),
        pl.format("CM{}", number * 7919 % (rows // 10 + 1) + 100_000).alias("Case Ref"),
        day.dt.strftime("%d/%m/%Y").alias("Contact date"),
        pl.format("W{}", number * 31 % (rows // 250 + 1) + 1_000).alias("Seen by"),
        picked("Planned?"),
        picked("Mode"),
        picked("Outcome"),
        pl.format("{} {}:{}", day.dt.strftime("%Y-%m-%d"), number % 9 + 10, number % 50 + 10).alias("Recorded"),
        picked("Risk check done?"),
        picked("Purpose"),
    )
    frame.write_csv(path, line_terminator="\r\n", include_bom=True)


def write_sheet(path: Path, rows: int) -> None:
    """A supervision log with identifiers, days, words, a number and a yes or no; texts shared, as Excel has them."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Log")
    sheet.write_row(0, 0, ["Session ID", "Supv'n date", "Supervisee ID", "Type", "Status", "Minutes", "Risks?"])
    first = dt.date(2024, 11, 1)
    for at in range(rows):
        day = first + dt.timedelta(at * 730 // rows)
        kind, status = ("Individual", "Group", "Peer")[at % 3], ("Held", "Cancelled", "Held", "Held")[at % 4]
        cells = [f"SV{at + 10_000}", day, f"W{at * 31 % 7_000 + 1_000}", kind, status, 30 + at % 61, at % 2 == 0]
        sheet.write_row(at + 1, 0, cells)
    book.close()


def contacts_here(path: Path) -> int:
    """Survey, map, read and normalise; rows of the canonical table."""
    from caseaudit.pipeline.tables import canonical_tables

    return canonical_tables([path], None, ()).frames["contacts"].height


def contacts_polars(path: Path) -> int:
    import polars as pl

    frame = pl.read_csv(path, infer_schema=False).with_columns(
        pl.col("Contact date").str.to_date("%d/%m/%Y"), pl.col("Recorded").str.slice(0, 10).str.to_date("%Y-%m-%d")
    )
    return frame.height


def sheet_here(path: Path) -> int:
    """Survey and read, which includes the look for bombs; rows read."""
    from caseaudit import reading

    sheet = reading.survey([path]).sheets[0]
    return reading.load(sheet, sheet.headings).frame.height


def sheet_fastexcel(path: Path) -> int:
    import fastexcel

    return fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars().height - 1


_STAGES = "caseaudit.pipeline caseaudit.reading caseaudit.mapping caseaudit.normalising"
READERS = {
    "contacts_here": (contacts_here, f"polars pandera.backends.polars.builtin_checks {_STAGES}"),
    "contacts_polars": (contacts_polars, "polars"),
    "sheet_here": (sheet_here, "polars python_calamine caseaudit.reading"),
    "sheet_fastexcel": (sheet_fastexcel, "polars fastexcel"),
}


def written(name: str, path: Path, rows: int) -> None:
    """Write in a process of its own: a child's peak of memory is never below what its parent held when it began."""
    words = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from pathlib import Path; import sizes"
    call = f"{words}; sizes.{name}(Path({str(path)!r}), {rows})"
    subprocess.run([sys.executable, "-W", "ignore", "-c", call], check=True)


def child(reader: str, path: Path) -> None:
    """Read with one reader in this process and print what it took."""
    import importlib
    import pkgutil
    import resource
    import time

    read, modules = READERS[reader]
    for name in modules.split():
        module = importlib.import_module(name)
        if name.startswith("caseaudit."):  # which imports what a stage needs only as it is reached
            for part in pkgutil.iter_modules(module.__path__):
                importlib.import_module(f"{name}.{part.name}")
    if reader == "contacts_here":
        sys.modules["caseaudit.mapping"].make_ready()  # what is known of headings, read once like a module
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    rows = read(path)
    after, clock = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - began
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpu": cpu, "clock": clock, "peak": after.ru_maxrss / 1024, "rows": rows}))


def measure(readers: dict[str, str], path: Path, repeat: int) -> dict[str, dict | None]:
    """The quickest of several processes of each reader; None where what it needs is not installed.

    Args:
        readers: name of a reader → the Python it runs with.
        path: the file to read.
        repeat: processes of each. They take turns, so that what else the machine does falls on all of them.
    """
    runs: dict[str, list[dict]] = {name: [] for name in readers}
    for name, python in [*readers.items()] * repeat:
        words = [python, "-W", "ignore", __file__, "--child", name, str(path)]
        environment = {**os.environ, "PYTHONPATH": SOURCE}
        done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
        if "No module named" in done.stderr:
            continue
        if done.returncode:
            sys.exit(done.stderr)
        runs[name].append(json.loads(done.stdout))
    return {name: min(some, key=lambda run: run["cpu"], default=None) for name, some in runs.items()}


def compared(title: str, ours: dict | None, name: str, other: dict | None, goal: float) -> None:
    assert ours is not None
    print(f"\n| {title} | CPU, s | by the clock, s | peak, MB |")
    print("|---|--:|--:|--:|")
    print(f"| caseaudit | {ours['cpu']:.2f} | {ours['clock']:.2f} | {ours['peak']:,.0f} |")
    if other is None:
        print(f"\n{name} is not installed: see --python.")
        return
    print(f"| {name} | {other['cpu']:.2f} | {other['clock']:.2f} | {other['peak']:,.0f} |")
    if ours["rows"] != other["rows"]:
        print(f"\nNOT THE SAME ROWS: {ours['rows']:,} and {other['rows']:,}.")
    cpu, clock = (ours[what] / other[what] for what in ("cpu", "clock"))
    print(f"\n{cpu:.2f} times the CPU, {clock:.2f} times by the clock; the goal is {goal} times.")


def run(contacts: int, rows: int, repeat: int, python: str) -> None:
    """Print both tables, or one where there are no rows of the other."""
    if contacts:
        run_contacts(contacts, repeat)
    if rows:
        run_sheet(rows, repeat, python)


def run_contacts(contacts: int, repeat: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Contacts export.csv"
        written("write_contacts", path, contacts)
        took = measure(dict.fromkeys(("contacts_here", "contacts_polars"), sys.executable), path, repeat)
        title = f"{contacts:,} contacts in CSV, {path.stat().st_size / 1e6:,.0f} MB"
        compared(title, took["contacts_here"], "Polars, text and dates", took["contacts_polars"], 3)


def run_sheet(rows: int, repeat: int, python: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Supervision log.xlsx"
        written("write_sheet", path, rows)
        took = measure({"sheet_here": sys.executable, "sheet_fastexcel": python}, path, repeat)
        title = f"A sheet of {rows:,} rows and 7 columns"
        compared(title, took["sheet_here"], "fastexcel into Polars", took["sheet_fastexcel"], 1.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="python -m bench.sizes")
    parser.add_argument("--contacts", type=int, default=5_000_000)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--repeat", type=int, default=3, help="processes per figure, in turns; the quickest counts")
    parser.add_argument("--python", default=sys.executable, help="Python of an environment with fastexcel")
    parser.add_argument("--child", nargs=2, metavar=("READER", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(args.child[0], Path(args.child[1]))
        return
    run(args.contacts, args.rows, args.repeat, args.python)


if __name__ == "__main__":
    main()
