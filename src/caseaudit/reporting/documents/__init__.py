"""Documents people read: one view and one template per kind, printed from a Publication and nothing else."""

from __future__ import annotations

from collections.abc import Collection

from caseaudit.model import Report
from caseaudit.publication import Publication
from caseaudit.reporting.documents.pdf import pdf_possible
from caseaudit.reporting.documents.pieces import Depth

KINDS = ("assurance", "appendix")
"""The kinds of documents there are."""

OUTWARD = frozenset({"appendix"})
"""Kinds that leave the house: printed from what a commissioner may know, whoever asks for them."""

DEPTHS = {
    "html": Depth(findings=50, full=99, bars=99, brief=False),
    "pdf": Depth(findings=10, full=2, bars=20, brief=True),
    "pdf, commissioner": Depth(findings=0, full=1, bars=20, brief=True),
}
"""A PDF is read through, and each of its table cells costs about a millisecond; a page on screen is looked up in."""


def render(publication: Publication, kind: str, formats: Collection[str]) -> list[Report]:
    """A document in the formats asked for.

    Args:
        publication: what the audience may know.
        kind: one of KINDS.
        formats: of html and pdf; others are passed over.

    Raises:
        TemplateProblem: a template is faulty, or no PDF can be made on this machine.
    """
    from importlib import import_module

    from caseaudit.reporting.documents import pages
    from caseaudit.reporting.documents.pdf import pdf

    if kind in OUTWARD and publication.outward is not None:
        publication = publication.outward
    maker = import_module(f"caseaudit.reporting.documents.{kind}")
    reports = []
    if "html" in formats:
        page = pages.html(maker.TEMPLATE, maker.view(publication, DEPTHS["html"]))
        reports.append(Report(f"{maker.NAME}.html", page.encode()))
    if "pdf" in formats:
        depth = DEPTHS["pdf"] if publication.audience == "internal" else DEPTHS["pdf, commissioner"]
        page = pages.html(maker.TEMPLATE, maker.view(publication, depth))
        reports.append(Report(f"{maker.NAME}.pdf", pdf(page)))
    return reports


__all__ = ["KINDS", "pdf_possible", "render"]
