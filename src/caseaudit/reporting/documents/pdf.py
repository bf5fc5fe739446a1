"""HTML to a PDF that is PDF/A-3a and PDF/UA-1 at once, without reaching for anything outside the page."""

from __future__ import annotations

import ctypes
import datetime as dt
import gc
import hashlib
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from functools import cache
from importlib import import_module
from io import BytesIO, StringIO
from typing import Any

from caseaudit.errors import TemplateProblem
from caseaudit.reporting.documents.archival import Embedded, finish

NO_PANGO = (
    "No PDF: Pango is missing. Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora: dnf install pango; macOS: brew install pango."
)
NO_FONTS = (
    "No PDF: no font is installed. Debian, Ubuntu: apt-get install fonts-dejavu-core; Fedora: dnf install "
    "dejavu-sans-fonts."
)


@cache
def pdf_possible() -> str | None:
    """Why no PDF can be made on this machine, in one sentence that says what to install; None when it can."""
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")  # WeasyPrint warns of what this function says in our own words
            import weasyprint  # noqa: F401
    except OSError:
        return NO_PANGO
    return NO_FONTS if _fonts() == 0 else None


def _fonts() -> int | None:
    """Fonts that fontconfig knows; None where fontconfig goes by another name than on Linux."""

    class FontSet(ctypes.Structure):
        _fields_ = (("count", ctypes.c_int),)

    try:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return None
    fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(FontSet)
    fontconfig.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
    fonts = fontconfig.FcConfigGetFonts(None, 0)
    return int(fonts.contents.count) if fonts else 0


_SELDOM = (50_000, 20, 100)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage in cycles seldom, and not among what was there before.

    A layout makes millions of small objects, and each look would go over all that the audit holds besides: a seventh of
    the time of a PDF.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def pdf(page: str, embedded: Sequence[Embedded] = (), day: dt.date = dt.date.min) -> bytes:
    """A page as PDF/A-3a and PDF/UA-1: the same bytes for the same page and files.

    Args:
        page: HTML.
        embedded: files that go with it, whatever their order.
        day: the day they are dated, so that no clock is read.

    Raises:
        TemplateProblem: no PDF can be made on this machine, or the page asks for something outside itself.
    """
    if why := pdf_possible():
        raise TemplateProblem(why)
    weasyprint: Any = import_module("weasyprint")  # it has no types

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    document = weasyprint.HTML(string=page, url_fetcher=fetcher)
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
    files = [
        weasyprint.Attachment(
            file_obj=BytesIO(file.content), name=file.name, description=file.about, relationship=file.relationship,
            created=midnight, modified=midnight,
        )
        for file in sorted(embedded, key=lambda file: file.name)  # a name tree is sorted (ISO 32000-1, 7.9.6)
    ]  # fmt: skip
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    with warnings.catch_warnings(), _seldom_collected():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        content: bytes = document.write_pdf(
            pdf_variant="pdf/a-3a", pdf_identifier=identifier, attachments=files, finisher=finish
        )
    return content
