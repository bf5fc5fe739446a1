"""Time and memory of a run, by stage, beside what an analyst would write by hand for four of its checks.

    make bench                               the sample service
    make bench ARGS="--cases 100000"         the same provider, larger

Every figure is the best of several whole processes; ratios are within one call of this script, on one machine. The
scripts by hand know these very files and keep no reasons, rejected rows or source rows; they are the bar all the same.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "sample_data"
AS_AT = "2026-10-31"
FOUR = ("REV01", "SUP01", "CMP01", "ACU01")


def exports_of(cases: int, contacts: int) -> Path:
    """The exports of a provider of that size, made once and kept in bench/data."""
    if cases == 900:
        return SAMPLE / "exports"
    folder = HERE / "data" / f"{cases}-{contacts}"
    if not (folder / "truth.json").exists():
        print(f"Making a provider with {cases:,} cases (some minutes) ...", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        size = ["--cases", str(cases), "--contacts-per-case", str(contacts)]
        subprocess.run([sys.executable, SAMPLE / "make_sample.py", *size, "--out", folder], check=True)
    return folder / "exports"


def measure(words: list[str]) -> tuple[float, str]:
    """Seconds and output of one process."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-W", "ignore", *words], stdout=subprocess.PIPE, text=True, check=True)
    return time.perf_counter() - began, done.stdout


def best(words: list[str], repeat: int) -> tuple[float, dict]:
    """The quickest of several processes, and what it printed as JSON."""
    runs = [measure(words) for _ in range(repeat)]
    took, printed = min(runs, key=lambda run: run[0])
    return took, json.loads(printed) if printed.strip() else {}


def peak(words: list[str]) -> int:
    """Peak memory of one process in MB, asked of a parent that has no other child."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    words = [sys.executable, "-c", code, sys.executable, "-W", "ignore", *words]
    return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout) // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="python -m bench")
    parser.add_argument("--cases", type=int, default=900, help="episodes of care (default: the sample's 900)")
    parser.add_argument("--contacts-per-case", type=int, default=17, help="at most so many, where cases is given")
    parser.add_argument("--repeat", type=int, default=3, help="processes per figure; the quickest counts")
    parser.add_argument("--no-pdf", action="store_true", help="leave the PDF out")
    args = parser.parse_args()
    exports = str(exports_of(args.cases, args.contacts_per_case))
    print(f"{args.cases:,} cases, as at {AS_AT}, best of {args.repeat}\n")

    starts = {
        "caseaudit": best(["-c", "import caseaudit.running, caseaudit.normalising, caseaudit.reading"], 3)[0],
        "DuckDB": best(["-c", "import duckdb, pandas"], 3)[0],
        "pandas": best(["-c", "import pandas"], 3)[0],
    }
    commands = {
        "caseaudit": [str(HERE / "stages.py"), exports, AS_AT, "--select", ",".join(FOUR)],
        "DuckDB": [str(HERE / "by_hand_duckdb.py"), exports, AS_AT],
        "pandas": [str(HERE / "by_hand_pandas.py"), exports, AS_AT],
    }
    print("Four checks (REV01, SUP01, CMP01, ACU01), whole process less start-up")
    found, took = {}, {}
    for name, words in commands.items():
        whole, printed = best(words, args.repeat)
        found[name] = printed.get("counts", printed)
        took[name] = whole - starts[name]
        print(f"  {name:10} {took[name]:7.2f} s   start-up {starts[name]:.2f} s   peak {peak(words):5,} MB")
    print(f"  caseaudit / DuckDB = {took['caseaudit'] / took['DuckDB']:.2f}")
    for name in ("DuckDB", "pandas"):
        same = all(found[name][code] == found["caseaudit"][code] for code in FOUR)
        print(f"  {name} finds the same: {'yes' if same else 'NO'}")

    formats = "json,csv,xlsx,html" + ("" if args.no_pdf else ",pdf")
    words = [str(HERE / "stages.py"), exports, AS_AT, "--formats", formats]
    _, printed = best(words, args.repeat)
    print("\nThe whole pack, by stage")
    for stage, seconds in printed["stages"].items():
        print(f"  {stage:28} {seconds:7.2f} s")
    without_pdf = sum(seconds for stage, seconds in printed["stages"].items() if stage != "writing pdf")
    print(f"  {'without PDF':28} {without_pdf:7.2f} s = {without_pdf / took['DuckDB']:.2f} x the DuckDB script")
    print(f"  peak memory {peak(words):,} MB (without PDF {peak([*words[:-1], 'json,csv,xlsx,html']):,} MB)")
    print("\nSeconds per check, the slowest first")
    for code, seconds in sorted(printed["checks"].items(), key=lambda item: -item[1])[:20]:
        print(f"  {code:8} {seconds:6.3f}")
    print(f"  all {len(printed['checks'])} together {sum(printed['checks'].values()):.2f} s")


if __name__ == "__main__":
    main()
