"""A damaged Parquet file is refused in words: it ends nothing but a child process, and prints nothing."""

from __future__ import annotations

import io

import polars as pl
import pytest
from conftest import Reader

from caseaudit.errors import UnreadableExport


def parquet() -> bytes:
    out = io.BytesIO()
    rows = {"Case ref": ["C1", "C2"] * 50, "Opened": ["2026-01-01", "2026-02-01"] * 50, "Points": list(range(100))}
    pl.DataFrame(rows).write_parquet(out)
    return out.getvalue()


def test_one_wrong_byte_ends_and_prints_nothing(read: Reader, capfd: pytest.CaptureFixture[str]) -> None:
    whole = parquet()
    assert len(read(whole, "cases.parquet").rows) == 100
    refused = 0
    # In the heads of the pages: lengths there make the reader ask for all the memory in the world, or give up in panic.
    for at in (*range(22, 50, 3), 193, 249):
        damaged = bytearray(whole)
        damaged[at] = 255
        try:
            read(bytes(damaged), "cases.parquet")
        except UnreadableExport as why:
            refused += "cases.parquet cannot be read as Parquet" in str(why)
    assert refused > 5
    assert capfd.readouterr().err == ""
