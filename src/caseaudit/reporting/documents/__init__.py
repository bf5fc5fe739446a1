"""Documents people read: one view and one template per kind, printed from a Publication and nothing else."""

from __future__ import annotations

from collections.abc import Collection

from caseaudit.errors import UsageProblem
from caseaudit.model import Report
from caseaudit.publication import Publication
from caseaudit.reporting.documents.pdf import pdf_possible
from caseaudit.reporting.documents.pieces import Depth

KINDS = ("assurance", "appendix", "board", "action", "worker")
"""The kinds of documents there are."""

OUTWARD = frozenset({"appendix", "board"})
"""Kinds that leave the team: printed from what a commissioner may know, whoever asks for them."""

INWARD = frozenset({"action", "worker"})
"""Kinds that say who must do what, by name."""

DEPTHS = {
    "html": Depth(findings=200, full=99, bars=99, brief=False, budget=3_000),
    "pdf": Depth(findings=5, full=1, bars=15, brief=True, rows=7),
    "pdf, commissioner": Depth(findings=0, full=1, bars=15, brief=True, rows=7),
}
"""A PDF is read through, and each of its table cells costs about a millisecond; a page on screen is looked up in."""


def render(publication: Publication, kind: str, formats: Collection[str]) -> list[Report]:
    """A document in the formats asked for.

    Args:
        publication: what the audience may know.
        kind: one of KINDS.
        formats: of html, pdf and (for the appendix) docx; others are passed over.

    Raises:
        TemplateProblem: a template is faulty, or no PDF can be made on this machine.
        UsageProblem: the kind is for those inside and the audience is not.
    """
    from importlib import import_module

    from caseaudit.reporting.documents import pages
    from caseaudit.reporting.documents.pdf import pdf

    if kind in OUTWARD and publication.outward is not None:
        publication = publication.outward
    if kind in INWARD and publication.audience != "internal":
        raise UsageProblem(f"The {kind} report names cases and workers: it is for the internal audience only.")
    maker = import_module(f"caseaudit.reporting.documents.{kind}")
    reports = []
    if "html" in formats:
        page = pages.html(maker.TEMPLATE, maker.view(publication, DEPTHS["html"]))
        reports.append(Report(f"{maker.NAME}.html", page.encode()))
    if "pdf" in formats:
        depth = DEPTHS["pdf"] if publication.audience == "internal" else DEPTHS["pdf, commissioner"]
        page = pages.html(maker.TEMPLATE, maker.view(publication, depth))
        reports.append(Report(f"{maker.NAME}.pdf", pdf(page)))
    if "docx" in formats and kind == "appendix":
        from caseaudit.reporting.documents.word import word

        reports.append(Report(f"{maker.NAME}.docx", word(maker.view(publication, DEPTHS["pdf"]), publication.as_at)))
    return reports


__all__ = ["KINDS", "pdf_possible", "render"]
