"""No file of a commissioner's pack has a small number of people in it, read as its reader reads it.

The provider is small, so that nearly every number could be one. What may be told is listed with the reason; what is not
in the list is taken to be about people.
"""

import csv
import io
import json
import re

import docx
import openpyxl
import pypdf
import pytest
from small_provider import small_provider

from caseaudit import pipeline
from caseaudit.disclosure import publish

SMALL = range(1, 5)
NOT_PEOPLE = {
    "worker": "staff of teams of five or more", "worker and competency": "the same", "worker and course": "the same",
    "sign-off": "what is recorded of their competence",
    "worker or team": "the same", "supervisor": "the same", "session": "records of work with staff",
    "capacity exception": "decisions on a team's load", "workforce risk": "entries of a register of risks",
    "service": "the service as a whole", "team": "teams", "team and day": "teams", "team and week": "teams",
    "team and month": "teams", "team and role": "posts", "table": "kinds of export", "field": "columns of exports",
    "code": "words of exports",
}  # fmt: skip
ABOUT_STAFF = {"competence", "staffing", "vacancies", "caseload"}
"""Tables of workers and posts."""

TOLD = {
    "rate": "shares", "lookback_days": "policy", "limits": "policy", "target": "policy", "versions": "of the program",
    "schema_version": "of the file", "header_row": "where the headings stand", "questions": "of a framework",
    "standards": "the words of a check", "notes": "without small counts", "policy": "policy", "service": "its name",
}  # fmt: skip
"""Entries of results.json and manifest.json that count nobody."""

FEW = re.compile(
    r"(?<![\w.,<-])([1-4]|two|three|four)(?![\w.,]*\d)(?! ?%)(?!\w)|\bOne fell\b|\bOne of \d", re.IGNORECASE
)
WORDS = re.compile(
    r"which of the two|two signals?|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)|(?:\d to )?\d+ (?:working |business )?(?:days?|weeks?|months?|hours?)|\d+ teams? together"
    r"|from 1 to 4|[Cc]hart \d+|[Aa]nnex [A-Z]|at least \d|Page \d+ of \d+",
)
"""Numbers in sentences that count nobody: days, limits, places, and teams that are put together."""


@pytest.fixture(scope="module")
def audit():
    return small_provider()


@pytest.fixture(scope="module")
def files(audit, tmp_path_factory):
    key = tmp_path_factory.mktemp("key") / "key"
    found, notes = pipeline.files_of(
        audit, audience="commissioner", formats=("json", "html", "xlsx", "docx", "pdf"), key_file=key,
        kinds=("assurance", "appendix"),
    )  # fmt: skip
    assert notes == []
    return {file.name: file.content for file in found}


@pytest.fixture(scope="module")
def people(audit):
    """Code and title of each check that counts people, or rows about them."""
    return {
        r.code: r.name.replace("_", " ").capitalize()
        for r in audit.results
        if r.subject not in NOT_PEOPLE or {"case_id", "person_id"} & set(r.evidence_schema)
    }


def test_most_numbers_of_this_provider_are_small(audit, people):
    counts = [
        number for r in audit.results if r.code in people and r.population
        for number in (r.population, r.met, r.breach, r.not_evidenced)
    ]  # fmt: skip
    assert sum(number in SMALL for number in counts) > 30
    assert sum(number >= 5 for number in counts) > 40


# --- The data file, the manifest, and what is attached ------------------------------------------------------------


