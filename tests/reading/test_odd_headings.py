"""A column may be headed with any words: those the program itself uses, and those a library reads as patterns."""

from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from caseaudit.reading import doors

ROWS = 30


def write(path: Path, columns: dict[str, list[str]]) -> None:
    frame = pl.DataFrame(columns)
    match path.suffix:
        case ".csv":
            frame.write_csv(path)
        case ".parquet":
            frame.write_parquet(path)
        case ".xlsx":
            with xlsxwriter.Workbook(path) as book:
                sheet = book.add_worksheet("Caseload")
                for place, (heading, cells) in enumerate(columns.items()):
                    sheet.write_column(0, place, [heading, *cells])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("heading", ["source_row", "origin", "text", "value", "place", "cell", "*", "^a.*$", "\nrow"])
def test_a_heading_is_never_taken_for_something_else(heading: str, suffix: str, tmp_path: Path) -> None:
    columns = {
        "Case ID": [f"C{i}" for i in range(ROWS)],
        heading: [f"word {i}" for i in range(ROWS)],
        "Date opened": [f"{i % 28 + 1:02}/01/2026" for i in range(ROWS)],
        "a1": ["other"] * ROWS,
    }
    write(tmp_path / f"Caseload{suffix}", columns)
    (sheet,) = doors.survey([tmp_path / f"Caseload{suffix}"]).sheets
    assert len(sheet.headings) == len(columns)
    frame = doors.load(sheet, sheet.headings).frame
    for read, cells in zip(sheet.headings, columns.values(), strict=True):
        assert frame[read].cast(pl.String).to_list() == cells
