"""A PDF is for archives (PDF/A-3a) and for everybody (PDF/UA-1), and carries its evidence for its reader alone."""

import csv
import hashlib
import io
import json

import page
import polars as pl
import pypdf
import pytest
import verapdf
from test_documents import EVERY

from caseaudit.pipeline.evidence import evidence_of
from caseaudit.reporting import documents
from caseaudit.reporting.documents import embedding

OUTSIDE = [(audience, kind) for audience, kind in EVERY if audience == "commissioner" or kind in documents.OUTWARD]


@pytest.fixture(scope="session")
def carrying(audit, publications):
    """(audience, kind) → the PDF with its evidence, as a run writes it."""
    return {
        (audience, kind): documents.render(
            publications[audience], kind, ("pdf",), lambda kind, shown: evidence_of(audit, kind, shown)
        )[0].content
        for audience, kind in EVERY
    }


def reader(content):
    return pypdf.PdfReader(io.BytesIO(content))


def attached(content):
    """Name → bytes of each file inside."""
    return {name: files[0] for name, files in reader(content).attachments.items()}


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_it_is_pdf_a_and_pdf_ua_at_once(audience, kind, profile, carrying):
    report = page.validate_pdf_bytes(carrying[audience, kind], profile=profile)
    # A stream whose last byte happens to be a line end is misread by this checker; veraPDF, below, reads it.
    failures = [f.message for f in report.failures if f.rule_id != "PDFA3A-STREAM-LENGTH-001"]
    assert not failures


def test_verapdf_finds_nothing_either(carrying, tmp_path):
    files = [tmp_path / f"{audience} {kind}.pdf" for audience, kind in carrying]
    for file, content in zip(files, carrying.values(), strict=True):
        file.write_bytes(content)
    assert not verapdf.failures(files)


def test_the_checkers_can_fail(tmp_path):
    """They would pass anything that is a PDF otherwise."""
    import weasyprint

    plain = weasyprint.HTML(string="<title>t</title><p>no language, no tags").write_pdf()
    assert not page.is_pdf_compliant_bytes(plain, profile="3a")
    assert not page.is_pdf_compliant_bytes(plain, profile="ua1")
    (tmp_path / "plain.pdf").write_bytes(plain)
    assert {flavour for _, flavour, _ in verapdf.failures([tmp_path / "plain.pdf"])} == {"3a", "ua1"}


def test_the_metadata_name_both_standards_in_the_clear(carrying):
    content = carrying["commissioner", "assurance"]
    for said in (b'pdfaid:part="3"', b'pdfaid:conformance="A"', b'pdfuaid:part="1"', b"31 October 2026"):
        assert said in content


def test_every_header_cell_says_whether_it_heads_a_column_or_a_row(carrying):
    def cells(element, above=()):
        kind = element.get("/S")
        if kind == "/TH":
            yield element["/A"]["/Scope"], "/THead" in above
        inside = element.get("/K", [])
        inside = inside if isinstance(inside, list) else [inside]
        for child in (one.get_object() for one in inside):
            if isinstance(child, dict) and "/S" in child:
                yield from cells(child, (*above, kind))

    root = reader(carrying["commissioner", "assurance"]).trailer["/Root"]["/StructTreeRoot"]
    found = list(cells(root))
    assert {scope for scope, in_head in found if in_head} == {"/Column"}
    assert {scope for scope, in_head in found if not in_head} == {"/Row"}
    assert len(found) > 50


@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_embedded_files_are_associated_once_dated_by_the_audit_and_typed(audience, kind, carrying):
    root = reader(carrying[audience, kind]).trailer["/Root"]
    names = root["/Names"]["/EmbeddedFiles"]["/Names"][::2]
    specifications = [one.get_object() for one in root["/AF"]]
    assert sorted(one["/UF"] for one in specifications) == list(names) == sorted(names)
    for one in specifications:
        file = one["/EF"]["/F"]
        assert one["/AFRelationship"] == ("/Supplement" if one["/UF"] == "manifest.json" else "/Data")
        assert one["/Desc"]
        assert file["/Params"]["/ModDate"].startswith("D:20261031")
        assert file["/Subtype"] == {"json": "/application/json", "csv": "/text/csv"}[one["/UF"].rpartition(".")[2]]


