"""What may be a logo, and what is refused and why."""

import pytest
from drawn import DRAWING, SVG, raster
from PIL import ImageFile

from caseaudit.branding import pictures
from caseaudit.errors import UsageProblem


def test_a_picture_is_known_by_its_content():
    assert pictures.kind_of(raster("PNG"), "the logo") == "png"
    assert pictures.kind_of(raster("JPEG"), "the logo") == "jpeg"
    assert pictures.kind_of(DRAWING.encode(), "the logo") == "svg+xml"
    assert pictures.kind_of(b'\xef\xbb\xbf<?xml version="1.0"?>\n' + DRAWING.encode(), "the logo") == "svg+xml"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no PNG, JPEG or SVG"),
        (b"GIF89a......", "no PNG, JPEG or SVG"),
        (b"%PDF-1.7", "no PNG, JPEG or SVG"),
        (b"<html><body>hello</body></html>", "no PNG, JPEG or SVG"),
        (b"<svg viewBox='0 0 1 1'/>", "no PNG, JPEG or SVG"),
        (raster("PNG")[:45], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 100, "damaged"),
        (SVG.format("<rect>").encode(), "damaged"),
        (b"x" * (pictures.MOST_BYTES + 1), "larger than 300 kB"),
        (raster("PNG", (pictures.MOST_PIXELS + 1, 1)), "larger than 4,000 pixels"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(content, said):
    with pytest.raises(UsageProblem, match=r"^the logo is ") as refused:
        pictures.kind_of(content, "the logo")
    assert said in str(refused.value)


@pytest.mark.parametrize("lenient", [True, False])
def test_half_a_picture_is_damaged_whatever_another_library_lets_pass(lenient, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    for kind in ("PNG", "JPEG"):
        content = raster(kind, (300, 200))
        with pytest.raises(UsageProblem, match="damaged"):
            pictures.kind_of(content[: len(content) // 2], "the logo")
    assert lenient == ImageFile.LOAD_TRUNCATED_IMAGES


def test_the_largest_picture_is_taken():
    assert pictures.kind_of(raster("PNG", (pictures.MOST_PIXELS, 1)), "the logo") == "png"
    room = pictures.MOST_BYTES - len(SVG.format("<desc></desc>"))
    assert pictures.kind_of(SVG.format(f"<desc>{'x' * room}</desc>").encode(), "the logo") == "svg+xml"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<a href="http://example.org/"><rect/></a>',
        '<image href="file:///etc/passwd"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://example.org/x.png"/>',
        '<rect xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a"/>',
        "<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>x</div></foreignObject>",
        '<use href="#a"/>',
        "<animate/>",
        '<rect fill="url(http://example.org/#a)"/>',
        '<rect style="fill: URL( file:///etc/passwd )"/>',
        '<rect style="fill: u\\72l(http://example.org)"/>',
        "<style>@import 'http://example.org/a.css';</style>",
        "<style>.a{fill:u<!-- -->rl(http://example.org/)}</style>",
        "<style>.a{fill:ur<title/>l(http://example.org/)}</style>",
        "<style>@font-face{src:url(data:font/woff2;base64,AA)}</style>",
        "<?xml-stylesheet href='http://example.org/a.css'?>",
        '<x xmlns="http://www.inkscape.org/"/>',
    ],
)
def test_an_svg_that_does_more_than_draw_is_refused(inside):
    with pytest.raises(UsageProblem, match="a picture may only draw"):
        pictures.kind_of(SVG.format(inside).encode(), "the logo")


def test_an_svg_that_multiplies_itself_is_refused():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format("<text>&b;</text>")
    with pytest.raises(UsageProblem, match="document type"):
        pictures.kind_of(bomb.encode(), "the logo")
    for inside in ("<g>" * 60 + "</g>" * 60, "<g/>" * pictures.MOST_PARTS):
        with pytest.raises(UsageProblem, match="parts"):
            pictures.kind_of(SVG.format(inside).encode(), "the logo")


def test_a_gradient_of_its_own_is_a_drawing():
    inside = '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><rect fill="url(#a)"/>'
    assert pictures.kind_of(SVG.format(inside).encode(), "the logo") == "svg+xml"


def test_a_picture_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UsageProblem, match="not there or cannot be read"):
        pictures.read(tmp_path / "logo.png", "the logo")
    with pytest.raises(UsageProblem, match="not there or cannot be read"):
        pictures.read(tmp_path, "the logo")
