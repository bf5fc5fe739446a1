"""Templates to HTML: one file, no address, no script but our own for lists of findings, every value escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from caseaudit.errors import TemplateProblem
from caseaudit.folders import TEMPLATES

if TYPE_CHECKING:
    import jinja2

STYLES = ("screen.css", "print.css")
SCRIPT = "findings.js"


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    # The bundled templates end in .j2, which select_autoescape does not know: everything is escaped.
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["svg"] = _svg
    return environment


def _svg(text: str) -> Any:
    """A chart of our own, whose every text has been escaped in drawing it."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - see above


def style() -> str:
    """The style sheets, screen first; @media in them says what is for print."""
    return "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES)


def _digest(text: str) -> str:
    """As a Content-Security-Policy names what it lets through."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def html(template: str, view: Mapping[str, Any]) -> str:
    """A page.

    Raises:
        TemplateProblem: the template is missing or faulty, or asks for something the report does not have.
    """
    import jinja2

    sheet = style()
    script = (TEMPLATES / SCRIPT).read_text(encoding="utf-8") if view.get("listed") and not view["brief"] else ""
    own = {"style": sheet, "style_hash": _digest(sheet), "script": script, "script_hash": _digest(script)}
    try:
        return _environment().get_template(template).render(**view, **own)
    except jinja2.TemplateSyntaxError as fault:
        raise TemplateProblem(f"{fault.name}, line {fault.lineno}: the template is not valid.") from None
    except jinja2.TemplateError as fault:
        raise TemplateProblem(f"{template}: the report could not be made ({type(fault).__name__}).") from None
