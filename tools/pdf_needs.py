"""Say what this machine lacks for PDF reports, one line for each thing and how to install it.

Exit code 0 either way: everything but the PDF works without it, and the program itself says "no PDF".
"""

import contextlib
import ctypes
import importlib
import io
import warnings
from types import ModuleType

PANGO = (
    "No PDF reports yet, Pango is missing. Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0 · Fedora: dnf install pango · macOS: brew install pango"
)
HARFBUZZ_SUBSET = (
    "PDF reports work, but WeasyPrint asks for HarfBuzz-Subset. Debian, Ubuntu: apt-get install libharfbuzz-subset0 · "
    "Fedora: dnf install harfbuzz · macOS: brew install harfbuzz"
)
FONTS = (
    "No PDF reports yet, no font is installed. Debian, Ubuntu: apt-get install fonts-dejavu-core fonts-inter · "
    "Fedora: dnf install dejavu-sans-fonts rsms-inter-fonts · macOS: brew install --cask font-inter"
)


def load_weasyprint_bindings() -> ModuleType | None:
    """Load the module that binds WeasyPrint to Pango; None where one of the libraries is missing."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # it warns about what we are about to say in our own words
        try:
            return importlib.import_module("weasyprint.text.ffi")
        except OSError:
            return None


class _FontSet(ctypes.Structure):
    """The head of fontconfig's FcFontSet (fontconfig.h)."""

    _fields_ = (("count", ctypes.c_int),)


def count_fonts(library: str = "libfontconfig.so.1") -> int | None:
    """Count the fonts fontconfig knows, as Pango sees them; None where fontconfig goes by another name (macOS)."""
    try:
        fontconfig = ctypes.CDLL(library)
    except OSError:
        return None
    fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
    fontconfig.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
    current, system_fonts = None, 0
    fonts = fontconfig.FcConfigGetFonts(current, system_fonts)
    return int(fonts.contents.count) if fonts else 0


def missing_for_pdf() -> list[str]:
    """Name what is missing for PDF reports, in sentences ready to print; empty when nothing is."""
    lines = []
    bindings = load_weasyprint_bindings()
    if bindings is None:
        lines.append(PANGO)
    elif bindings.harfbuzz_subset is None:
        lines.append(HARFBUZZ_SUBSET)
    if count_fonts() == 0:
        lines.append(FONTS)
    return lines


if __name__ == "__main__":
    for line in missing_for_pdf():
        print(line)
