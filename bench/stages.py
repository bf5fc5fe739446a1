"""One run in this process, with the seconds of CPU of each stage and each check; prints JSON.

python bench/stages.py EXPORTS AS_AT [--select CODES] [--formats LIST]
"""

import argparse
import datetime as dt
import json
import os
import time
from pathlib import Path

from caseaudit import pipeline
from caseaudit.cli import ALLOCATOR


class Watch:
    """Told what begins, adds up how long each thing took."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.checks: dict[str, float] = {}
        self._now, self._since = "starting", time.process_time()

    def __call__(self, what: str) -> None:
        spent = time.process_time() - self._since
        kind, _, code = self._now.partition(" ")
        if kind == "Checking":
            self.checks[code] = self.checks.get(code, 0) + spent
            kind = "checks"
        kinds = {"Looking": "surveying", "Reading": "reading", "Sorting": "normalising", "Writing": "writing the pack"}
        stage = kinds.get(kind, self._now.lower())
        stage = "checks" if kind == "checks" else stage
        self.stages[stage] = self.stages.get(stage, 0) + spent
        self._now, self._since = what, time.process_time()


def main() -> None:
    os.environ.update(ALLOCATOR)  # as the command line has it, before Polars is loaded
    from caseaudit.running import runner

    parser = argparse.ArgumentParser()
    parser.add_argument("exports", type=Path)
    parser.add_argument("as_at", type=dt.date.fromisoformat)
    parser.add_argument("--select", default="")
    parser.add_argument("--formats", default="")
    args = parser.parse_args()
    runner.AT_ONCE = 1  # of two checks at a time the seconds could not be told apart
    watch = Watch()
    select = tuple(filter(None, args.select.split(",")))
    audit = pipeline.audit(pipeline.Request((args.exports,), args.as_at, select=select), watch)
    if formats := tuple(filter(None, args.formats.split(","))):
        files, _ = pipeline.files_of(audit, audience="internal", formats=formats, progress=watch)
        for _ in files:  # each is made when it is asked for
            pass
    watch("done")
    counts = {
        r.code: {"population": r.population, "breach": r.breach, "not_evidenced": r.not_evidenced}
        for r in audit.results
    }
    print(json.dumps({"stages": watch.stages, "checks": watch.checks, "counts": counts}))


if __name__ == "__main__":
    main()
