"""`caseaudit run` and `report` in a service's own look: settings and templates from end to end."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pypdf
import pytest

from caseaudit.reporting import pack as packs

AS_AT = ("--as-at", "2026-10-31")
BASE = '{% extends "shipped/base.html.j2" %}{% block after %}<p>From our own template</p>{% endblock %}'

BOARD = '{{% extends "shipped/board.html.j2" %}}\n{{% block points %}}{}{{% endblock %}}'


@pytest.fixture
def project(tmp_path: Path, caseaudit: Callable) -> Path:
    """What `caseaudit init` makes, with a settings file filled in and a template."""
    folder = tmp_path / "project"
    assert caseaudit("init", folder).code == 0
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', encoding="utf-8"
    )
    (folder / "caseaudit.toml").write_text(
        '[report]\norganisation = "Marsh & Fen"\nlogo = "logo.svg"\ntemplates = "ours"\n'
        '[report.sign_off]\nsigned_by = ["Ada Byron"]\n',
        encoding="utf-8",
    )
    (folder / "ours").mkdir()
    (folder / "ours" / "base.html.j2").write_text(BASE, encoding="utf-8")
    return folder


def test_a_pack_in_the_services_own_look(exports: Path, project: Path, tmp_path: Path, caseaudit: Callable) -> None:
    arguments = ("run", exports, *AS_AT, "--out", tmp_path / "pack", "--settings", project / "caseaudit.toml")
    assert caseaudit(*arguments, "--format", "html,pdf,csv,json").code == 1
    text = (tmp_path / "pack" / "report.html").read_text(encoding="utf-8")
    for said in ("Marsh &amp; Fen", "data:image/svg+xml;base64,", "Ada Byron", "From our own template"):
        assert said in text
    read = pypdf.PdfReader(io.BytesIO((tmp_path / "pack" / "report.pdf").read_bytes()))
    assert "From our own template" in "".join(sheet.extract_text() for sheet in read.pages)
    called = caseaudit(
        "report", tmp_path / "pack", "--kind", "board", "--format", "html", "--out", tmp_path / "board",
        "--settings", project / "caseaudit.toml",
    )  # fmt: skip
    assert called.code == 0, called.err
    assert "From our own template" in (tmp_path / "board" / "board.html").read_text(encoding="utf-8")


def test_the_manifest_shows_which_settings_gave_a_report(
    exports: Path, project: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    schema = json.loads((Path(packs.__file__).parent / "manifest.schema.json").read_text(encoding="utf-8"))
    policy = tmp_path / "limits.toml"
    policy.write_text("lookback_days = 60\n", encoding="utf-8")
    own = ("--settings", project / "caseaudit.toml")
    caseaudit("run", exports, *AS_AT, "--out", tmp_path / "p", "--format", "json,csv,pdf", "--policy", policy, *own)
    written = [("policy", policy, "limits.toml")]
    looks = [
        ("settings", project / "caseaudit.toml", "caseaudit.toml"),
        ("logo", project / "logo.svg", "logo.svg"),
        ("template", project / "ours" / "base.html.j2", "base.html.j2"),
    ]

    def expected(files: list[tuple[str, Path, str]]) -> list[dict[str, str]]:
        return [
            {"role": role, "file": name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for role, path, name in files
        ]

    text = (tmp_path / "p" / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    jsonschema.validate(manifest, schema)
    assert manifest["settings"] == expected([*written, *looks])
    assert str(tmp_path) not in text
    inside = pypdf.PdfReader(tmp_path / "p" / "report.pdf").attachments["manifest.json"][0]
    assert json.loads(inside)["settings"] == manifest["settings"]
    # A later report is made by the same limits, which its pack tells too, and by no look of a service's own.
    caseaudit("report", tmp_path / "p", "--kind", "board", "--format", "html", "--out", tmp_path / "b")
    later = json.loads((tmp_path / "b" / "manifest.json").read_text(encoding="utf-8"))
    jsonschema.validate(later, schema)
    assert later["settings"] == expected(written)


def test_figures_are_the_same_with_and_without(
    exports: Path, project: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    for name, more in (("plain", ()), ("ours", ("--settings", project / "caseaudit.toml"))):
        caseaudit("run", exports, *AS_AT, "--out", tmp_path / name, "--format", "json,html", *more)
    plain, ours = ((tmp_path / name / "results.json").read_bytes() for name in ("plain", "ours"))
    assert plain == ours


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% if %}", "ours/board.html.j2, line 1: the template is not valid"),
        (BOARD.format("{{ oops }}"), "line 2: the report has no 'oops'"),
        (BOARD.format('{% include "../../x" %}'), "line 2: there is no template"),
        ("<html></html>", "ours/board.html.j2: the page has not the frame"),
    ],
)
def test_a_faulty_template_is_one_sentence_and_an_earlier_pack_stays(
    text: str, said: str, exports: Path, project: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    arguments = (
        "run",
        exports,
        *AS_AT,
        "--out",
        tmp_path / "pack",
        "--kind",
        "assurance,board",
        "--format",
        "html,json",
    )
    caseaudit(*arguments)
    before = {path.name: path.read_bytes() for path in (tmp_path / "pack").iterdir()}
    (project / "ours" / "board.html.j2").write_text(text, encoding="utf-8")
    called = caseaudit(*arguments, "--templates", project / "ours")
    assert called.code == 4
    assert said in called.err
    assert len(called.err.strip().splitlines()) == 1
    assert {path.name: path.read_bytes() for path in (tmp_path / "pack").iterdir()} == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".pack.") and path.is_dir()]


def test_faulty_settings_stop_the_run_before_an_export_is_read(
    project: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    (project / "caseaudit.toml").write_text('[report.colours]\nheadings = "#eeeeee"\n', encoding="utf-8")
    called = caseaudit("run", "nowhere", *AS_AT, "--out", tmp_path / "pack", "--settings", project / "caseaudit.toml")
    assert called.code == 2
    assert "too faint" in called.err
