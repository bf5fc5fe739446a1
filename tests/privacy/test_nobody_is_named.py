"""No file of a commissioner's pack holds an identifier or a name of the exports, wherever it might hide."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from pathlib import Path

import jsonschema
import polars as pl
import pypdf
import pytest

from caseaudit import pipeline
from caseaudit.folders import SAMPLE
from caseaudit.model import Report, Tables
from caseaudit.reporting import results

AS_AT = dt.date(2026, 10, 31)
KINDS = ("assurance", "appendix")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return pipeline.understood((SAMPLE / "exports",)).tables


@pytest.fixture(scope="module")
def secrets(tables: Tables) -> set[str]:
    """Every identifier of a person or worker, and every name, that stands in the exports."""
    fields = (
        "case_id",
        "person_id",
        "worker_id",
        "supervisor_id",
        "session_id",
        "contact_id",
        "name",
        "flag_id",
        "task_id",
    )
    found: set[str] = set()
    for frame in tables.frames.values():
        for name in set(fields) & set(frame.columns):
            found |= set(frame.get_column(name).drop_nulls().unique())
    names = pl.read_csv(SAMPLE / "exports" / "Staff list (HR).csv")["Name"].drop_nulls().to_list()
    return {secret for secret in found | set(names) if len(secret) >= 4}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    audit = pipeline.audit(pipeline.Request((SAMPLE / "exports",), AS_AT, service="The sample service"))
    key = tmp_path_factory.mktemp("key") / "pseudonyms.key"
    files, notes = pipeline.files_of(
        audit, audience="commissioner", formats=pipeline.FORMATS, kinds=KINDS, key_file=key
    )
    assert notes == []
    return list(files)


def texts(report: Report) -> str:
    """Everything a program could read out of a file."""
    if report.name.endswith(".pdf"):
        reader = pypdf.PdfReader(io.BytesIO(report.content))
        attached = b"\n".join(content for files in reader.attachments.values() for content in files)
        return (
            "\n".join(page.extract_text() for page in reader.pages)
            + str(reader.metadata)
            + attached.decode(errors="ignore")
        )
    if report.name.endswith((".xlsx", ".docx")):
        with zipfile.ZipFile(io.BytesIO(report.content)) as archive:
            return "\n".join(archive.read(name).decode(errors="ignore") for name in archive.namelist())
    return report.content.decode()


def test_the_pack_has_what_a_commissioner_gets_and_no_list_of_findings(pack: list[Report]) -> None:
    names = {report.name for report in pack}
    assert {"results.json", "manifest.json", "report.html", "report.pdf", "appendix.html", "appendix.pdf"} <= names
    assert not {name for name in names if name.startswith(("findings.csv", "rejected.csv", "evidence/"))}


def test_no_identifier_and_no_name_is_in_any_file(pack: list[Report], secrets: set[str]) -> None:
    assert len(secrets) > 900
    word = re.compile(r"[A-Za-z0-9][\w'-]*")
    for report in pack:
        text = texts(report)
        words = set(word.findall(text))
        single = {secret for secret in secrets if " " not in secret} & words
        assert not single, f"{report.name}: {len(single)} identifiers"
        full = {secret for secret in secrets if " " in secret and secret in text}
        assert not full, f"{report.name}: {len(full)} names"


def test_the_published_results_are_as_the_schema_says(pack: list[Report]) -> None:
    published = json.loads(next(report.content for report in pack if report.name == "results.json"))
    schema = json.loads((Path(results.__file__).parent / "results.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(published, schema)
    assert published["audience"] == "commissioner"


def test_the_same_person_has_the_same_pseudonym_next_month_and_another_key_gives_another(tmp_path: Path) -> None:
    from caseaudit import disclosure

    first = disclosure.keys.load_or_make(tmp_path / "a.key")
    assert disclosure.keys.load_or_make(tmp_path / "a.key") == first
    assert disclosure.keys.load_or_make(tmp_path / "b.key") != first
    assert (tmp_path / "a.key").stat().st_mode & 0o077 == 0
