"""A service's own templates: what they can do by inheritance, and what they cannot do at all."""

import base64
import dataclasses
import io
import os
import re

import docx
import page
import pypdf
import pytest
from PIL import Image

from caseaudit.branding import Branding, Logo
from caseaudit.errors import TemplateProblem
from caseaudit.folders import TEMPLATES
from caseaudit.reporting import documents
from caseaudit.reporting.documents import pdf, sandbox
from caseaudit.reporting.documents.pages import html

HIDDEN = "not to be read"
VIEW = {
    "title": "A title", "service": "S & T", "as_at": "31 October 2026", "as_at_iso": "2026-10-31", "period": "a year",
    "personal": False, "audience": "Commissioner: no identifiable person", "protection": "", "fingerprint": "f",
    "brief": False, "rows": [{"subject": "PERSON-1"}], "points": [], "questions": None,
}  # fmt: skip


def raster(kind="PNG"):
    written = io.BytesIO()
    Image.new("RGB", (40, 20), "#0072b2").save(written, kind)
    return written.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#0072b2"/></svg>'
LOGOS = {"png": raster(), "jpeg": raster("JPEG"), "svg+xml": SVG}


@pytest.fixture
def own(tmp_path):
    """Write templates into a folder and print a page from one; beside the folder lies what they may not read."""
    folder = tmp_path / "ours"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text(HIDDEN)
    (tmp_path / "secret.html.j2").write_text(HIDDEN)

    def printed(text, *, name="own.html.j2", **others):
        for other, content in {name: text, **others}.items():
            path = folder / other.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return html(name, VIEW, Branding(templates=folder))

    printed.folder = folder
    return printed


def extending(block, base="shipped/base.html.j2"):
    return f'{{% extends "{base}" %}}\n{{% block report %}}\n{block}\n{{% endblock %}}\n'


def refused(own, text, **others):
    with pytest.raises(TemplateProblem) as said:
        own(text, **others)
    message = str(said.value)
    assert HIDDEN not in message
    assert "PERSON-1" not in message
    assert "\n" not in message
    return message


# --- What they can do ----------------------------------------------------------------------------------------------


def test_a_block_of_a_shipped_report_is_replaced_and_the_rest_stays(publications, own):
    publication = publications["commissioner"]
    own.folder.joinpath("board.html.j2").write_text(
        '{% extends "shipped/board.html.j2" %}{% block decisions %}<section><h2>Ours</h2></section>{% endblock %}'
    )
    (ours,) = documents.render(publication, "board", ("html",), branding=Branding(templates=own.folder))
    (shipped,) = documents.render(publication, "board", ("html",))
    assert b"<h2>Ours</h2>" in ours.content
    assert b"Decisions asked of the board" in shipped.content
    assert b"Decisions asked of the board" not in ours.content
    assert b"The questions and their verdicts" in ours.content


@pytest.mark.parametrize("kind", documents.KINDS)
def test_an_own_base_stands_behind_every_report(kind, publications, own):
    own.folder.joinpath("base.html.j2").write_text(
        '{% extends "shipped/base.html.j2" %}{% block after %}<p>Printed by {{ service }}</p>{% endblock %}'
    )
    branding = Branding(templates=own.folder)
    made = documents.render(publications["internal"], kind, ("html", "pdf"), branding=branding)
    assert b"Printed by Marsh &amp; Fen &lt;b&gt;" in made[0].content
    report = page.validate_pdf_bytes(made[1].content, profile="ua1")
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_an_empty_folder_changes_nothing(publications, own):
    for kind in ("board", "action"):
        (ours,) = documents.render(publications["internal"], kind, ("html",), branding=Branding(templates=own.folder))
        (shipped,) = documents.render(publications["internal"], kind, ("html",))
        assert ours.content == shipped.content


def test_a_picture_and_a_style_sheet_of_the_folder_are_put_into_the_page(own):
    text = extending('<img src="{{ inline(\'art/map.png\') }}" alt="A map">')
    font = b"wOF2" + bytes(20)
    sheet = 'h2 { background: url("art/map.png"); }\n@font-face { font-family: Ours; src: url(font.woff2); }'
    made = own(text, **{"art__map.png": raster(), "font.woff2": font, "style.css": sheet})
    assert f'src="data:image/png;base64,{base64.b64encode(raster()).decode()}"' in made
    assert 'url("data:font/woff2;base64,' in made
    assert "font-src data:" in made
    assert "map.png" not in made


def test_values_are_escaped_whatever_the_template_does(own):
    assert "<p>S &amp; T</p>" in own(extending("<p>{{ service }}</p>"))


# --- What they cannot do -------------------------------------------------------------------------------------------

