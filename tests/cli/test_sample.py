"""`caseaudit sample` as a person or a program calls it: files, words, exit codes."""

import json
import sys
from pathlib import Path

import openpyxl
import pytest

from caseaudit.cli import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["caseaudit", "sample", *map(str, words)])
        monkeypatch.setenv("COLUMNS", "80")
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return call


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    rows = [f"CASE{i:04},{'North' if i % 3 else 'South'},W{i % 7},25/01/2026,,high" for i in range(1, 121)]
    head = "Case ID,Team,Worker ID,Opened on,Closed on,Acuity band"
    (folder / "cases.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder


def fill(folder: Path, answer: str | None = "met") -> Path:
    """Fill the sheet of a sample with one answer throughout."""
    book = openpyxl.load_workbook(folder / "sample.xlsx")
    audit = book["Audit"]
    for cell in audit[2]:
        if str(cell.value).startswith("Q") and not str(cell.value).endswith("comment"):
            for row in range(3, audit.max_row + 1):
                audit.cell(row, cell.column).value = answer
    book.save(folder / "sample.xlsx")
    return folder / "sample.xlsx"


def test_plan_says_size_reason_and_claims(run) -> None:
    code, out, _ = run("plan", "--population", 1000)
    assert code == 0
    assert "Audit 57 of 1,000 cases" in out
    assert "with 95 % confidence" in out
    assert out.count(" no") >= 2


def test_plan_for_programs(run) -> None:
    code, out, _ = run("plan", "--tolerable", "0.05", "--confidence", "95%", "--format", "json")
    data = json.loads(out)
    assert (code, data["size"], data["population"], data["tolerable_rate"]) == (0, 59, None, "0.05")
    assert [claim["below_tolerable_rate"] for claim in data["claims"]] == [True, False, False]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plan", "--tolerable", "5"], "Write it as 5% or 0.05"),
        (["plan", "--method", "discover"], "Did you mean discovery"),
        (["plan", "--population", 20, "--expected-errors", 1], "No sample size will do"),
    ],
)
def test_what_cannot_be_planned_is_one_sentence_and_exit_2(run, words: list[object], said: str) -> None:
    code, _, err = run(*words)
    assert code == 2
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_draw_then_evaluate(run, exports: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    code, out, _ = run("draw", exports, "--as-at", "2026-10-31", "--out", folder, "--stratify-by", "team")
    assert code == 0
    assert "of the 120 cases open on 31 October 2026" in out
    assert sorted(path.name for path in folder.iterdir()) == [
        "frame.txt",
        "sample.csv",
        "sample.xlsx",
        "sample_manifest.json",
    ]
    assert run("evaluate", folder / "sample.xlsx")[0] == 2
    code, out, _ = run("evaluate", fill(folder))
    assert code == 0
    assert "Fewer than 5 % in error: may be said" in out
    code, out, _ = run("evaluate", fill(folder, "not evidenced"), "--format", "json")
    data = json.loads(out)
    assert (code, data["holds"], data["overall"]["upper_limit"]) == (1, False, 1.0)
    assert "CASE" not in out
    assert run("evaluate", fill(folder, None), "--allow-incomplete")[0] == 1


def test_the_same_draw_gives_the_same_bytes(run, exports: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("draw", exports, "--as-at", "31/10/2026", "--out", tmp_path / name, "--size", 20)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_filled_sheet_is_never_written_over(run, exports: Path, tmp_path: Path) -> None:
    words = ("draw", exports, "--as-at", "2026-10-31", "--out", tmp_path / "sample", "--size", 20)
    assert run(*words)[0] == 0
    before = fill(tmp_path / "sample").read_bytes()
    code, _, err = run(*words)
    assert code == 2
    assert "never written over" in err
    assert (tmp_path / "sample" / "sample.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--size", 20, "--tolerable", "5%"], 2, "not both"),
        (["--size", 121], 2, "120 cases"),
        (["--where", "team"], 2, "FIELD=VALUE"),
        (["--where", "team=East"], 3, "is left"),
        (["--stratify-by", "teams"], 2, "Did you mean team"),
        (["--questions", "nowhere.toml"], 2, "nowhere.toml"),
    ],
)
def test_what_cannot_be_drawn_leaves_nothing_behind(
    run, exports: Path, tmp_path: Path, words: list[object], code: int, said: str
) -> None:
    folder = tmp_path / "sample"
    ended, _, err = run("draw", exports, "--as-at", "2026-10-31", "--out", folder, *words)
    assert (ended, folder.exists()) == (code, False)
    assert said in err


def test_an_as_at_date_that_is_none_and_a_missing_folder(run, exports: Path, tmp_path: Path) -> None:
    assert run("draw", exports, "--as-at", "31 foo", "--out", tmp_path / "s")[0] == 2
    assert run("draw", tmp_path / "none", "--as-at", "2026-10-31", "--out", tmp_path / "s")[0] == 3
    assert not (tmp_path / "s").exists()
