"""A small provider's exports, and the command line as a person calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caseaudit import cli

CASES = """Case Ref,Team,Care Co-ordinator ID,Referral Opened,Closed,Acuity,Next Review Due
C1,North,W1,03/03/2025,,High,
C2,North,W1,03/03/2025,,High,
C3,North,W2,13/03/2025,,Low,
C4,South,W2,03/03/2025,20/06/2026,Low,
"""
REVIEWS = """Case Ref,Review date,Reviewer,Next review,Signed off by
C1,28/08/2026,W1,30/10/2026,W1
C2,01/05/2026,W1,01/08/2026,W1
C3,25/08/2026,W2,25/02/2027,W1
"""
STAFF = """Staff ID,Name,Job title,Layer,Team,WTE,Start date,Leaving date,Line manager ID
W1,Person One,Nurse,Clinical,North,1.0,13/01/2020,,W2
W2,Person Two,Social worker,Clinical,North,0.8,13/01/2021,,W1
"""


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name, text in (("Caseload.csv", CASES), ("Reviews.csv", REVIEWS), ("Staff list.csv", STAFF)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


class Called:
    """What a call came to: its exit code and what it said on each stream."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def caseaudit(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Called]:
    """Call the command line in this process, as `main` runs it: errors become messages and exit codes."""

    def call(*words: object) -> Called:
        monkeypatch.setattr("sys.argv", ["caseaudit", *map(str, words)])
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setenv("NO_COLOR", "1")
        capfd.readouterr()
        try:
            cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
        else:
            code = 0
        captured = capfd.readouterr()
        return Called(code, captured.out, captured.err)

    return call