REACHING = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ inline.__globals__ }}",
    "{{ inline.__closure__ }}",
    "{{ ().__class__.__base__.__subclasses__() }}",
    "{{ rows.append(1) }}",
    "{{ rows[0].update({}) }}",
    "{{ '{0.__class__}'.format(service) }}",
    "{{ 'a'.ljust(10 ** 10) }}",
    "{{ 'a' * 10000000000 }}",
    "{{ [1] * 10 }}",
    "{{ 10 ** 16 ** 16 }}",
    "{{ 2 ** 20 }}",
    "{{ range(1000000000) }}",
]


@pytest.mark.parametrize("expression", REACHING)
def test_a_template_reaches_nothing_of_the_program(expression, own):
    message = refused(own, extending(f"<p>{expression}</p>"))
    assert message.startswith("ours/own.html.j2, line 3: ")


OUTSIDE = [
    "../secret.html.j2", "../../etc/passwd", "/etc/passwd", "..\\\\secret.html.j2", "shipped/../secret.html.j2",
    "shipped/../../secret.html.j2", "file:///etc/passwd", "http://example.org/a.j2", "con", "NUL.html.j2", "com1.j2",
    "art/aux.j2", "", ".", "..", "ours/../../secret.html.j2", ".hidden.j2", "a\\u0000b", "own.html.j2/",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("tag", ['{{% include "{}" %}}', '{{% import "{}" as a %}}', "{{{{ inline('{}') }}}}"])
def test_a_template_reads_nothing_outside_its_folder(tag, name, own):
    message = refused(own, extending(tag.format(name)), **{".hidden.j2": "hidden"})
    assert message.startswith("ours/own.html.j2, line 3: ")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_out_of_the_folder_are_not_followed(own):
    outside = own.folder.parent
    (own.folder / "linked.html.j2").symlink_to(outside / "secret.html.j2")
    (own.folder / "linked").symlink_to(outside)
    (own.folder / "style.css").symlink_to(outside / "secret.txt")
    for name in ("linked.html.j2", "linked/secret.html.j2"):
        assert f"no template '{name}'" in refused(own, extending(f'{{% include "{name}" %}}'))
    assert HIDDEN not in own(extending("<p>x</p>"))


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="http://example.org/x.png" alt="x">',
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="map.png" alt="x">',
        '<img srcset="http://example.org/x.png 2x" alt="x">',
        '<link rel="stylesheet" href="http://example.org/a.css">',
        '<a href="http://example.org/">x</a>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="{{ service }}">x</a>',
        "<script>alert(1)</script>",
        '<script src="http://example.org/a.js"></script>',
        '<p onclick="alert(1)">x</p>',
        '<p style="background: url(http://example.org/x.png)">x</p>',
        '<p style="background: url(file:///etc/passwd)">x</p>',
        '<iframe src="http://example.org/"></iframe>',
        '<object data="http://example.org/"></object>',
        '<form action="http://example.org/"></form>',
        '<base href="http://example.org/">',
        '<meta http-equiv="refresh" content="0; url=http://example.org/">',
        '<svg><image href="file:///etc/passwd"/></svg>',
    ],
)
def test_a_page_that_asks_for_anything_is_refused(tag, own):
    assert refused(own, extending(tag)).startswith("ours/own.html.j2: the page has ")


def test_a_page_without_the_frame_of_every_report_is_refused(own):
    for text in ("<html><body>x</body></html>", "{% extends 'shipped/base.html.j2' %}{% block letterhead %}"):
        assert "ours/" in refused(own, text)
    assert "extend shipped/base.html.j2" in refused(own, "<html><body>x</body></html>")


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("p { background: url(http://example.org/x.png) }", "line 1: url() may name"),
        ("\np { background: URL( 'file:///etc/passwd' ) }", "line 2: url() may name"),
        ("p { background: url(../secret.txt) }", "line 1: url() may name"),
        ("p { background: url(own.html.j2) }", "no PNG, JPEG or SVG"),
        ("@import 'http://example.org/a.css';", "may not bring in"),
        ("</style><script>alert(1)</script>", "may not bring in"),
    ],
)
def test_a_style_sheet_that_asks_for_anything_is_refused(sheet, said, own):
    message = refused(own, extending("<p>x</p>"), **{"style.css": sheet})
    assert said in message
    assert message.startswith("ours/style.css")


def test_what_slips_past_the_words_the_pdf_does_not_fetch(own, tmp_path):
    """Escapes hide an address from the words; the fetcher serves none all the same."""
    sheet = f"p {{ background: \\75 rl('{(tmp_path / 'secret.txt').as_uri()}') }}"
    made = pdf.pdf(own(extending("<p>x</p>"), **{"style.css": sheet}))
    assert HIDDEN.encode() not in made
    assert not pypdf.PdfReader(io.BytesIO(made)).pages[0].images


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
        "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% include 'own.html.j2' %}",
        "{% set a = namespace(x='xx') %}{% for i in range(60) %}{% set a.x = a.x ~ a.x %}{% endfor %}",
        "{% set a = namespace(x='xx') %}{% for i in range(60) %}{% set a.x = a.x + a.x %}{% endfor %}",
    ],
)
def test_a_template_that_does_not_end_is_ended(text, own, monkeypatch):
    monkeypatch.setattr(sandbox, "MOST_STEPS", 50_000)
    assert "does not come to an end" in refused(own, extending(text))


