"""What every document keeps to, whatever it says."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import docx
import page
import pypdf
import pytest

from caseaudit.errors import TemplateProblem, UsageProblem
from caseaudit.reporting import documents
from caseaudit.reporting.documents import pdf

EVERY = [
    (audience, kind)
    for audience in ("internal", "commissioner")
    for kind in documents.KINDS
    if audience == "internal" or kind not in documents.INWARD
]


class Reader(HTMLParser):
    """Headings, ids, links and attributes of a page."""

    def __init__(self, text):
        super().__init__()
        self.levels, self.ids, self.links, self.loads, self.open = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.loads += [tag] if tag in {"script", "link", "img", "iframe", "object"} else []
        self.loads += [name for name in given if name.startswith("on") or name == "style"]


def told(content):
    """A page with plain spaces for those at which no line breaks."""
    return content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_the_page_is_one_file_without_address_and_only_lists_of_findings_have_a_script(audience, kind, made):
    text = made[audience, kind, "html"].decode()
    read = Reader(text)
    listed = (audience, kind) in {("internal", "assurance"), ("internal", "action")}
    assert "default-src 'none'" in text
    assert ("script-src 'sha256-" in text) == listed
    assert read.loads == (["script"] if listed else [])
    assert ("<script>" in text) == listed
    assert not re.findall(r"(?:src|href)=\"(?!#)", text)
    assert not re.findall(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", text)


@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_headings_are_in_order_and_links_lead_somewhere(audience, kind, made):
    read = Reader(made[audience, kind, "html"].decode())
    assert read.levels[0] == 1
    assert read.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(read.levels, read.levels[1:], strict=False))
    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links} <= set(read.ids)


@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_what_comes_from_the_data_is_escaped(audience, kind, made):
    text = made[audience, kind, "html"].decode()
    assert "Marsh &amp; Fen &lt;b&gt;" in text
    assert "<b>" not in text


@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_charts_have_a_text_alternative_and_a_table_behind_them(audience, kind, made):
    text = made[audience, kind, "html"].decode()
    drawn = re.findall(r"<svg[^>]*>(<title>[^<]{20,}</title>)?", text)
    assert all(drawn)
    assert len(re.findall("<figure[ >]", text)) == len(drawn) == text.count("<details>")


@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_the_pdf_is_tagged_titled_and_dated(audience, kind, made):
    content = made[audience, kind, "pdf"]
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert report.is_compliant, [failure.message for failure in report.failures]
    read = pypdf.PdfReader(io.BytesIO(content))
    assert "31 October 2026" in read.metadata.title
    assert str(read.metadata.creation_date.date()) == "2026-10-31"
    assert read.trailer["/Root"]["/Lang"] == "en-GB"
    assert read.outline


@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_every_page_of_the_pdf_says_when_for_whom_and_where_one_is(audience, kind, made):
    read = pypdf.PdfReader(io.BytesIO(made[audience, kind, "pdf"]))
    outward = audience == "commissioner" or kind in documents.OUTWARD
    mark = "no identifiable person" if outward else "contains personal data"
    for number, sheet in enumerate(read.pages, start=1):
        text = sheet.extract_text()
        assert f"Page {number} of {len(read.pages)}" in text
        assert "as at 31 October 2026" in text
        assert mark in text


def test_the_page_marks_personal_data(made):
    assert "Contains personal data" in made["internal", "assurance", "html"].decode()
    assert "Contains personal data" not in made["commissioner", "assurance", "html"].decode()


@pytest.mark.parametrize(
    ("audience", "kind"), [e for e in EVERY if e[0] == "commissioner" or e[1] in documents.OUTWARD]
)
def test_nobody_can_be_found_in_what_goes_outside(audience, kind, made):
    printed = made[audience, kind, "html"].decode()
    read = pypdf.PdfReader(io.BytesIO(made[audience, kind, "pdf"]))
    printed += "".join(sheet.extract_text() for sheet in read.pages)
    assert "PERSON-" not in printed
    assert "WORKER-" not in printed


def test_the_appendix_names_nobody_even_by_pseudonym(made):
    assert not re.search(r"\b[CW]-[0-9A-Z]{4}-[0-9A-Z]{4}\b", made["commissioner", "appendix", "html"].decode())
    assert re.search(r"\bW-[0-9A-Z]{4}-[0-9A-Z]{4}\b", made["commissioner", "assurance", "html"].decode())


def test_a_suppressed_figure_is_nowhere_in_what_goes_outside(made, publications):
    """ACU02: 2 of 112 cases have no band; neither the 2 nor the 110 may be told."""
    result = publications["commissioner"].result("ACU02")
    assert [str(figure) for figure in (result.population, result.met, result.not_evidenced)] == [
        "112",
        "not shown",
        "<5",
    ]
    for kind in set(documents.KINDS) - documents.INWARD:
        assert not re.search(r"\b110\b", re.sub(r"<svg.*?</svg>", "", made["commissioner", kind, "html"].decode()))
    assert re.search(r"\b110\b", made["internal", "assurance", "html"].decode())


def test_findings_lead_to_file_and_row_and_say_what_to_do(made, publications):
    text = told(made["internal", "assurance", "html"])
    result = publications["internal"].result("REV01")
    first = result.findings.row(0, named=True)
    assert first["subject"] in text
    assert f"cases.csv, row {first['source_row']}" in text
    assert result.manual.action in text


def test_a_cut_list_says_so(made, publications):
    found = publications["internal"].result("REV01").findings.height
    text = "".join(
        sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(made["internal", "assurance", "pdf"])).pages
    )
    assert found > documents.DEPTHS["pdf"].findings
    assert f"of {found}; all in findings.xlsx" in " ".join(text.split())


def test_the_answer_comes_first(made):
    text = made["internal", "assurance", "html"].decode()
    places = [text.index(f">{heading}<") for heading in (
        "Main points", "The questions and their verdicts", "How far the data can be trusted",
        "What this report does not tell you", "Annex A: the rule of the verdicts",
    )]  # fmt: skip
    assert places == sorted(places)
    assert text.index('id="question-1"') < text.index('id="question-12"') < text.index('id="untold"')


def test_what_could_not_be_tested_is_named_with_its_reason(made):
    text = made["internal", "assurance", "html"].decode()
    assert "No export holds competencies" in text
    assert "Cannot be said" in text


@pytest.mark.parametrize("format_", ["html", "pdf"])
def test_the_same_audit_gives_the_same_bytes(format_, made, publications):
    again = documents.render(publications["commissioner"], "assurance", (format_,))
    assert again[0].content == made["commissioner", "assurance", format_]


def test_without_fonts_there_is_no_pdf_but_a_sentence(monkeypatch, publications):
    monkeypatch.setattr(pdf, "_fonts", lambda: 0)
    pdf.pdf_possible.cache_clear()
    try:
        assert "no font is installed" in documents.pdf_possible()
        with pytest.raises(TemplateProblem, match="no font is installed"):
            documents.render(publications["commissioner"], "appendix", ("pdf",))
        assert documents.render(publications["commissioner"], "appendix", ("html",))
    finally:
        pdf.pdf_possible.cache_clear()


def test_a_page_that_asks_for_an_address_gets_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("not to be read")
    asking = f'<html lang="en"><title>t</title><body><h1>t</h1><img src="{secret.as_uri()}" alt="none">'
    read = pypdf.PdfReader(io.BytesIO(pdf.pdf(asking)))
    assert not read.attachments
    assert not read.pages[0].images


def test_the_action_pack_is_for_those_inside(publications):
    with pytest.raises(UsageProblem, match="internal audience only"):
        documents.render(publications["commissioner"], "action", ("html",))


def test_the_action_pack_goes_by_team_and_owner_gravest_first(made, publications):
    text = made["internal", "action", "html"].decode()
    north = text[text.index(">North<") : text.index(">South<")]
    severities = re.findall(r"<th scope=\"row\">[^<]*, (high|medium|low) severity", north)
    assert severities[0] == "high"
    assert publications["internal"].result("REV01").manual.action in north
    owners = re.findall(r"<h3>([^<]+)</h3>", north)
    assert len(owners) == len(set(owners)) > 1


def test_the_action_pack_says_by_when_and_how_that_day_is_set(made):
    text = told(made["internal", "action", "html"])
    assert "5 working days for high, 20 working days for medium and 40 working days for low (house default)" in text
    rows = re.findall(r"<tr.*?</tr>", text, flags=re.DOTALL)
    days = {"high": "6 Nov 2026", "medium": "27 Nov 2026", "low": "29 Dec 2026"}
    found = [severity for row in rows for severity in re.findall(r", (high|medium|low) severity", row)]
    assert "high" in found
    for row in rows:
        for severity in re.findall(r", (high|medium|low) severity", row):
            assert days[severity] in row


def test_the_assurance_report_says_who_acts_and_by_which_day(made):
    text = told(made["commissioner", "assurance", "html"])
    said = re.findall(r"<dt>By when</dt><dd[^>]*>([^<]*)</dd>", text)
    assert said
    assert set(said) <= {"6 November 2026", "27 November 2026", "29 December 2026"}


def test_the_board_has_two_pages_at_most(made):
    for audience in ("internal", "commissioner"):
        assert len(pypdf.PdfReader(io.BytesIO(made[audience, "board", "pdf"])).pages) <= 2


def test_the_appendix_in_word_says_what_the_appendix_says(publications):
    (report,) = documents.render(publications["commissioner"], "appendix", ("docx",))
    read = docx.Document(io.BytesIO(report.content))
    said = [paragraph.text for paragraph in read.paragraphs]
    assert report.name == "appendix.docx"
    assert "Supervision" in said
    assert any(text.startswith("Measured. For") for text in said)
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    assert "Supervision gap" in cells
    assert not any(word in " ".join((*said, *cells)) for word in ("PERSON-", "WORKER-"))


def test_the_same_audit_gives_the_same_word_document(publications):
    first, second = (documents.render(publications["internal"], "appendix", ("docx",))[0].content for _ in "ab")
    assert first == second


def test_each_worker_with_cases_has_a_sheet_with_their_cases_and_what_is_due(made):
    text = made["internal", "worker", "html"].decode()
    by_team = [*range(0, 14, 2), *range(1, 14, 2)]  # North, then South: the sheets of a team are handed out together
    assert re.findall(r"<h2>(WORKER-\d\d), (?:North|South)</h2>", text) == [f"WORKER-{n:02d}" for n in by_team]
    own = text[text.index("<h2>WORKER-13,") :]
    assert "Open cases: 8," in own
    assert "PERSON-13-0" in own
    assert "PERSON-12-0" not in own
    assert "Supervision gap (SUP01)" in own
    assert "Supervision gap" not in text[text.index("<h2>WORKER-00,") : text.index("<h2>WORKER-02,")]


def test_the_first_page_of_the_sheets_says_whose_they_are_what_is_due_and_where(made, publications):
    text = told(made["internal", "worker", "html"])
    listed = text[text.index('id="workers"') : text.index('class="sheet"')]
    rows = re.findall(r'<a href="#(worker-\d+)">(WORKER-\d\d)</a></th>(.*?)</tr>', listed)
    assert len(rows) == len(publications["internal"].sheets)
    for anchor, worker, _ in rows:
        assert re.search(rf'id="{anchor}">\s*<h2>{worker},', text)
    cells = {worker: re.findall(r"<td[^>]*>([^<]*)</td>", rest) for _, worker, rest in rows}
    # Of WORKER-13 the eight reviews and the supervision are late, and a competency of each case is missing.
    assert cells["WORKER-13"][:2] == ["South", "8"]
    assert int(cells["WORKER-13"][2]) > int(cells["WORKER-00"][2])
    assert cells["WORKER-13"][-1] == "6 Nov 2026"
    assert "14 workers hold 112 open cases." in listed
    assert "Something of high severity is due for all of them, by 6 November 2026." in listed


def test_the_list_of_workers_names_the_page_of_each_sheet_on_paper(made):
    pages = [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(made["internal", "worker", "pdf"])).pages]
    told = dict(re.findall(r"(WORKER-\d\d)\s.*?2026\s+(\d+)", pages[0].replace("\n", " ")))
    assert len(told) == 14
    for worker, place in told.items():
        assert f"{worker}, " in pages[int(place) - 1]


def test_a_decision_asked_of_the_board_has_a_day_by_the_rule_of_all_due_days(made, publications):
    text = told(made["commissioner", "board", "html"])
    decisions = re.findall(r"<li>([^<]*have it put right[^<]*)</li>", text)
    assert len(decisions) == 3
    assert all("by 6 November 2026 (high severity)" in one or "by 27 November 2026 (medium" in one for one in decisions)
    assert "5 working days for high" in text
    without = replace(publications["commissioner"], limits=())
    (report,) = documents.render(without, "board", ("html",))
    assert "This audit&#39;s policy sets no days by which to act" in report.content.decode()
    assert "have it put right, on a day the board sets" in report.content.decode()


def test_sheets_exist_for_those_inside_alone(publications):
    assert publications["internal"].sheets
    assert not publications["commissioner"].sheets
    assert not publications["internal"].outward.sheets


@pytest.mark.parametrize(("band", "within"), [("high", "within the limit."), (None, "as far as bands are recorded.")])
def test_cases_without_a_band_do_not_pass_for_little_work(band, within, publications):
    first = publications["internal"].sheets[0]
    cases = tuple({**case, "acuity_band": band} for case in first.cases)
    about = {"open_cases": len(cases), "high_acuity_cases": 0, "points_per_wte": 0.0, "points_over": 0.0, "wte": 1.0}
    sheet = replace(first, about=about, cases=cases)
    (report,) = documents.render(replace(publications["internal"], sheets=(sheet,)), "worker", {"html"})
    text = told(report.content)
    assert f"0 band points per WTE at 1 WTE, {'within the limit ' if not band else ''}{within}" in text
    assert ("without an acuity band" in text) == (band is None)


def test_a_worker_has_one_page(made, publications):
    pages = pypdf.PdfReader(io.BytesIO(made["internal", "worker", "pdf"])).pages
    assert len(pages) == 1 + len(publications["internal"].sheets)