@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_the_manifest_inside_vouches_for_what_lies_beside_it_and_for_nothing_else(audience, kind, carrying):
    files = attached(carrying[audience, kind])
    listed = {entry["file"]: entry["sha256"] for entry in json.loads(files.pop("manifest.json"))["outputs"]}
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


@pytest.mark.parametrize(("audience", "kind"), OUTSIDE)
def test_what_goes_outside_carries_no_finding_and_nobody(audience, kind, carrying):
    files = attached(carrying[audience, kind])
    assert "findings.csv" not in files
    assert json.loads(files["results.json"])["audience"] == "commissioner"
    everything = b"\n".join(files.values()).decode()
    assert not any(word in everything for word in ("PERSON-", "WORKER-"))


def test_a_suppressed_figure_is_suppressed_in_the_files_too(carrying):
    """ACU02: 2 of 112 cases have no band; neither the 2 nor the 110 may be told."""
    files = attached(carrying["commissioner", "assurance"])
    (told,) = [row for row in rows(files["checks.csv"]) if row["check"] == "ACU02"]
    assert (told["looked at"], told["met"], told["no record"]) == ("112", "not shown", "<5")
    assert not [row for row in rows(files["breakdowns.csv"]) if row["table"] == "team/ACU02"]


def test_the_appendix_names_nobody_even_by_pseudonym_in_its_files(carrying):
    assert b"W-" in attached(carrying["commissioner", "assurance"])["breakdowns.csv"]
    assert "breakdowns.csv" not in attached(carrying["commissioner", "appendix"])


def test_those_inside_get_every_finding_and_a_worker_nothing_about_others(audit, carrying):
    found = sum(result.findings.collect().height for result in audit.results if result.findings is not None)
    for kind in ("assurance", "action"):
        assert len(rows(attached(carrying["internal", kind])["findings.csv"])) == found
    assert set(attached(carrying["internal", "worker"])) == {"manifest.json"}


def test_the_document_names_the_files_inside_and_says_when_the_findings_are_too_many(publications, monkeypatch):
    shown = publications["internal"]
    files = [embedding.Report(name, b"") for name in ("results.json", "manifest.json")]
    assert embedding.findings_fit(shown, "assurance")
    assert embedding.sentence(shown, "assurance", files).endswith("results.json and manifest.json.")
    assert not embedding.sentence(shown, "assurance", ())
    monkeypatch.setattr(embedding, "MOST_FINDINGS", 3)
    assert not embedding.findings_fit(shown, "action")
    assert "too long for that: findings.csv of the pack has it" in embedding.sentence(shown, "action", files)
    assert not embedding.findings_fit(publications["commissioner"], "assurance")


def test_tables_hold_counts_that_a_spreadsheet_takes_for_numbers(publications):
    by_name = {report.name: report.content for report in embedding.tables(publications["internal"], "assurance")}
    frame = pl.read_csv(by_name["checks.csv"], null_values="")
    assert frame["looked at"].dtype == pl.Int64
    written = embedding._csv("x.csv", ("cell",), [("1,204",), ("85 %",), ("<5",), ("Smith, 10",), ("12,3456",)])
    assert [row["cell"] for row in rows(written.content)] == ["1204", "85 %", "<5", "Smith, 10", "12,3456"]


def test_the_same_audit_gives_the_same_file(audit, publications, carrying):
    again = documents.render(
        publications["commissioner"], "board", ("pdf",), lambda kind, shown: evidence_of(audit, kind, shown)
    )
    assert again[0].content == carrying["commissioner", "board"]
