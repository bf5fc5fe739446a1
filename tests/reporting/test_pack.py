"""A pack appears whole or not at all, vouches for itself, and can be read back."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from caseaudit.errors import PackLocked, UsageProblem
from caseaudit.model import Audit, Report
from caseaudit.reporting import pack, reopening, results, tabular

VERDICTS = {"Is work shared fairly?": "Not assured"}
SCHEMA = json.loads((Path(results.__file__).parent / "results.schema.json").read_text(encoding="utf-8"))


def files_of(audit: Audit) -> list[Report]:
    files = [results.results_file(audit, VERDICTS), *tabular.csv_files(audit)]
    return [*files, pack.manifest(audit, "internal", {file.name: file.sha256 for file in files})]


def test_a_pack_read_back_says_what_the_run_said(audit: Audit, tmp_path: Path) -> None:
    pack.write_pack(tmp_path / "pack", files_of(audit))
    again = reopening.read_pack(tmp_path / "pack")
    assert results.as_data(again, VERDICTS) == results.as_data(audit, VERDICTS)
    for before, after in zip(audit.results, again.results, strict=True):
        assert before.evidence is not None
        assert after.evidence is not None
        assert_frame_equal(before.evidence.collect(), after.evidence.collect())
        assert before.findings is not None
        assert after.findings is not None
        assert_frame_equal(before.findings.collect(), after.findings.collect())
    assert again.rejected == audit.rejected


def test_evidence_read_back_in_parts_is_that_of_the_whole(audit: Audit, tmp_path: Path) -> None:
    pack.write_pack(tmp_path / "pack", files_of(audit))
    whole, again = audit.results[0].evidence, reopening.read_pack(tmp_path / "pack").results[0].evidence
    assert whole is not None
    assert again is not None
    for names in (["outcome"], ["origin", "case_id"], ["days_overdue", "outcome"]):
        assert_frame_equal(again.select(names).collect(), whole.select(names).collect())
    assert_frame_equal(again.collect(), whole.collect())
    breaches = pl.col("outcome") == "breach"
    assert_frame_equal(again.filter(breaches).head(1).collect(), whole.filter(breaches).head(1).collect())
    assert again.select(pl.len()).collect().item() == 3


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.unlink(), "REV01.csv is missing since"),
        (lambda path: path.write_text("case_id\nC1\n"), "REV01.csv has been changed since"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"met", b"breach")), "REV01.csv has been changed"),
    ],
)
def test_evidence_that_is_gone_or_damaged_is_named(audit: Audit, tmp_path: Path, damage: Any, said: str) -> None:
    pack.write_pack(tmp_path / "pack", files_of(audit))
    damage(tmp_path / "pack" / "evidence" / "REV01.csv")
    with pytest.raises(UsageProblem, match=said):
        reopening.read_pack(tmp_path / "pack")


@pytest.mark.parametrize("name", ["results.json", "findings.csv", "rejected.csv"])
def test_no_report_is_made_of_a_pack_whose_figures_were_changed(audit: Audit, tmp_path: Path, name: str) -> None:
    pack.write_pack(tmp_path / "pack", files_of(audit))
    path = tmp_path / "pack" / name
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(UsageProblem, match=f"^In the pack 'pack' {name} has been changed since it was written"):
        reopening.read_pack(tmp_path / "pack")


def test_what_was_put_beside_the_evidence_does_not_matter(audit: Audit, tmp_path: Path) -> None:
    pack.write_pack(tmp_path / "pack", files_of(audit))
    (tmp_path / "pack" / "evidence" / "Thumbs.db").write_text("put there by a file manager")
    assert reopening.read_pack(tmp_path / "pack").as_at == audit.as_at


def test_results_are_as_the_schema_says(audit: Audit) -> None:
    jsonschema.validate(json.loads(results.results_file(audit, VERDICTS).content), SCHEMA)


def test_findings_lead_to_file_and_row(audit: Audit) -> None:
    found = tabular.findings_frame(audit)
    assert found.select("subject", "status", "source_file", "source_row").rows()[0] == (
        "=cmd()C2",
        "breach",
        "cases.csv",
        3,
    )


def test_a_formula_in_an_identifier_is_defused_in_the_csv(audit: Audit) -> None:
    written = next(file for file in tabular.csv_files(audit) if file.name == "findings.csv")
    assert "'=cmd()C2" in pl.read_csv(written.content)["subject"].to_list()


def test_a_sound_pack_verifies_and_a_touched_one_does_not(audit: Audit, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    pack.write_pack(folder, files_of(audit))
    assert pack.verify_pack(folder) == []
    (folder / "findings.csv").write_text("nothing")
    (folder / "rejected.csv").unlink()
    (folder / "more.txt").write_text("more")
    assert pack.verify_pack(folder) == [
        "findings.csv has been changed.",
        "rejected.csv is missing.",
        "more.txt was added.",
    ]


def test_an_earlier_pack_is_replaced_whole(audit: Audit, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    pack.write_pack(folder, [*files_of(audit), Report("extra.txt", b"old")])
    pack.write_pack(folder, files_of(audit))
    assert not (folder / "extra.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_a_pack_that_cannot_be_finished_leaves_the_earlier_one(audit: Audit, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    pack.write_pack(folder, files_of(audit))
    before = {path.name for path in folder.iterdir()}
    with pytest.raises(UsageProblem):
        pack.write_pack(folder, [Report("a" * 300, b"the name is too long for any file system")])
    assert {path.name for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_a_run_that_ends_just_as_it_makes_its_folder_leaves_none(
    audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = os.mkdir

    def told_to_end(path: Any, *rest: Any, **named: Any) -> None:
        make(path, *rest, **named)
        sys.exit(143)

    monkeypatch.setattr(os, "mkdir", told_to_end)
    with pytest.raises(SystemExit):
        pack.write_pack(tmp_path / "pack", files_of(audit))
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_put_right_by_the_next(audit: Audit, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    pack.write_pack(folder, files_of(audit))
    before = {path.name for path in folder.iterdir()}
    folder.rename(tmp_path / ".pack.earlier")  # killed between the two moves: the new pack was not in its place yet
    (tmp_path / ".pack.unfinished").mkdir()
    (tmp_path / ".pack.unfinished" / "findings.csv").write_text("half")
    with pack.locked(folder):
        assert {path.name for path in folder.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} <= {"pack", ".pack.lock"}


def test_a_folder_with_other_files_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    with pytest.raises(UsageProblem, match="no caseaudit pack"), pack.locked(tmp_path / "mine"):
        pass


def test_a_second_run_on_the_same_folder_is_told_so(tmp_path: Path) -> None:
    with pack.locked(tmp_path / "pack"), pytest.raises(PackLocked, match="Another run"), pack.locked(tmp_path / "pack"):
        pass


def test_files_of_a_pack_are_the_owners_alone(audit: Audit, tmp_path: Path) -> None:
    pack.write_pack(tmp_path / "pack", files_of(audit))
    assert (tmp_path / "pack" / "findings.csv").stat().st_mode & 0o077 == 0
    assert (tmp_path / "pack").stat().st_mode & 0o077 == 0


def test_the_same_audit_gives_the_same_bytes(audit: Audit) -> None:
    assert [file.content for file in files_of(audit)] == [file.content for file in files_of(audit)]
