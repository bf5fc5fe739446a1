"""What WeasyPrint leaves undone for a PDF that is PDF/A-3a and PDF/UA-1 at once, put right before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file inside a PDF.

    Attributes:
        about: what it is, in a few words.
        relationship: what it is to the document (ISO 32000-2, 7.11.3).
    """

    name: str
    content: bytes
    about: str
    relationship: Literal["Data", "Source", "Supplement"] = "Data"


UA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
"""PDF/UA-1 in the metadata. PDF/A knows no such property, so its schema must stand beside it (ISO 19005-3, 6.6.2.3)."""

END = b"</rdf:RDF>"


def finish(_: Any, pdf: Any) -> None:
    """The last hand on a PDF, as WeasyPrint's `finisher`: PDF/UA-1 beside PDF/A-3a, scopes of header cells.

    Args:
        pdf: the pydyf.PDF, complete but for its trailer; changed in place.
    """
    _name_both(pdf)
    _scope(pdf)
    _associate_once(pdf)


def _at(pdf: Any, reference: bytes | str) -> Any:
    """The object a reference like "12 0 R" leads to."""
    return pdf.objects[int(reference.split()[0])]


def _name_both(pdf: Any) -> None:
    metadata = _at(pdf, pdf.catalog["Metadata"])
    text = b"\n".join(metadata.stream)
    before, end, after = text.partition(END)
    metadata.stream = [before + UA + end + after]
    metadata.compress = False  # archives look for it without unpacking anything


def _scope(pdf: Any) -> None:
    """A header cell says whether it heads its column or its row: screen readers need it (PDF/UA-1, 7.5)."""
    for cell in pdf.objects:
        if isinstance(cell, dict) and cell.get("S") == "/TH":
            group = _at(pdf, _at(pdf, cell["P"])["P"])
            cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _associate_once(pdf: Any) -> None:
    """WeasyPrint lists an embedded file twice among the associated ones, once for each way it finds it."""
    if "AF" in pdf.catalog:
        files = pdf.catalog["AF"]
        files[:] = dict.fromkeys(files)