def test_a_page_without_end_is_ended(own, monkeypatch):
    monkeypatch.setattr(sandbox, "MOST_LETTERS", 100_000)
    row = "x" * 1_000
    assert "does not come to an end" in refused(own, extending(f"{{% for a in range(1000) %}}{row}{{% endfor %}}"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% if %}", "line 3: the template is not valid: "),
        ("{{ servise }}", "line 3: the report has no 'servise'."),
        ("{{ rows[0].nothing }}", "line 3: the report has no 'nothing'."),
        ("{{ rows[0][rows[0].subject] }}", "line 3: the report has no such value."),
        ("{{ service | safe }}", "No filter named 'safe'"),
        ("{% autoescape false %}{{ service }}{% endautoescape %}", "escaping cannot be switched off"),
        ("{{ 1 / 0 }}", "line 3: the report could not be made (ZeroDivisionError)."),
        ("{{ rows[0].subject | int(none) + 1 }}", "line 3: the report could not be made (TypeError)."),
        ("{% include rows[0].subject %}", "line 3: there is no such template"),
        ("{% include 'nowhere.j2' %}", "line 3: there is no template 'nowhere.j2' in the folder ours"),
        ("{{ inline('style.css') }}", "style.css"),
    ],
)
def test_a_fault_is_told_with_file_and_line(text, said, own):
    message = refused(own, extending(text), **{"style.css": "p {}"})
    assert message.startswith("ours/own.html.j2, line 3: ")
    assert said in message


def test_a_fault_in_an_included_file_is_told_where_it_is(own):
    message = refused(own, extending('{% include "parts/foot.html.j2" %}'), **{"parts__foot.html.j2": "\n\n{{ oops }}"})
    assert message == "ours/parts/foot.html.j2, line 3: the report has no 'oops'."


def test_a_template_that_is_no_text_or_too_large_is_said(own):
    assert "not UTF-8" in refused(own, extending("{% include 'x.j2' %}"), **{"x.j2": b"\xff\xfe\xff"})
    assert "larger than" in refused(own, extending("{% include 'x.j2' %}"), **{"x.j2": "x" * 300_001})


# --- Name, logo, colours, sign-off ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", LOGOS)
def test_the_cover_has_name_logo_and_who_signs_and_the_pdf_is_accessible_all_the_same(kind, publications):
    branding = Branding(
        organisation="Marsh & Fen",
        logo=Logo(kind, LOGOS[kind], "Logo of <Marsh> & Fen"),
        colours={"headings": "#7a003c"},
        prepared_by="Sam Hill",
        signed_by=("Ada Byron", "Lee Park"),
    )
    made = documents.render(publications["commissioner"], "board", ("html", "pdf"), branding=branding)
    text = made[0].content.decode()
    assert 'alt="Logo of &lt;Marsh&gt; &amp; Fen"' in text
    assert f'src="data:image/{kind};base64,' in text
    assert "--navy: #7a003c" in text
    read = pypdf.PdfReader(io.BytesIO(made[1].content))
    said = " ".join(read.pages[0].extract_text().split())
    for words in ("Marsh & Fen", "Prepared by Sam Hill", "Ada Byron", "Lee Park"):
        assert words in said
    report = page.validate_pdf_bytes(made[1].content, profile="ua1")
    assert report.is_compliant, [failure.message for failure in report.failures]
    assert len(read.pages) <= 2


def test_the_policy_of_the_page_lets_the_changed_style_through_and_nothing_more(publications):
    import hashlib

    (made,) = documents.render(
        publications["commissioner"], "board", ("html",), branding=Branding(colours={"headings": "#7a003c"})
    )
    text = made.content.decode()
    sheet = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_the_appendix_in_word_has_them_too(publications):
    branding = Branding(organisation="Marsh & Fen", logo=Logo("png", raster(), "Logo"), signed_by=("Ada Byron",))
    (made,) = documents.render(publications["commissioner"], "appendix", ("docx",), branding=branding)
    read = docx.Document(io.BytesIO(made.content))
    said = [paragraph.text for paragraph in read.paragraphs]
    assert "Marsh & Fen" in said
    assert any(line.startswith("Signed, date: Ada Byron ___") for line in said)
    assert len(read.inline_shapes) == 1
    plain = dataclasses.replace(branding, logo=Logo("svg+xml", SVG, "Logo"))
    (made,) = documents.render(publications["commissioner"], "appendix", ("docx",), branding=plain)
    assert not docx.Document(io.BytesIO(made.content)).inline_shapes


def test_no_template_of_the_program_uses_what_its_users_may_not():
    for path in TEMPLATES.rglob("*.j2"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*(safe|urlize|xmlattr)\b|autoescape", text), path.name
