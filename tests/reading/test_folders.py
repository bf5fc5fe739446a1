"""What is looked for in a folder, an archive and a Parquet file, and what is refused or passed over."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import polars as pl
import pytest
from conftest import Reader

from caseaudit.errors import CaseauditError, UnreadableExport, UsageProblem
from caseaudit.reading import load, survey

TABLE = "Case ref,Team\nC001,North\nC002,South\n"


def packed(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_folder_is_walked_in_order_and_says_what_it_passed_over(tmp_path: Path) -> None:
    for name in ("b/cases[1].csv", "a/cases.CSV", "B.csv", ".hidden.csv", ".git/x.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TABLE)
    for name in ("README.md", "~$staff.xlsx", ".~lock.staff.ods#", "guide.pdf", "run.toml", "b/readme.txt"):
        (tmp_path / name).write_text("x")
    found = survey([tmp_path])
    assert [sheet.source.file for sheet in found.sheets] == ["B.csv", "a/cases.CSV", "b/cases[1].csv"]
    assert [load(sheet, ["Team"]).frame.height for sheet in found.sheets] == [2, 2, 2]
    assert {name for name, _ in found.passed_over} == {
        "README.md",
        "~$staff.xlsx",
        ".~lock.staff.ods#",
        "guide.pdf",
        "run.toml",
        "b/readme.txt",
    }


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed_and_a_pipe_does_not_hang(tmp_path: Path) -> None:
    exports, outside = tmp_path / "exports", tmp_path / "outside.csv"
    exports.mkdir()
    outside.write_text(TABLE)
    (exports / "own.csv").write_text(TABLE)
    (exports / "link.csv").symlink_to(outside)
    (exports / "again.csv").symlink_to(exports / "own.csv")
    os.mkfifo(exports / "pipe.csv")
    found = survey([exports])
    assert [sheet.source.file for sheet in found.sheets] == ["own.csv"]
    assert dict(found.passed_over)["link.csv"] == "is a link out of the folder of exports"
    assert {"again.csv", "pipe.csv"} <= {name for name, _ in found.passed_over}
    with pytest.raises(UnreadableExport):
        survey([exports / "pipe.csv"])


@pytest.mark.parametrize("given", ["https://example.org/a.csv", "s3://bucket/a.csv", "no such file.csv", "nul\0.csv"])
def test_addresses_and_missing_files_are_refused(given: str) -> None:
    with pytest.raises(UnreadableExport):
        survey([Path(given)])


def test_an_empty_folder_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableExport, match="no export found"):
        survey([tmp_path])
    (tmp_path / "a.csv").touch()
    with pytest.raises(UnreadableExport, match=r"a\.csv is empty"):
        survey([tmp_path])


def test_the_same_name_in_two_folders_is_told_apart_and_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    paths = [tmp_path / "north" / "cases.csv", tmp_path / "south" / "cases.csv"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(TABLE)
    found = survey([*paths, paths[0]])
    assert [sheet.source.file for sheet in found.sheets] == ["north/cases.csv", "south/cases.csv"]


def test_a_file_that_changes_between_survey_and_reading_is_refused(tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]  # the bigger one's bytes are kept, the other's are not
    for path, table in zip(paths, (TABLE, TABLE * 2), strict=True):
        path.write_text(table)
    sheets = survey(paths).sheets
    for path, sheet in zip(paths, sheets, strict=True):
        path.write_text(path.read_text().replace("North", "South"))  # as long as before
        with pytest.raises(UnreadableExport, match="changed"):
            load(sheet, ["Team"])


def test_a_file_kept_from_its_survey_is_read_as_one_that_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\ufeff" + TABLE)
    sheet = survey([path]).sheets[0]
    once, twice = (load(sheet, sheet.headings) for _ in range(2))  # the second time it is read anew
    assert once.source == twice.source
    assert once.frame.equals(twice.frame)
    assert once.source.encoding == "utf-8-sig"


def test_a_heading_that_is_not_there_is_a_usage_problem(read: Reader) -> None:
    with pytest.raises(UsageProblem, match="Owner"):
        read(TABLE, headings=["Owner"])


def test_an_archive_is_read_member_by_member(tmp_path: Path) -> None:
    parquet = io.BytesIO()
    pl.DataFrame({"id": [1]}).write_parquet(parquet)
    inner = packed(**{"x.csv": TABLE})
    path = tmp_path / "set.zip"
    path.write_bytes(packed(**{"b/c.csv": TABLE, "a.parquet": parquet.getvalue(), "x.pdf": b"%PDF", "in.zip": inner}))
    found = survey([path])
    assert [sheet.source.file for sheet in found.sheets] == ["set.zip/a.parquet", "set.zip/b/c.csv"]
    assert load(found.sheets[1], ["Team"]).frame["Team"].to_list() == ["North", "South"]
    assert {name for name, _ in found.passed_over} == {"set.zip/x.pdf", "set.zip/in.zip"}


@pytest.mark.parametrize("name", ["../a.csv", "/a.csv", "C:a.csv", "a/../../b.csv", "a\\b.csv", "nul.csv", "a\nb.csv"])
def test_archives_with_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "set.zip").write_bytes(packed(**{name: TABLE}))
    with pytest.raises(UnreadableExport, match=r"set\.zip holds a member"):
        survey([tmp_path])


@pytest.mark.parametrize(
    "content",
    [packed(**{"a.csv": TABLE})[:-30], packed(**{"a.csv": "x" * 30_000_000}), packed(), b"PK\x03\x04junk"],
    ids=["cut off", "bomb", "empty", "junk"],
)
def test_broken_archives_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "set.zip").write_bytes(content)
    with pytest.raises(UnreadableExport):
        survey([tmp_path])


def test_parquet_becomes_text(read: Reader) -> None:
    out = io.BytesIO()
    frame = pl.DataFrame(
        {
            "id": [7, 8],
            "on": [dt.date(2026, 4, 1), None],
            "at": [dt.datetime.fromisoformat("2026-04-01T09:30"), None],
            "wte": [1.0, 0.5],
            "open": [True, None],
            "note": [" x ", ""],
            "needs": [["a", "b"], None],
        }
    )
    frame.write_parquet(out)
    got = read(out.getvalue(), "cases.parquet")
    assert got.rows[1][:6] == ("7", "2026-04-01", "2026-04-01 09:30:00", "1", "TRUE", "x")
    assert got.rows[2] == ("8", None, None, "0.5", None, None, None)
    with pytest.raises(UnreadableExport):
        read(out.getvalue()[:-40], "cut.parquet")


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"{\\rtf1", b'{"a": 1}', b"\x1f\x8b\x08", b"SQLite format 3\0", bytes(range(256)) * 9, b"\0" * 500],
)
def test_other_kinds_are_refused_by_name(read: Reader, content: bytes) -> None:
    with pytest.raises(CaseauditError, match=r"cases\.csv"):
        read(content)
