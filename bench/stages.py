"""One run in this process, with the time of each stage and each check; prints JSON.

python bench/stages.py EXPORTS AS_AT [--select CODES] [--formats LIST]
"""

import argparse
import datetime as dt
import json
import time
from pathlib import Path

from caseaudit import pipeline


class Watch:
    """Told what begins, adds up how long each thing took."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.checks: dict[str, float] = {}
        self._now, self._since = "starting", time.perf_counter()

    def __call__(self, what: str) -> None:
        spent = time.perf_counter() - self._since
        kind, _, code = self._now.partition(" ")
        if kind == "Checking":
            self.checks[code] = self.checks.get(code, 0) + spent
            kind = "checks"
        stage = {"Looking": "surveying", "Reading": "reading", "Sorting": "normalising"}.get(kind, self._now.lower())
        stage = "checks" if kind == "checks" else stage
        self.stages[stage] = self.stages.get(stage, 0) + spent
        self._now, self._since = what, time.perf_counter()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("exports", type=Path)
    parser.add_argument("as_at", type=dt.date.fromisoformat)
    parser.add_argument("--select", default="")
    parser.add_argument("--formats", default="")
    args = parser.parse_args()
    watch = Watch()
    select = tuple(filter(None, args.select.split(",")))
    audit = pipeline.audit(pipeline.Request((args.exports,), args.as_at, select=select), watch)
    for one in filter(None, args.formats.split(",")):
        watch(f"writing {one}")
        pipeline.files_of(audit, audience="internal", formats=(one,))
    watch("done")
    counts = {
        r.code: {"population": r.population, "breach": r.breach, "not_evidenced": r.not_evidenced}
        for r in audit.results
    }
    print(json.dumps({"stages": watch.stages, "checks": watch.checks, "counts": counts}))


if __name__ == "__main__":
    main()
