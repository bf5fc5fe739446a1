"""Pictures a service gives: told by their content, bounded in size, and with nothing in them that acts or fetches."""

from __future__ import annotations

import io
import re
import warnings
import zlib
from pathlib import Path
from xml.parsers import expat

from caseaudit.errors import UsageProblem

MOST_BYTES = 300_000
MOST_PIXELS = 4_000
MOST_PARTS = 5_000
MOST_DEEP = 40

_SVG = "http://www.w3.org/2000/svg"
_DRAWN = frozenset(
    {
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title",
        "desc", "defs", "linearGradient", "radialGradient", "stop", "clipPath", "style",
    }
)  # fmt: skip
"""What an SVG may be made of: shapes, text and gradients. Nothing that acts, links, fetches or repeats itself."""


def read(path: Path, called: str) -> tuple[str, bytes]:
    """A picture's kind (png, jpeg or svg+xml) and its bytes.

    Args:
        path: the file.
        called: what a message calls it.

    Raises:
        UsageProblem: it is missing, too large, no picture, or an SVG that does more than draw.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        raise UsageProblem(f"{called} is not there or cannot be read.") from None
    return kind_of(content, called), content


def kind_of(content: bytes, called: str) -> str:
    """What a picture is, by its content; the refusals of `read`."""
    if len(content) > MOST_BYTES:
        raise UsageProblem(f"{called} is larger than {MOST_BYTES // 1000} kB. Save it smaller.")
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _raster(content, called)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        _Drawing(called).read(content)
        return "svg+xml"
    raise UsageProblem(f"{called} is no PNG, JPEG or SVG picture. Save it as one of these.")


def _raster(content: bytes, called: str) -> str:
    from PIL import Image, ImageFile

    # WeasyPrint lets half a picture pass, for the whole process.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            warnings.simplefilter("ignore")
            if max(image.size) > MOST_PIXELS:
                raise UsageProblem(f"{called} is larger than {MOST_PIXELS:,} pixels. Save it smaller.")
            kind = str(image.format).lower()
            image.load()
    except (OSError, SyntaxError, ValueError, zlib.error, Image.DecompressionBombError):
        raise UsageProblem(f"{called} is damaged: it cannot be read as a picture. Save it anew.") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return kind


class _Drawing:
    """Reads an SVG and refuses what is more than a drawing."""

    def __init__(self, called: str) -> None:
        self.called = called
        self.parts = 0
        self.depth = 0
        self.style: list[str] | None = None

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = lambda *_: self._refuse("a document type")
        parser.ProcessingInstructionHandler = lambda *_: self._refuse("a processing instruction")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise UsageProblem(f"{self.called} is damaged: it is no valid SVG. Save it anew.") from None

    def _refuse(self, what: str) -> None:
        raise UsageProblem(
            f"{self.called} has {what} in it, and a picture may only draw. Save it as plain SVG, or as PNG."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.parts += 1
        self.depth += 1
        space, _, local = name.rpartition(" ")
        if self.parts == 1 and (space, local) != (_SVG, "svg"):
            raise UsageProblem(f"{self.called} is no PNG, JPEG or SVG picture. Save it as one of these.")
        if self.parts > MOST_PARTS or self.depth > MOST_DEEP:
            raise UsageProblem(
                f"{self.called} has more than {MOST_PARTS:,} parts, or {MOST_DEEP} in one another. "
                "Save it simpler, or as PNG."
            )
        if space != _SVG or local not in _DRAWN or self.style is not None:
            self._refuse("other things than shapes and text")
        self.style = [] if local == "style" else None
        for attribute, value in attributes.items():
            if attribute.rpartition(" ")[2].lower().startswith(("on", "href", "src")):
                self._refuse("links or scripts")
            self._fetches(value)

    def _end(self, _name: str) -> None:
        self.depth -= 1
        if self.style is not None:
            rules = "".join(self.style)
            self.style = None
            self._fetches(rules)
            if "@" in rules:
                self._refuse("a style that may fetch something")

    def _text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def _fetches(self, value: str) -> None:
        """A value may point to another part of the same drawing, and nowhere else."""
        apart = re.sub(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)", "", value, flags=re.IGNORECASE)
        if re.search(r"url\s*\(|\\|javascript:|data:|://|image\s*\(|image-set", apart, flags=re.IGNORECASE):
            self._refuse("an address")
