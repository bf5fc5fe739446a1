"""`--replies`: what owners wrote into findings.xlsx goes into the next one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

RUN = ("--as-at", "2026-10-31", "--select", "REV01", "--format", "csv,json")


@pytest.fixture
def answered(exports: Path, tmp_path: Path, caseaudit: Callable) -> Path:
    """findings.xlsx of a run, with one reply in it."""
    assert caseaudit("run", exports, *RUN, "--format", "xlsx", "--out", tmp_path / "first").code == 1
    book = openpyxl.load_workbook(tmp_path / "first" / "findings.xlsx")
    heads = [cell.value for cell in book["Findings"][1]]
    book["Findings"].cell(2, heads.index("reply") + 1).value = "Booked"
    book.save(tmp_path / "answered.xlsx")
    return tmp_path / "answered.xlsx"


def replies_of(pack: Path) -> list[str | None]:
    book = openpyxl.load_workbook(pack / "findings.xlsx")
    heads = [cell.value for cell in book["Findings"][1]]
    return [row[heads.index("reply")] for row in book["Findings"].iter_rows(min_row=2, values_only=True)]


def test_a_run_takes_replies_over_and_writes_the_workbook_for_them(
    exports: Path, tmp_path: Path, answered: Path, caseaudit: Callable
) -> None:
    assert caseaudit("run", exports, *RUN, "--replies", answered, "--out", tmp_path / "next").code == 1
    assert "Booked" in replies_of(tmp_path / "next")


def test_a_report_from_a_pack_takes_replies_over(tmp_path: Path, answered: Path, caseaudit: Callable) -> None:
    words = ("--format", "html", "--replies", answered, "--out", tmp_path / "again")
    called = caseaudit("report", tmp_path / "first", *words)
    assert called.code == 0, called.err
    assert "Booked" in replies_of(tmp_path / "again")


def test_replies_never_go_to_a_commissioner(exports: Path, tmp_path: Path, answered: Path, caseaudit: Callable) -> None:
    words = ("--replies", answered, "--audience", "commissioner", "--out", tmp_path / "out")
    called = caseaudit("run", exports, *RUN, *words)
    assert called.code == 2
    assert "--audience internal" in called.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["missing.xlsx", "exports/Caseload.csv"])
def test_replies_that_cannot_be_read_stop_the_run_before_it_reads_anything(
    exports: Path, tmp_path: Path, caseaudit: Callable, name: str
) -> None:
    called = caseaudit("run", exports, *RUN, "--replies", tmp_path / name, "--out", tmp_path / "out")
    assert called.code == 2
    assert "Traceback" not in called.err
    assert not (tmp_path / "out").exists()


def test_a_filled_workbook_is_not_replaced_unless_its_replies_are_taken_over(
    exports: Path, tmp_path: Path, answered: Path, caseaudit: Callable
) -> None:
    filled = tmp_path / "first" / "findings.xlsx"
    filled.write_bytes(answered.read_bytes())
    called = caseaudit("run", exports, *RUN, "--format", "xlsx", "--out", tmp_path / "first")
    assert called.code == 2
    assert "has been filled in" in called.err
    assert filled.read_bytes() == answered.read_bytes()
    assert caseaudit("run", exports, *RUN, "--replies", filled, "--out", tmp_path / "first").code == 1
    assert "Booked" in replies_of(tmp_path / "first")
