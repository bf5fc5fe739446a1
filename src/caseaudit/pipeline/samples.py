"""From canonical tables to the frame of a sample, and to its files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from caseaudit.errors import NothingToTest
from caseaudit.model import ORIGIN_SHIFT, Report
from caseaudit.pipeline.audits import versions

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.model import Tables
    from caseaudit.sampling import Draw, Question


def sampling_frame(tables: Tables, as_at: dt.date) -> pl.DataFrame:
    """The cases open at D, to draw a sample from.

    Returns:
        One row per case: the fields that some export supplies, source_file, source_sheet and source_row.

    Raises:
        NothingToTest: no export holds cases.
    """
    import polars as pl

    from caseaudit.policy import load
    from caseaudit.running.desk import Desk

    if "cases" not in tables.frames:
        raise NothingToTest("No export holds cases. `caseaudit inspect` shows what was understood of each file.")
    frame: pl.DataFrame = Desk(tables, load(as_at), as_at).call(lambda open_cases: open_cases).collect()
    places = [divmod(origin, ORIGIN_SHIFT) for origin in frame["origin"]]
    return frame.select(name for name in frame.columns if name in tables.supplied["cases"]).with_columns(
        source_file=pl.Series([tables.sources[place].file for place, _ in places], dtype=pl.String),
        source_sheet=pl.Series([tables.sources[place].sheet for place, _ in places], dtype=pl.String),
        source_row=pl.Series([row for _, row in places], dtype=pl.Int64),
    )


def sample_files(drawn: Draw, questions: Sequence[Question], tables: Tables) -> list[Report]:
    """Every file of a sample, the manifest last: the audit sheet, the same cases as CSV, and the frame."""
    from caseaudit import sampling
    from caseaudit.reporting.guarding import guarded

    files = [
        Report("sample.xlsx", sampling.workbook(drawn, questions)),
        Report("sample.csv", guarded(drawn.sample).write_csv(include_bom=True).encode()),
        Report("frame.txt", drawn.listing),
    ]
    inputs = {source.file: source.sha256 for source in tables.sources}
    return [*files, sampling.manifest_file(drawn, questions, inputs, versions(), files)]
