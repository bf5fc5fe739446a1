"""What is said when a template fails: one sentence with file and line, which never quotes a value of the report."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
from jinja2.exceptions import SecurityError

from caseaudit.errors import TemplateProblem
from caseaudit.reporting.documents import folders
from caseaudit.reporting.documents.sandbox import TooMuch


def fault_sentence(fault: Exception, template: str, folder: Path | None) -> str:
    """A fault of a template in one sentence, with file and line; it never quotes a value of the report.

    Args:
        fault: as raised in rendering.
        template: the page's own template.
        folder: the service's folder; None for the shipped templates.
    """
    if isinstance(fault, jinja2.TemplateSyntaxError):
        name = fault.filename or fault.name or template
        return f"{name}, line {fault.lineno}: the template is not valid: {str(fault.message).rstrip('.')}."
    place, line = _place(fault, template, folder)
    return f"{place}: {_said(fault, line, folder)}"


def _said(fault: Exception, line: str, folder: Path | None) -> str:
    said = f"the report could not be made ({type(fault).__name__})."
    if isinstance(fault, TemplateProblem):
        said = str(fault)
    elif isinstance(fault, jinja2.TemplateNotFound):
        name = f"there is no template '{fault.name}'" if str(fault.name) in line else "there is no such template"
        said = f"{name}{f' in the folder {folder.name}' if folder is not None else ''}, nor among the shipped ones."
    elif isinstance(fault, TooMuch):
        said = f"the template does not come to an end: {fault.message}."
    elif isinstance(fault, SecurityError):
        said = "a template may not do this; it has the values of the report and nothing of the program."
    elif isinstance(fault, jinja2.UndefinedError):
        # The name is told where the template itself has it; it may as well be a value of the report.
        named = [name for name in re.findall(r"'([^']+)'", str(fault)) if re.search(rf"\b{re.escape(name)}\b", line)]
        said = f"the report has no '{named[-1]}'." if named else "the report has no such value."
    elif isinstance(fault, RecursionError):
        said = "the template does not come to an end: it goes on into itself."
    return said


def _place(fault: Exception, template: str, folder: Path | None) -> tuple[str, str]:
    """File and line of a template where a fault arose, in words, and the text of that line."""
    found: tuple[str, int] | None = None
    trace = fault.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            found = name, trace.tb_lineno
        trace = trace.tb_next
    if found is None:
        return template, f"'{template}'"
    name, number = found
    own = folder is not None and name.startswith(f"{folder.name}/")
    looked_up = folders.template(folder, name.removeprefix(f"{folder.name}/") if own and folder is not None else name)
    try:
        lines = looked_up[0].read_text(encoding="utf-8").splitlines() if looked_up else []
    except (OSError, UnicodeDecodeError):
        lines = []
    return f"{name}, line {number}", lines[number - 1] if 0 < number <= len(lines) else ""
