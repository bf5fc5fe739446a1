"""Every page of every PDF, at one finding, at forty and at four thousand: none empty, none that ends in a heading."""

import datetime as dt
import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest

from caseaudit import pipeline
from caseaudit.branding import PLAIN, Branding, Logo
from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import publish
from caseaudit.folders import SAMPLE
from caseaudit.model import Audit, SourceAccount
from caseaudit.policy import load
from caseaudit.publication import count, share
from caseaudit.reporting import documents
from caseaudit.running import run
from caseaudit.testing import drawn_tables

D = dt.date(2026, 10, 31)
SIZES = (1, 40, 4_000)
CODES = ("ACU02", "REV01", "CAP01", "SUP01", "CMP01", "CAP05")
HEADINGS = {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}
LEAST_WORDS = 12
MILLIMETRE = 72 / 25.4


def drawn_audit(findings):
    """Cases without an acuity band, as many as there are to be findings of ACU02; teams and workers grow with them."""
    workers = 1 if findings == 1 else 8
    staff = ["staff  worker_id | team | wte | role"]
    staff += [f"WORKER-{n:02d} | Team {n % 4} | 1.0 | Care manager" for n in range(workers)]
    cases = ["cases  case_id | team | worker_id | opened_on | acuity_band"]
    cases += [f"CASE-{n} | Team {n % workers % 4} | WORKER-{n % workers:02d} | 2026-10-30 | " for n in range(findings)]
    tables = drawn_tables("\n".join((*staff, *cases)))
    policy = load(D)
    accounts = tuple(
        SourceAccount(source, (source.file[:-4],), source.rows_read, source.rows_read, 0, 0)
        for source in tables.sources
    )
    results = run(load_catalogue().choose(CODES if findings > 1 else ("ACU02",)), tables, policy, D)
    return Audit(D, "A service", results, policy.in_force(), accounts, ())


@pytest.fixture(scope="module")
def publications():
    return {size: publish(drawn_audit(size), "internal") for size in SIZES}


@pytest.fixture(scope="module")
def sample():
    audit = pipeline.audit(pipeline.Request((SAMPLE / "exports",), D, service="The sample service"))
    return {
        "internal": publish(audit, "internal"),
        "commissioner": publish(audit, "commissioner", "commissioner", bytes(32)),
    }


def pages_of(publication, kind, branding=PLAIN):
    """The pages of a kind: (words between the running heads, tags of the last thing on the page, widest right end)."""
    content = documents.render(publication, kind, ("pdf",), branding=branding)[0].content
    read, drawn = pypdf.PdfReader(io.BytesIO(content)), pypdfium2.PdfDocument(content)
    last = last_tags(read)
    found = []
    for number, (sheet, leaf) in enumerate(zip(drawn, last, strict=True), start=1):
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        everything = text.get_text_bounded()
        assert f"Page {number} of {len(last)}" in everything
        assert "as at 31 October 2026" in everything
        assert (
            "contains personal data" if publication.audience == "internal" else "no identifiable"
        ) in everything or (kind in documents.OUTWARD)
        body = text.get_text_bounded(bottom=18 * MILLIMETRE, top=height - 19 * MILLIMETRE)
        rects = (text.get_rect(place) for place in range(text.count_rects()))
        right = max(rect[2] for rect in rects)
        found.append((len(body.split()), leaf, right / width))
    return found


def last_tags(read):
    """For each page, the tags around the last thing on it, outermost first."""
    place = {sheet.indirect_reference.idnum: number for number, sheet in enumerate(read.pages)}
    last = [()] * len(read.pages)

    def walk(element, above):
        tags = (*above, element["/S"])
        inside = element.get("/K", [])
        for child in (one.get_object() for one in (inside if isinstance(inside, list) else [inside])):
            if isinstance(child, int):
                last[place[element.raw_get("/Pg").idnum]] = tags
            elif "/S" in child:
                walk(child, tags)

    for element in read.trailer["/Root"]["/StructTreeRoot"]["/K"]:
        walk(element.get_object(), ())
    return last


def faults(pages):
    """What is wrong with pages, in words."""
    for number, (words, tags, right) in enumerate(pages, start=1):
        if words < LEAST_WORDS:
            yield f"page {number} has {words} words"
        if HEADINGS & set(tags):
            yield f"page {number} ends in a heading"
        if {"/THead", "/Caption"} & set(tags) and "/Figure" not in tags:
            yield f"page {number} ends in the head or caption of a table"
        if right > 1 - 15 * MILLIMETRE / 595:
            yield f"page {number} is wider than its margin allows"