def small_in(data, path=()):
    """Paths of the small whole numbers in a data file, but for what may be told."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in TOLD:
                yield from small_in(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from small_in(value, (*path, place))
    elif isinstance(data, int | float) and not isinstance(data, bool) and data in SMALL:
        yield path


def not_told_of(data, people):
    """Those of them that count people."""
    staff = {check["code"] for check in data.get("checks", ())} - people.keys()
    for path in small_in(data):
        if path[0] == "checks" and data["checks"][path[1]]["code"] in staff:
            continue
        if path[0] == "breakdowns":
            kind, _, code = path[1].partition("/")
            table = data["breakdowns"][path[1]]
            row = table["rows"][path[3]]
            if table["columns"][path[4]].startswith("Share"):
                continue
            if code in staff or kind in ABOUT_STAFF or (kind == "response" and row[0] in staff):
                continue
        if path[0] in {"tables", "rows"} and _is_about_work(data[path[0]][path[1]], people):
            continue
        yield path


def _is_about_work(source, people):
    about = {"cases", "contacts", "reviews", "bands", "allocations", "risk_flags", "escalations", "referrals", "tasks",
             "incidents", "physical_checks"}  # fmt: skip
    return not about & set(source.get("tables", ())) and not any(
        word in source["file"].lower()
        for word in ("caseload", "contacts", "reviews", "band", "allocation", "flag", "escalation", "referral", "task",
                     "incident", "physical")
    )  # fmt: skip


def test_the_data_file_and_the_manifest_hold_no_small_number_of_people(files, people):
    for name in ("results.json", "manifest.json"):
        assert list(not_told_of(json.loads(files[name]), people)) == []


@pytest.mark.parametrize("profile", ["commissioner", "us", "publication"])
def test_nor_does_what_every_document_is_printed_from(profile, audit, people):
    publication = publish(audit, "commissioner", profile, bytes(32))
    few = range(1, publication.threshold)
    for result in publication.results:
        if result.code in people:
            figures = (result.population, result.met, result.breach, result.not_evidenced, result.short)
            assert not [figure for figure in figures if figure.value in few], result.code
            assert not result.measures
    for name, table in publication.tables.items():
        kind, _, code = name.partition("/")
        if code in people or kind == "acuity":
            cells = [cell for row in table.rows for cell in row[1:] if not cell.text.endswith("%")]
            assert not [cell for cell in cells if cell.value in few], name


def test_what_the_pdf_carries_holds_none_either(files, people):
    for name in ("report.pdf", "appendix.pdf"):
        attached = pypdf.PdfReader(io.BytesIO(files[name])).attachments
        assert {"results.json", "manifest.json"} <= attached.keys()
        for file, contents in attached.items():
            assert len(contents) == 1
            if file.endswith(".json"):
                assert list(not_told_of(json.loads(contents[0]), people)) == []
            else:
                assert file.endswith(".csv")
                rows = list(csv.reader(io.StringIO(contents[0].decode("utf-8-sig"))))
                if file.startswith("questions"):
                    rows = [row[1:] for row in rows]  # without the question's own number
                assert [row for row in rows if row_tells(row, people, f"{file} ")] == []


# --- Tables and sentences -----------------------------------------------------------------------------------------


def row_tells(cells, people, about=""):
    """Whether a row of a check about people has a cell that is a small number."""
    text = about + " ".join(cells)
    named = any(code in re.findall(r"\w+", text) or title in text for code, title in people.items())
    return named and any(cell.strip().lower() in {"1", "2", "3", "4", "one", "two", "three", "four"} for cell in cells)


def few_in(text):
    """Small numbers in a sentence, with the words around them."""
    plain = WORDS.sub(" ", text)
    return [plain[max(0, m.start() - 40) : m.end() + 30] for m in FEW.finditer(plain)]


def of_people(text, people):
    """What is said of each check about people, below its heading: up to the next heading or the end of its section."""
    heads = list(re.finditer(r"\b([A-Z]{2,4}\d\d), (?:high|medium|low) severity", text))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        if head[1] in people:
            part = text[head.end() : following.start() if following else len(text)]
            yield head[1], re.split(r"What to do|What would change the verdict|The checks behind", part)[0]


def test_the_workbook_has_none_in_any_sheet(files, people):
    book = openpyxl.load_workbook(io.BytesIO(files["findings.xlsx"]))
    assert not list(book.defined_names)
    for sheet in book:
        head, *cells = sheet.iter_rows(values_only=True)
        counted = [place for place, name in enumerate(head) if name not in {"question", "rate", "target"}]
        rows = [[str(row[place]) for place in counted if row[place] is not None] for row in cells]
        assert [row for row in rows if row_tells(row, people)] == []
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.comment]


@pytest.mark.parametrize("name", ["report.html", "appendix.html"])
def test_no_table_and_no_sentence_of_a_page_has_one(name, files, people):
    page = Page(files[name].decode())
    told = [(caption, row) for caption, rows in page.tables for row in rows if row_tells(row, people, f"{caption} ")]
    assert told == []
    found = list(of_people(page.text, people)) if name == "report.html" else []
    assert len(found) > 12 or name != "report.html"
    for code, said in found:
        assert few_in(said) == [], code
    # a chart's own words: figures in titles, marks and descriptions
    charts = re.findall(r"<svg.*?</svg>", files[name].decode(), re.DOTALL)
    marks = [
        word for chart in charts for word in re.findall(r'(?:aria-label|title)="([^"]*)"|<text[^>]*>([^<]*)', chart)
    ]
    assert [mark for mark in marks for text in mark if row_tells(re.split(r"[ ,;:]", text), people, text)] == []
    # and whatever else a page carries for scripts
    assert not re.findall(r'data-(?:count|value|n|met|breach|population)="[1-4]"', files[name].decode())


def test_neither_has_the_word_document(files, people):
    document = docx.Document(io.BytesIO(files["appendix.docx"]))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert len(rows) > 50
    assert [row for row in rows if row_tells(row, people)] == []
    titles = [title.lower() for title in people.values()]
    said = [p.text for p in document.paragraphs if any(title in p.text.lower() for title in titles)]
    assert said
    assert [few for text in said for few in few_in(text)] == []


def test_nor_has_the_pdf_as_it_is_read(files, people):
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["report.pdf"])).pages)
    text = " ".join(text.split())
    found = list(of_people(text, people))
    assert len(found) > 3  # on paper the furthest from their targets alone
    assert [(code, few_in(said)) for code, said in found if few_in(said)] == []
    lines = re.findall(r"\(([A-Z]{2,4}\d\d)\) ((?:(?:[\d,]+|not shown|<5|–)(?! ?%) )+)", text)
    assert len({code for code, _ in lines} & people.keys()) > 20
    assert [line for line in lines if line[0] in people and {*line[1].split()} & {"1", "2", "3", "4"}] == []


def test_the_reader_of_these_files_sees_a_small_number_where_there_is_one(files, people):
    """The search would prove nothing if it were blind."""
    code, title = next(iter(people.items()))
    assert row_tells([f"{title} ({code})", "40", "38", "2"], people)
    assert few_in("On 31 October 2026, for 38 of 40 cases a band is recorded. Two fell short.")
    assert few_in("for 3 nothing is on record that would show it")
    assert not few_in("seen within 3 days, as of 1 October 2026; which of the two is not shown")
    data = json.loads(files["results.json"])
    place = next(place for place, check in enumerate(data["checks"]) if check["code"] == code)
    data["checks"][place]["breach"] = 3
    assert list(not_told_of(data, people)) == [("checks", place, "breach")]


class Page:
    """Tables of a page with their captions, and all its words."""

    def __init__(self, page):
        page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
        self.tables = []
        for table in re.findall(r"<table\b.*?</table>", page, re.DOTALL):
            caption = re.search(r"<caption\b.*?</caption>", table, re.DOTALL)
            rows = re.findall(r"<tr\b.*?</tr>", table, re.DOTALL)
            cells = [[self._words(c) for c in re.findall(r"<t[dh]\b.*?</t[dh]>", row, re.DOTALL)] for row in rows]
            self.tables.append((self._words(caption[0]) if caption else "", cells))
        self.text = self._words(page)

    @staticmethod
    def _words(html):
        return " ".join(re.sub(r"<[^>]*>", " ", html).split())
