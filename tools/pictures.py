"""Page images of the reports on the sample service, for the README and for whoever changes a template to look at.

python tools/pictures.py            write docs/images/*.png anew
"""

import datetime as dt
import sys
from pathlib import Path
from typing import Literal

HOME = Path(__file__).resolve().parent.parent
IMAGES = HOME / "docs" / "images"
AS_AT = dt.date(2026, 10, 31)
SERVICE = "Fenmoor Community Mental Health Partnership (invented)"
KEY = bytes(range(32))
REPORTS: tuple[tuple[str, Literal["internal", "commissioner"], int], ...] = (
    ("assurance", "commissioner", 3),
    ("board", "commissioner", 2),
    ("appendix", "commissioner", 2),
    ("action", "internal", 2),
    ("worker", "internal", 2),
)
"""Kind, audience, and how many of its first pages are shown."""


def main() -> int:
    """Write the images; say how many."""
    import pypdfium2  # noqa: PLC0415 - heavy, and only for this

    from caseaudit import disclosure, pipeline  # noqa: PLC0415
    from caseaudit.folders import SAMPLE  # noqa: PLC0415
    from caseaudit.reporting import documents  # noqa: PLC0415

    IMAGES.mkdir(parents=True, exist_ok=True)
    for old in IMAGES.glob("*.png"):
        old.unlink()
    audit = pipeline.audit(pipeline.Request((SAMPLE / "exports",), AS_AT, service=SERVICE))
    written = 0
    for kind, audience, most in REPORTS:
        publication = disclosure.publish(audit, audience, audience, KEY)
        (report,) = documents.render(publication, kind, {"pdf"})
        pages = pypdfium2.PdfDocument(report.content)  # type: ignore[no-untyped-call]
        for number in range(min(most, len(pages))):
            picture = pages[number].render(scale=1.2).to_pil().convert("RGB").quantize(64, dither=0)
            picture.save(IMAGES / f"{kind}-{number + 1}.png", optimize=True)
            written += 1
    print(f"{written} page images in {IMAGES.relative_to(HOME)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
