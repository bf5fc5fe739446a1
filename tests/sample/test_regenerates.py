"""The sample exports are what the script in the repository makes, to the byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from caseaudit.folders import SAMPLE


def test_the_script_makes_the_same_bytes(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, str(SAMPLE / "make_sample.py"), "--out", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    ours = {path.name: path.read_bytes() for path in (SAMPLE / "exports").iterdir()}
    again = {path.name: path.read_bytes() for path in (tmp_path / "exports").iterdir()}
    assert sorted(ours) == sorted(again)
    assert [name for name in ours if ours[name] != again[name]] == []
    assert (tmp_path / "truth.json").read_bytes() == (SAMPLE / "truth.json").read_bytes()
