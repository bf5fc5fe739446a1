"""Time, memory and exactness of writing 300,000 findings to a workbook, ours against other writers.

    python -m bench.xlsx                      ours and XlsxWriter, cell by cell
    python -m bench.xlsx --python OTHER       with the writers installed there too

OTHER is the Python of a throwaway environment with polars and XlsxWriter and whichever of the others are to be tried
(pip names: rustpy-xlsxwriter, xlsxturbo, jetxl, rvgsrust-xlsxwriter, opensheet-core, pyexcelerate). They are no
dependencies of the project; one that is missing is named and passed over. Each writer is a process of its own, and
what it wrote is looked into: whether row numbers and days are typed, whether a text that begins with = became a
formula, an address a link, whether the header filters and stays in view.
"""

import argparse
import datetime as dt
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

SOURCE = str(Path(__file__).resolve().parent.parent / "src")
AS_AT = dt.date(2026, 10, 31)


def findings(rows: int):
    """Findings as a large service has them: 83 checks, some 6 MB of details, every tenth answered."""
    import polars as pl

    number = pl.int_range(rows)
    check = number * 83 // rows
    return pl.DataFrame({"n": range(rows)}).select(
        severity=pl.lit("high"),
        status=pl.when(number % 3 == 0).then(pl.lit("not evidenced")).otherwise(pl.lit("breach")),
        check=pl.format("REV{}", check),
        team=pl.format("{} team", pl.lit("Northgate")),
        subject=pl.when(number == 5).then(pl.lit("=1+1")).otherwise(pl.format("CM{}", 100_000 + number)),
        measure=pl.format("what check {} says must hold of each case on the as-at date", check),
        detail=pl.when(number == 7)
        .then(pl.lit("http://example.org"))
        .otherwise(pl.format("Due {} Mar 2026, {} days ago; band high.", number % 28 + 1, number % 400)),
        action=pl.format("Hold the review and record it with the day of the next; if held, record when ({}).", check),
        who_acts=pl.lit("named worker"),
        owner=pl.when(number % 10 == 0).then(pl.lit("A. Worker")),
        due_by=pl.when(number % 10 == 0).then(pl.lit(AS_AT)),
        reply=pl.when(number % 10 == 0).then(pl.format("Booked for week {}", number % 52)),
        done_on=pl.when(number % 20 == 0).then(pl.lit(AS_AT)),
        source_file=pl.format("Caseload {}.csv", number % 12),
        source_sheet=pl.when(number % 2 == 0).then(pl.lit("Open cases")),
        source_row=number,
        subject_type=pl.lit("case"),
        fingerprint=pl.format("{}", (number.cast(pl.UInt64) * 2_654_435_761 + 2**52).cast(pl.String).str.zfill(16)),
    )  # fmt: skip


def ours(frame, path: Path) -> None:
    from caseaudit.reporting.workbook.internal import FINDINGS
    from caseaudit.reporting.workbook.looks import workbook
    from caseaudit.reporting.workbook.sheets import Mark, Table

    path.write_bytes(workbook([Table("Findings", FINDINGS, frame)], Mark("Findings", "", AS_AT, "")))


def xlsxwriter_by_cell(frame, path: Path) -> None:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, options | {"default_date_format": "dd mmm yyyy"}) as book:
        sheet = book.add_worksheet("Findings")
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, frame.height, frame.width - 1)
        kinds = {"Date": sheet.write_datetime, "Int64": sheet.write_number}
        put = [kinds.get(str(dtype), sheet.write_string) for dtype in frame.dtypes]
        for place, name in enumerate(frame.columns):
            sheet.write_string(0, place, name)
        for row, cells in enumerate(frame.iter_rows(), start=1):
            for place, value in enumerate(cells):
                if value is not None:
                    put[place](row, place, value)


def polars_write_excel(frame, path: Path) -> None:
    frame.write_excel(path, autofilter=True, freeze_panes=(1, 0))


def rustpy_xlsxwriter(frame, path: Path) -> None:
    import rustpy_xlsxwriter

    rustpy_xlsxwriter.write_worksheet(frame, str(path), "Findings", freeze_row=1, autofilter=True, dedupe_strings=True)


def xlsxturbo(frame, path: Path) -> None:
    import xlsxturbo

    xlsxturbo.df_to_xlsx(frame, str(path), freeze_panes=True, autofilter=True, compression_level=1)


def jetxl(frame, path: Path) -> None:
    import jetxl

    jetxl.write_sheet_arrow(frame.to_arrow(), str(path), "Findings", auto_filter=True, freeze_rows=1)


def rvgsrust_xlsxwriter(frame, path: Path) -> None:
    import rvgsrust_xlsxwriter

    book = rvgsrust_xlsxwriter.Workbook()
    sheet = book.add_worksheet()
    sheet.write_dataframe(0, 0, frame)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, frame.height, frame.width - 1)
    book.close(str(path))


