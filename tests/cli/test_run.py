"""`caseaudit run`: exports in, a pack out, and the exit code cron relies on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from caseaudit.reporting import results
from caseaudit.reporting.pack import locked, verify_pack

AS_AT = ("--as-at", "2026-10-31")
QUICK = ("--format", "json,csv")
SCHEMA = json.loads((Path(results.__file__).parent / "results.schema.json").read_text(encoding="utf-8"))


def statuses(pack: Path) -> dict[str, str]:
    data = json.loads((pack / "results.json").read_text(encoding="utf-8"))
    return {check["code"]: check["status"] for check in data["checks"]}


def test_a_folder_of_exports_becomes_a_whole_pack(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack")
    assert called.code == 1, called.err
    names = {path.name for path in (tmp_path / "pack").iterdir()}
    assert names == {
        "results.json", "findings.csv", "findings.xlsx", "rejected.csv", "manifest.json", "report.html", "report.pdf",
        "evidence",
    }  # fmt: skip
    assert verify_pack(tmp_path / "pack") == []
    jsonschema.validate(json.loads((tmp_path / "pack" / "results.json").read_text(encoding="utf-8")), SCHEMA)
    assert "Traceback" not in called.err
    assert str(tmp_path / "pack") in called.out.replace("\n", "")


def test_the_summary_fits_eighty_columns(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK)
    too_long = [line for line in called.out.splitlines() if len(line) > 80 and not line.startswith(("Pack:", "/"))]
    assert not too_long
    assert "\x1b[" not in called.out


def test_findings_exit_1_and_lead_to_file_and_row(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK, "--select", "REV01")
    assert called.code == 1
    assert statuses(tmp_path / "pack") == {"REV01": "not met"}
    lines = (tmp_path / "pack" / "findings.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("check,status,severity,subject_type,subject,")
    overdue = next(line for line in lines if ",C2," in line)
    assert overdue.startswith("REV01,breach,high,case,C2,North,")
    assert ",Caseload.csv,,3," in overdue


def test_all_met_exits_0(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK, "--select", "ACU02")
    assert called.code == 0, called.err + called.out


def test_findings_below_fail_on_exit_0(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    (exports / "Caseload.csv").write_text(
        (exports / "Caseload.csv").read_text(encoding="utf-8") + "C9,North,W1,03/03/2025,,,\n", encoding="utf-8"
    )
    arguments = ("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK, "--select", "ACU02")
    severity = next(
        check["severity"]
        for check in json.loads(caseaudit("checks", "ACU02", "--format", "json").out)
        if check["code"] == "ACU02"
    )
    assert caseaudit(*arguments, "--fail-on", severity).code == 1
    if severity != "high":
        assert caseaudit(*arguments, "--fail-on", "high").code == 0


def test_nothing_that_could_be_tested_exits_3(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK, "--select", "SUP02")
    assert called.code == 3
    assert statuses(tmp_path / "pack") == {"SUP02": "not assessable"}
    assert "No export holds supervision" in called.out


def test_quiet_prints_nothing(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK, "--quiet")
    assert (called.code, called.out, called.err) == (1, "", "")


def test_the_same_run_gives_the_same_bytes(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    packs = [tmp_path / "one", tmp_path / "two"]
    for pack in packs:
        caseaudit("run", exports, *AS_AT, "--out", pack)
    files = [{p.relative_to(pack): p.read_bytes() for p in pack.rglob("*") if p.is_file()} for pack in packs]
    assert files[0].keys() == files[1].keys()
    assert [name for name in files[0] if files[0][name] != files[1][name]] == []


def test_a_commissioners_pack_names_nobody(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    pack = tmp_path / "pack"
    called = caseaudit("run", exports, *AS_AT, "--out", pack, "--audience", "commissioner")
    assert called.code in {0, 1}, called.err
    assert not (pack / "findings.csv").exists()
    assert not (pack / "evidence").exists()
    for path in pack.iterdir():
        if path.suffix in {".json", ".html"}:
            text = path.read_text(encoding="utf-8")
            for name in ("C1<", '"C1"', "C2", "W1", "W2", "Person One", "Person Two"):
                assert name not in text, f"{name} in {path.name}"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("run", "nowhere", *AS_AT), 3, "nowhere"),
        (("run", "{exports}", "--as-at", "31 Octember"), 2, "is not a date"),
        (("run", "{exports}", *AS_AT, "--select", "REV99"), 2, "no check or family 'REV99'"),
        (("run", "{exports}", *AS_AT, "--policy", "{bad_policy}"), 2, "Did you mean 'lookback_days'"),
        (("run", "{exports}", *AS_AT, "--policy", "nowhere.toml"), 2, "no policy file nowhere.toml"),
        (("run", "{exports}", *AS_AT, "--format", "docs"), 2, "--format does not know 'docs'"),
        (("run", "{exports}", *AS_AT, "--checks", "nowhere"), 2, "no folder of checks 'nowhere'"),
        (("run", "{empty}", *AS_AT), 3, "empty"),
        (("run", "{unknown}", *AS_AT), 3, "picture.bin"),
        (("run", "{headless}", *AS_AT), 3, "Opened on"),
        (("explain", "REV0"), 2, "Did you mean REV0"),
    ],
)
def test_bad_input_is_one_message_with_its_exit_code_and_no_pack(
    words: tuple[str, ...], code: int, said: str, exports: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    places = {"exports": exports, "empty": tmp_path / "empty", "unknown": tmp_path / "unknown"}
    places |= {"headless": tmp_path / "headless", "bad_policy": tmp_path / "bad.toml"}
    for name in ("empty", "unknown", "headless"):
        places[name].mkdir()
    places["bad_policy"].write_text("lookback_dys = 30\n")
    (places["unknown"] / "picture.bin").write_bytes(bytes(range(256)) * 8)
    (places["headless"] / "Caseload.csv").write_text("Case Ref,Team,Acuity,Care Co-ordinator ID\nC1,North,High,W1\n")
    arguments = [word.format(**places) for word in words]
    if words[0] == "run":
        arguments += ["--out", str(tmp_path / "pack")]
    called = caseaudit(*arguments)
    assert called.code == code, called.err + called.out
    assert said in called.err
    assert "Traceback" not in called.err
    assert not (tmp_path / "pack").exists()
    assert "C1" not in called.err


def test_an_unreadable_file_is_named(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    broken = exports / "Broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing of use")
    called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack")
    assert called.code == 3
    assert "Broken.xlsx" in called.err
    assert not (tmp_path / "pack").exists()


def test_a_check_file_with_a_syntax_error_is_one_row_in_error_and_exits_4(
    exports: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "my_check.py").write_text('"""Mine."""\n\ndef my_check(:\n')
    called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK, "--checks", mine)
    assert called.code == 4
    assert "my_check.py, line 3" in called.err
    found = statuses(tmp_path / "pack")
    assert found["my_check"] == "error"
    assert found["REV01"] == "not met"


def test_a_users_own_check_works_like_a_bundled_one(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    made = caseaudit("new-check", "OWN01", "worker_not_named", "--dir", tmp_path / "mine", "--tests", tmp_path / "t")
    assert made.code == 0, made.err
    arguments = ("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK, "--checks", tmp_path / "mine")
    assert caseaudit(*arguments, "--select", "OWN01").code == 0
    assert statuses(tmp_path / "pack") == {"OWN01": "met"}
    passed = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path / "t")],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert passed.returncode == 0, passed.stdout


def test_another_run_on_the_same_pack_exits_5(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    with locked(tmp_path / "pack"):
        called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK)
    assert called.code == 5
    assert "Another run" in called.err


def test_further_reports_from_a_pack_need_no_exports(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack")
    first = (tmp_path / "pack" / "report.html").read_bytes()
    called = caseaudit("report", tmp_path / "pack", "--format", "html", "--out", tmp_path / "again")
    assert called.code == 0, called.err
    assert (tmp_path / "again" / "report.html").read_bytes() == first


def test_verify_notices_a_changed_figure(exports: Path, tmp_path: Path, caseaudit: Callable) -> None:
    caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack", *QUICK)
    assert caseaudit("verify", tmp_path / "pack").code == 0
    path = tmp_path / "pack" / "findings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("breach", "met"), encoding="utf-8")
    called = caseaudit("verify", tmp_path / "pack")
    assert called.code == 1
    assert "findings.csv has been changed." in called.out


def test_help_and_version_load_no_data_library() -> None:
    code = (
        "import sys\nfrom caseaudit import cli\nsys.argv = ['caseaudit', WORD]\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'polars', 'pandera', 'weasyprint', 'altair', 'numpy', 'pandas'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    for word in ("--help", "--version"):
        found = subprocess.run(
            [sys.executable, "-c", code.replace("WORD", repr(word))], capture_output=True, text=True, check=False,
            env={**os.environ, "COLUMNS": "80"},
        )  # fmt: skip
        assert found.returncode == 0, found.stderr


def test_a_run_told_to_end_takes_its_half_written_folder_with_it(exports: Path, tmp_path: Path) -> None:
    place = tmp_path / "packs"
    place.mkdir()
    command = (sys.executable, "-m", "caseaudit", "run", exports, *AS_AT, "--out", place / "pack", "--quiet")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not any(path.is_dir() for path in place.iterdir()):
            time.sleep(0.005)
        assert process.poll() is None, "the run was over before it could be stopped"
        process.terminate()
        assert process.wait(60) == 143
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert [path.name for path in place.iterdir() if path.is_dir()] == []
