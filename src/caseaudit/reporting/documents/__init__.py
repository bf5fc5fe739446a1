"""Documents people read: one view and one template per kind, printed from a Publication and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from caseaudit.branding import PLAIN, Branding
from caseaudit.branding.colours import chart_colours
from caseaudit.errors import UsageProblem
from caseaudit.model import Report
from caseaudit.publication import Publication
from caseaudit.reporting.documents.embedding import findings_fit, tables
from caseaudit.reporting.documents.pdf import pdf_possible
from caseaudit.reporting.documents.pieces import Depth

KINDS = ("assurance", "appendix", "board", "action", "worker")
"""The kinds of documents there are."""

OUTWARD = frozenset({"appendix", "board"})
"""Kinds that leave the team: printed from what a commissioner may know, whoever asks for them."""

INWARD = frozenset({"action", "worker"})
"""Kinds that say who must do what, by name."""

DEPTHS = {
    "html": Depth(findings=200, full=99, bars=20, brief=False, budget=3_000, teams=50),
    "pdf": Depth(findings=3, full=1, bars=12, brief=True, rows=7, teams=6),
    "pdf, commissioner": Depth(findings=0, full=1, bars=12, brief=True, rows=7, teams=6),
}
"""A PDF is read through, and each of its table cells costs about a millisecond; a page on screen is looked up in."""


def refuse(kinds: Iterable[str], audience: str) -> None:
    """Refuse kinds that name people to an audience that may not know them.

    Raises:
        UsageProblem: there is such a kind.
    """
    if audience != "internal" and (named := [kind for kind in kinds if kind in INWARD]):
        raise UsageProblem(f"The {named[0]} report names cases and workers: it is for the internal audience only.")


def parse_templates(branding: Branding) -> None:
    """Look whether a service's own templates are valid; what only shows in printing is said then.

    Raises:
        TemplateProblem: one is not.
    """
    from caseaudit.reporting.documents import pages

    pages.parse(branding)


Evidence = Callable[[str, Publication], Sequence[Report]]
"""Makes the files that go into the PDF of a kind, from what its reader may know."""


def no_evidence(_kind: str, _publication: Publication) -> Sequence[Report]:
    """A PDF without any file in it."""
    return ()


def render(
    publication: Publication,
    kind: str,
    formats: Collection[str],
    evidence: Evidence = no_evidence,
    branding: Branding = PLAIN,
) -> list[Report]:
    """A document in the formats asked for.

    Args:
        publication: what the audience may know.
        kind: one of KINDS.
        formats: of html, pdf and (for the appendix) docx; others are passed over.
        evidence: makes what the PDF carries inside it.
        branding: the service's own look and templates.

    Raises:
        TemplateProblem: a template is faulty, or no PDF can be made on this machine.
        UsageProblem: the kind is for those inside and the audience is not.
    """
    from importlib import import_module

    from caseaudit.reporting.documents import embedding, pages
    from caseaudit.reporting.documents.pdf import pdf

    refuse([kind], publication.audience)
    if kind in OUTWARD and publication.audience == "internal":
        if publication.outward is None:
            raise ValueError(f"the {kind} report leaves the house, and it was not published what may leave it")
        publication = publication.outward
    maker = import_module(f"caseaudit.reporting.documents.{kind}")
    reports = []
    own = chart_colours(branding.colours)
    if "html" in formats:
        page = pages.html(maker.TEMPLATE, maker.view(publication, replace(DEPTHS["html"], colours=own)), branding)
        reports.append(Report(f"{maker.NAME}.html", page.encode()))
    if "pdf" in formats:
        depth = DEPTHS["pdf"] if publication.audience == "internal" else DEPTHS["pdf, commissioner"]
        files = evidence(kind, publication)
        inside = {"embedded": embedding.sentence(publication, kind, files)}
        view = maker.view(publication, replace(depth, colours=own))
        page = pages.html(maker.TEMPLATE, {**view, **inside}, branding)
        reports.append(Report(f"{maker.NAME}.pdf", pdf(page, embedding.embedded(files), publication.as_at)))
    if "docx" in formats and kind == "appendix":
        from caseaudit.reporting.documents.word import word

        content = word(maker.view(publication, DEPTHS["pdf"]), publication.as_at, branding)
        reports.append(Report(f"{maker.NAME}.docx", content))
    return reports


__all__ = [
    "INWARD",
    "KINDS",
    "OUTWARD",
    "findings_fit",
    "parse_templates",
    "pdf_possible",
    "refuse",
    "render",
    "tables",
]
