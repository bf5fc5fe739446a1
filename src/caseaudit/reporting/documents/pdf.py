"""HTML to a tagged PDF (PDF/UA-1), without reaching for anything outside the page."""

from __future__ import annotations

import ctypes
import hashlib
import logging
import warnings
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from io import StringIO
from typing import Any

from caseaudit.errors import TemplateProblem

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


def pdf(page: str) -> bytes:
    """A page as PDF/UA-1: the same bytes for the same page.

    Raises:
        TemplateProblem: no PDF can be made on this machine, or the page asks for something outside itself.
    """
    if why := pdf_possible():
        raise TemplateProblem(why)
    weasyprint: Any = import_module("weasyprint")  # it has no types

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    document = weasyprint.HTML(string=page, url_fetcher=fetcher)
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return content