@pytest.mark.parametrize("kind", documents.KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_empty_cut_or_ends_in_a_heading(size, kind, publications):
    publication = publications[size]
    assert publication.result("ACU02").findings.height == size
    pages = pages_of(publication, kind)
    assert not list(faults(pages))
    if kind == "board":
        assert len(pages) <= 2
    if kind == "worker":
        assert len(pages) == 1 + len(publication.sheets)


@pytest.mark.parametrize(
    ("audience", "kind", "least", "most"),
    [
        ("commissioner", "assurance", 8, 15),
        ("internal", "board", 2, 2),
        ("internal", "action", 6, 28),
        ("internal", "appendix", 8, 18),
    ],
)
def test_the_sample_is_as_long_as_its_readers_have_time_for(audience, kind, least, most, sample):
    pages = pages_of(sample[audience], kind)
    assert not list(faults(pages))
    assert least <= len(pages) <= most


def test_the_board_has_two_pages_however_large_the_figures(sample):
    shown = sample["internal"].outward
    large = {"population": count(70_782), "met": count(62_431), "short": count(8_351), "rate": share(62_431, 70_782)}
    results = tuple(replace(one, **large) if one.tested else one for one in shown.results)
    service = "Fenland and Marsh Community Mental Health and Social Care Partnership"
    (report,) = documents.render(replace(shown, results=results, service=service), "board", ("pdf",))
    assert len(pypdf.PdfReader(io.BytesIO(report.content)).pages) == 2


@pytest.mark.parametrize("kind", ["board", "action"])
def test_a_long_name_and_a_very_wide_logo_stay_on_the_page(kind, publications):
    service = "Community mental health and wellbeing service for adults of Marsh, Fen and the Eastern Dales"
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3600 120"><rect width="3600" height="120"/></svg>'
    look = Branding(
        organisation="The partnership of community mental health and social care providers of the North and the Dales",
        logo=Logo("svg+xml", drawing, "The crest"),
        signed_by=("Ada Byron, clinical director", "Lee Park, chief executive"),
    )
    shown = publications[40]
    named = replace(shown, service=service, outward=replace(shown.outward, service=service))
    assert not list(faults(pages_of(named, kind, look)))


@pytest.fixture
def tight(monkeypatch):
    from caseaudit.reporting.documents import action, worker

    monkeypatch.setattr(action, "MOST_ROWS", 2)
    monkeypatch.setattr(worker, "MOST_SHEETS", 2)


def test_a_large_service_is_cut_visibly_the_worst_first(publications, tight):
    text = {}
    for kind in ("action", "worker"):
        read = pypdf.PdfReader(io.BytesIO(documents.render(publications[40], kind, ("pdf",))[0].content))
        text[kind] = " ".join(" ".join(sheet.extract_text().split()) for sheet in read.pages)
    assert "Showing 2 of 4 teams, those with most findings of high severity; all in findings.xlsx." in text["action"]
    assert "Teams not told in full" in text["action"]
    assert "Showing 2 of 8 workers, those with most that is due; all in findings.xlsx." in text["worker"]


def test_a_check_by_team_shows_the_lowest_teams_and_says_of_how_many(publications):
    from caseaudit.reporting.documents import pictures

    table = publications[4_000].tables["team/ACU02"]
    many = replace(table, rows=table.rows * 20)
    publication = replace(publications[4_000], tables={"team/ACU02": many})
    grid = pictures.by_team(publication, publication.result("ACU02"), 12)
    assert len(grid.rows) == 12
    assert grid.note.startswith("Showing the 12 lowest of 80; breakdowns.csv inside report.pdf has all.")
    assert not pictures.by_team(publication, publication.result("ACU02"), 80).note.startswith("Showing")


def test_a_page_that_ends_in_a_heading_is_found():
    from caseaudit.reporting.documents import pdf

    page = '<html lang="en"><title>t</title><body><h1>One</h1><p>Text.</p><h2>Alone</h2>'
    (tags,) = last_tags(pypdf.PdfReader(io.BytesIO(pdf.pdf(page))))
    assert list(faults([(LEAST_WORDS, tags, 0.5)])) == ["page 1 ends in a heading"]
    assert list(faults([(LEAST_WORDS - 1, ("/P",), 0.99)])) == [
        "page 1 has 11 words",
        "page 1 is wider than its margin allows",
    ]


def test_a_table_stands_in_half_a_page_only_where_its_words_fit():
    from caseaudit.reporting.documents.figures import HALF, _is_broad
    from caseaudit.reporting.documents.pieces import grid

    assert not _is_broad(grid("Days", ("Days over the limit", "Number"), [("92 or more", "8")]))
    cell = "11 of 12 (92 %)"
    assert _is_broad(grid("Matrix", ("Team", "A", "B", "C", "D"), [("North", cell, cell, cell, cell)]))
    assert _is_broad(grid("Long", ("Standard", "Met"), [("x" * HALF, "4")]))
    assert not _is_broad(grid("Nothing", ("Standard", "Met"), []))
