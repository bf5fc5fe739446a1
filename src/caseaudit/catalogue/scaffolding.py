"""A new check and its test, both working, to be changed into what is wanted."""

from __future__ import annotations

import re
from pathlib import Path

from caseaudit.errors import UsageProblem
from caseaudit.folders import write_whole

CHECK = '''"""{fault}.

Why it matters: Say what may happen to a person when this is so.
Who is looked at: Cases open on the as-at date.
What is a finding: The case has no named worker. A blank is not evidenced; it is never a pass.
What to do: Say in one or two sentences what the reader should do.
Sources: House default.
Example: as at 2026-10-31
    cases    case_id | opened_on  | worker_id
             C1      | 2026-01-05 | W1
             C2      | 2026-01-05 |
    met C1; not evidenced C2
"""

import polars as pl

from caseaudit import Evidence, Field, check, recorded


# Medium: say why this severity.
@check("{code}", severity="medium", owner="team manager", basis="house", subject="case", needs="cases.worker_id")
def {name}(open_cases: pl.LazyFrame) -> pl.LazyFrame:
    """One row per open case."""
    return open_cases.select("case_id", "team", "origin", has_worker=recorded("worker_id"))


class Standard(Evidence):
    """What must hold of each case."""

    has_worker: bool = Field(eq=True, title="a named worker is recorded")
'''

TEST = '''"""{code}: {fault}."""

from pathlib import Path

from caseaudit.testing import outcomes, run_check

CHECK = Path({path!r})


def test_a_blank_is_not_evidenced() -> None:
    result = run_check(
        CHECK,
        "2026-10-31",
        """
        cases  case_id | opened_on  | worker_id
               C1      | 2026-01-05 | W1
               C2      | 2026-01-05 |
        """,
    )
    assert outcomes(result) == {{"C1": "met", "C2": "not evidenced"}}
'''


def scaffold(code: str, name: str, folder: Path, tests: Path) -> tuple[Path, Path]:
    """Write a check file and its test.

    Raises:
        UsageProblem: code or name are not of the form asked for, or a file is there already.
    """
    if not re.fullmatch(r"[A-Z]{2,5}\d{2}", code):
        raise UsageProblem(f"'{code}' is no code: a family of two to five capitals and two digits, such as OWN01.")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", name):
        raise UsageProblem(f"'{name}' is no name: the fault in small letters joined by _, such as review_overdue.")
    paths = folder / f"{name}.py", tests / f"test_{name}.py"
    fault = name.replace("_", " ").capitalize()
    texts = CHECK.format(code=code, name=name, fault=fault), TEST.format(code=code, fault=fault, path=str(paths[0]))
    for path in paths:
        if path.exists():
            raise UsageProblem(f"{path} is there already.")
    for path, text in zip(paths, texts, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    return paths