def opensheet_core(frame, path: Path) -> None:
    import opensheet_core

    book = opensheet_core.XlsxWriter(str(path))
    book.add_sheet("Findings")
    book.freeze_panes(row=1)
    book.write_rows([frame.columns, *map(list, frame.iter_rows())])
    book.close()


def pyexcelerate(frame, path: Path) -> None:
    import pyexcelerate

    book = pyexcelerate.Workbook()
    book.new_sheet("Findings", data=[frame.columns, *frame.iter_rows()])
    book.save(path)


WRITERS: dict[str, tuple[str, Callable]] = {
    "caseaudit": ("xlsxwriter", ours),
    "XlsxWriter by cell": ("xlsxwriter", xlsxwriter_by_cell),
    "polars write_excel": ("xlsxwriter", polars_write_excel),
    "rustpy-xlsxwriter": ("rustpy_xlsxwriter", rustpy_xlsxwriter),
    "xlsxturbo": ("xlsxturbo", xlsxturbo),
    "jetxl": ("jetxl", jetxl),
    "rvgsrust-xlsxwriter": ("rvgsrust_xlsxwriter", rvgsrust_xlsxwriter),
    "opensheet-core": ("opensheet_core", opensheet_core),
    "pyexcelerate": ("pyexcelerate", pyexcelerate),
}


def child(name: str, rows: int, path: Path) -> dict:
    """Write with one writer in this process: seconds, and peak memory in MB above what the findings take."""
    import resource

    module, write = WRITERS[name]
    if importlib.util.find_spec(module) is None:
        return {"missing": module}
    frame = findings(rows)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, worked = time.perf_counter(), time.process_time()
    write(frame, path)
    took, busy = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"seconds": took, "cpu": busy, "peak": peak // 1024, "size": path.stat().st_size / 1e6}


def looked_into(path: Path, rows: int) -> str:
    """What is not as exact as it should be, in words."""
    with zipfile.ZipFile(path) as packed:
        name = next(name for name in packed.namelist() if "worksheets/" in name and name.endswith(".xml"))
        xml = packed.read(name).decode()
        styles = packed.read("xl/styles.xml").decode()
    row = re.search(r'<row r="12".*?</row>', xml, re.DOTALL)
    kinds = dict(re.findall(r'<c r="([A-Z]+)12"((?: \w+="[^"]*")*)>', row.group())) if row else {}
    faults = [
        ("rows are missing", len(re.findall(r"<row ", xml)) != rows + 1),
        ("row numbers are no numbers", "P" not in kinds or 't="s' in kinds["P"] or "inlineStr" in kinds["P"]),
        ("days are no days", not re.search(r' s="\d+"', kinds.get("K", "")) or "yy" not in styles),
        ("a text became a formula", bool(re.search(r"<f[ >]", xml))),
        ("a text became a link", "<hyperlink " in xml),
        ("no filter", "<autoFilter" not in xml and "tablePart" not in xml),
        ("header not frozen", "<pane " not in xml),
    ]
    return ", ".join(fault for fault, there in faults if there) or "exact"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="python -m bench.xlsx")
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--repeat", type=int, default=1, help="processes per writer; the quickest counts")
    parser.add_argument("--python", default=sys.executable, help="Python of an environment with the other writers")
    parser.add_argument("--only", default="", help="names of writers, separated by commas")
    parser.add_argument("--child", nargs=2, metavar=("WRITER", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        print(json.dumps(child(args.child[0], args.rows, Path(args.child[1]))))
        return
    print(f"{args.rows:,} findings of 18 columns, best of {args.repeat}\n")
    print(f"{'':26}{'seconds':>9}{'CPU':>8}{'MB peak':>9}{'MB file':>9}")
    only = [name for name in args.only.split(",") if name]
    for name in only or WRITERS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "findings.xlsx"
            python = sys.executable if name == "caseaudit" else args.python
            words = [python, "-W", "ignore", __file__, "--rows", str(args.rows), "--child", name, str(path)]
            done = [
                subprocess.run(
                    words, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": SOURCE}
                )
                for _ in range(args.repeat)
            ]
            if any(one.returncode for one in done):
                print(f"{name:26}failed: {done[-1].stderr.strip().splitlines()[-1][:100]}")
                continue
            best = min((json.loads(one.stdout) for one in done), key=lambda run: run.get("seconds", 0))
            if "missing" in best:
                print(f"{name:26}not installed")
                continue
            figures = f"{best['seconds']:9.1f}{best['cpu']:8.1f}{best['peak']:9,}{best['size']:9.1f}"
            print(f"{name:26}{figures}  {looked_into(path, args.rows)}", flush=True)


if __name__ == "__main__":
    main()
