"""A damaged Parquet file is refused in words, and nothing of the reader's own is printed."""

from __future__ import annotations

import io
from random import Random

import polars as pl
import pytest
from conftest import Reader

from caseaudit.errors import UnreadableExport


def parquet() -> bytes:
    out = io.BytesIO()
    rows = {"Case ref": ["C1", "C2"] * 50, "Opened": ["2026-01-01", "2026-02-01"] * 50, "Points": list(range(100))}
    pl.DataFrame(rows).write_parquet(out)
    return out.getvalue()


def test_whatever_is_damaged_nothing_is_printed(read: Reader, capfd: pytest.CaptureFixture[str]) -> None:
    whole, rng = parquet(), Random(3)
    read(whole, "cases.parquet")
    refused = 0
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(5):
            damaged[rng.randrange(4, len(whole) - 8)] = rng.randrange(256)
        try:
            read(bytes(damaged), "cases.parquet")
        except UnreadableExport as why:
            refused += "cases.parquet" in str(why)
    assert refused > 30
    assert capfd.readouterr().err == ""


def test_one_that_is_cut_off_is_refused(read: Reader) -> None:
    with pytest.raises(UnreadableExport, match="damaged or cut off|no text file"):
        read(parquet()[:-9], "cases.parquet")
