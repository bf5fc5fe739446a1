"""Templates to HTML: one file, no address, no script but our own for lists of findings, every value escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseaudit.branding import PLAIN, Branding
from caseaudit.errors import TemplateProblem
from caseaudit.folders import TEMPLATES

if TYPE_CHECKING:
    from caseaudit.reporting.documents.sandbox import Environment

STYLES = ("screen.css", "print.css")
SCRIPT = "findings.js"


def html(template: str, view: Mapping[str, Any], branding: Branding = PLAIN) -> str:
    """A page.

    Args:
        template: its name.
        view: what it prints.
        branding: the service's own look.

    Raises:
        TemplateProblem: a template is missing, faulty, asks for something the report does not have, does what a
            template may not, or makes a page that needs more than itself.
    """
    from caseaudit.reporting.documents import faults, frame

    environment = _shipped() if branding.templates is None else _of(branding.templates)
    values = {**view, **_branded(branding), **_policy(view, branding)}
    try:
        page = environment.page(template, values)
    except Exception as fault:  # noqa: BLE001 - the expressions of a template may raise whatever they like
        raise TemplateProblem(faults.fault_sentence(fault, template, branding.templates)) from None
    if branding.templates is not None and (found := frame.reaches_out(page, values)):
        raise TemplateProblem(f"{branding.templates.name}/{template}: the page has {found}")
    return page


def parse(branding: Branding) -> None:
    """Look whether a service's own templates and style sheet are valid, before anything is read or worked out.

    Raises:
        TemplateProblem: one is not.
    """
    if branding.templates is None:
        return
    from caseaudit.reporting.documents import faults

    environment = _of(branding.templates)
    for path in sorted(branding.templates.rglob("*.j2")):
        name = path.relative_to(branding.templates).as_posix()
        try:
            environment.get_template(name)
        except Exception as fault:  # noqa: BLE001 - as in html
            raise TemplateProblem(faults.fault_sentence(fault, name, branding.templates)) from None
    style(branding)


@cache
def _shipped() -> Environment:
    return _of(None)


def _of(templates: Path | None) -> Environment:
    """The templates of a service over the shipped ones; not kept, for the files may change."""
    from caseaudit.reporting.documents import own
    from caseaudit.reporting.documents.sandbox import Environment

    environment = Environment(templates)
    environment.globals["inline"] = own.inliner(templates)
    return environment


def _branded(branding: Branding) -> dict[str, Any]:
    return {
        "organisation": branding.organisation,
        "logo": branding.logo,
        "prepared_by": branding.prepared_by,
        "signed_by": branding.signed_by,
    }


def _policy(view: Mapping[str, Any], branding: Branding) -> dict[str, Any]:
    """Style, script and the Content-Security-Policy that lets these two through and nothing else."""
    from markupsafe import Markup

    sheet = style(branding)
    script = (TEMPLATES / SCRIPT).read_text(encoding="utf-8") if view.get("listed") and not view["brief"] else ""
    allowed = ["default-src 'none'", f"style-src '{_digest(sheet)}'"]
    allowed += [f"script-src '{_digest(script)}'"] if script else []
    allowed += ["img-src data:", "base-uri 'none'", "form-action 'none'"]
    allowed += ["font-src data:"] if "data:font/" in sheet else []
    # Both are files of the program or checked by caseaudit.branding and own.style: none is data.
    return {"style": Markup(sheet), "script": Markup(script), "content_policy": Markup("; ".join(allowed))}  # noqa: S704


def style(branding: Branding = PLAIN) -> str:
    """The style sheets, screen first; @media in them says what is for print. The service's own colours and sheet last.

    Raises:
        TemplateProblem: the service's own sheet asks for something outside its folder.
    """
    from caseaudit.branding.colours import rules
    from caseaudit.reporting.documents import own

    sheets = [(TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES]
    sheets += [rules(branding.colours), own.style(branding.templates)]
    return "\n".join(filter(None, sheets))


def _digest(text: str) -> str:
    """As a Content-Security-Policy names what it lets through."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
