"""Time and memory of a run, by stage, beside what an analyst would write by hand for four of its checks.

    make bench                               the sample service
    make bench ARGS="--cases 100000"         the same provider, larger
    make bench ARGS="--exports DIR"          exports made before
    make bench ARGS="--sizes"                a CSV of five million rows and a sheet of 300,000 besides (bench/sizes.py)

Prints tables in Markdown. Every figure is that of the quickest of several whole processes; compare only figures of one
call, on one machine. The scripts by hand know these very files and keep no reasons, rejected rows or source rows; they
are the bar all the same.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench import sizes

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "sample_data"
AS_AT = "2026-10-31"
FOUR = ("REV01", "SUP01", "CMP01", "ACU01")
FORMATS = "json,csv,xlsx,html"


@dataclass(frozen=True)
class Measured:
    """Of one process: seconds by the clock and of both cores, peak memory in MB, and what it printed as JSON."""

    clock: float
    cpu: float
    memory: float
    printed: dict


def exports_of(cases: int, contacts: int) -> Path:
    """The exports of a provider of that size, made once and kept in bench/data."""
    if cases == 900:
        return SAMPLE / "exports"
    folder = HERE / "data" / f"{cases}-{contacts}"
    if not (folder / "truth.json").exists():
        print(f"Making a provider with {cases:,} cases (some minutes) ...", file=sys.stderr, flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        size = ["--cases", str(cases), "--contacts-per-case", str(contacts)]
        subprocess.run([sys.executable, SAMPLE / "make_sample.py", *size, "--out", folder], check=True)
    return folder / "exports"


def measure(words: list[str], repeat: int) -> Measured:
    """The process that took least CPU of several."""
    runs = []
    for _ in range(repeat):
        began = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-W", "ignore", *words], stdout=subprocess.PIPE, text=True)
        printed = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        if status:
            sys.exit(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
        clock = time.perf_counter() - began
        found = json.loads(printed) if printed.strip() else {}
        runs.append(Measured(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, found))
    return min(runs, key=lambda run: run.cpu)


def four_checks(exports: str, repeat: int) -> float:
    """Print the table of the four checks; returns what DuckDB took of CPU after start-up."""
    stages = str(HERE / "stages.py")
    ours = "import caseaudit.running, caseaudit.normalising, caseaudit.reading"
    words = {
        "caseaudit": ([stages, exports, AS_AT, "--select", ",".join(FOUR)], ours),
        "DuckDB by hand": ([str(HERE / "by_hand_duckdb.py"), exports, AS_AT], "import duckdb, pandas, python_calamine"),
        "pandas by hand": ([str(HERE / "by_hand_pandas.py"), exports, AS_AT], "import pandas"),
    }
    print(f"| {', '.join(FOUR)} | CPU after start-up, s | start-up, s | by the clock, s | peak, MB | same counts |")
    print("|---|--:|--:|--:|--:|---|")
    took, counts = {}, {}
    for name, (command, start) in words.items():
        begun, whole = measure(["-c", start], repeat), measure(command, repeat)
        counts[name] = whole.printed.get("counts", whole.printed)
        took[name] = whole.cpu - begun.cpu
        same = "yes" if all(counts[name][code] == counts["caseaudit"][code] for code in FOUR) else "NO"
        print(f"| {name} | {took[name]:.1f} | {begun.cpu:.1f} | {whole.clock:.1f} | {whole.memory:,.0f} | {same} |")
    ratio = took["caseaudit"] / took["DuckDB by hand"]
    print(f"\ncaseaudit takes {ratio:.1f} times the CPU of the DuckDB script.\n")
    return took["DuckDB by hand"]


def whole_pack(exports: str, repeat: int, bar: float, *, pdf: bool) -> None:
    """Print the tables of the whole pack, by stage and by check."""
    words = [str(HERE / "stages.py"), exports, AS_AT, "--formats"]
    plain = measure([*words, FORMATS], repeat)
    print("| the whole catalogue and pack, without PDF | CPU, s |")
    print("|---|--:|")
    for stage, seconds in plain.printed["stages"].items():
        print(f"| {stage} | {seconds:.1f} |")
    print(f"| **all** | **{plain.cpu:.1f}** |")
    against = f"{plain.cpu / bar:.1f} times the DuckDB script"
    print(f"\n{against}; {plain.clock:.1f} s by the clock; peak {plain.memory:,.0f} MB.")
    if pdf:
        printed = measure([*words, f"{FORMATS},pdf"], 1)
        print(f"With the PDF {printed.cpu:.1f} s of CPU, peak {printed.memory:,.0f} MB.")
    checks = sorted(plain.printed["checks"].items(), key=lambda item: -item[1])
    print("\n| slowest checks | CPU, s |")
    print("|---|--:|")
    for code, seconds in checks[:8]:
        print(f"| {code} | {seconds:.2f} |")
    print(f"| all {len(checks)} | {sum(seconds for _, seconds in checks):.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="python -m bench")
    parser.add_argument("--cases", type=int, default=900, help="episodes of care (default: the sample's 900)")
    parser.add_argument("--contacts-per-case", type=int, default=17, help="at most so many, where cases is given")
    parser.add_argument("--exports", type=Path, help="exports of that provider made before")
    parser.add_argument("--repeat", type=int, default=3, help="processes per figure; the quickest counts")
    parser.add_argument("--sizes", action="store_true", help="measure the reading of big exports too (minutes)")
    parser.add_argument("--python", default=sys.executable, help="with --sizes: Python that has fastexcel")
    parser.add_argument("--no-pdf", action="store_true", help="leave the PDF out")
    args = parser.parse_args()
    exports = str(args.exports or exports_of(args.cases, args.contacts_per_case))
    size = sum(path.stat().st_size for path in Path(exports).iterdir()) / 1e6
    print(f"{size:,.0f} MB of exports, as at {AS_AT}, best of {args.repeat}, {os.cpu_count()} cores\n")
    bar = four_checks(exports, args.repeat)
    whole_pack(exports, args.repeat, bar, pdf=not args.no_pdf)
    if args.sizes:
        sizes.run(5_000_000, 300_000, args.repeat, args.python)


if __name__ == "__main__":
    main()
