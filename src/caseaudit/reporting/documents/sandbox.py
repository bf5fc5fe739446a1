"""Templates as they may run: every value escaped, nothing reached but what the report gives, and no work without end.

A service's own templates are somebody else's code. They see the values of a report and the tags and filters of Jinja;
they cannot open a file, reach an address, look into the program, or print a value that is not escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import do_replace
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from caseaudit.reporting.documents import folders
from caseaudit.reporting.documents.typesetting import as_written, held_together

MOST_STEPS = 5_000_000
"""Rounds of loops and calls of macros in one page; the supervision sheets of 5,000 workers take a tenth."""

MOST_LETTERS = 50_000_000

LONGEST_TEXT = 1_000_000
"""Letters of one text that a template puts together."""

_NO_FILTERS = ("safe", "urlize", "xmlattr", "tojson", "random", "pprint", "center", "format", "indent", "wordwrap")
"""Filters that print unescaped, make links of data, give another page each time, or widen a text without bound."""

_NO_METHODS = frozenset(
    {"ljust", "rjust", "center", "zfill", "expandtabs", "format", "format_map", "unescape", "replace"}
)


class TooMuch(jinja2.TemplateRuntimeError):
    """A template does more work than a page can need."""


class Environment(ImmutableSandboxedEnvironment):
    """Jinja for one page: a service's own templates over the shipped ones."""

    intercepted_binops = frozenset({"*", "**", "+"})

    def __init__(self, own: Path | None) -> None:
        # The templates end in .j2, which select_autoescape does not know: everything is escaped.
        super().__init__(
            loader=_Loader(own),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=held_together,
        )
        for name in _NO_FILTERS:
            del self.filters[name]
        for name in ("lipsum", "cycler", "joiner"):
            del self.globals[name]
        self.filters |= {"_counted": self._counted, "_bounded": bounded, "replace": replaced, "as_written": as_written}
        self.steps = 0

    def page(self, name: str, view: dict[str, Any]) -> str:
        """Render a template, counting its steps.

        Raises:
            TooMuch: it goes on for longer than a page can need.
            jinja2.TemplateError: it is missing or faulty; and whatever else its expressions raise.
        """
        self.steps = 0
        parts: list[str] = []
        letters = 0
        for part in self.get_template(name).generate(view):
            letters += len(part)
            if letters > MOST_LETTERS:
                raise TooMuch(f"the page has more than {MOST_LETTERS:,} letters")
            parts.append(part)
        return "".join(parts)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooMuch(f"more than {MOST_STEPS:,} rows of loops and calls in one page")

    def _counted(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            self._step()
            yield row

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for off in tree.find_all(nodes.EvalContextModifier):
            raise jinja2.TemplateSyntaxError("escaping cannot be switched off", off.lineno, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "_counted", [], [], None, None, lineno=loop.lineno)
        bounding: nodes.Template = _Bounding().visit(tree)
        bounding.set_environment(self)
        return bounding

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro or function, as Jinja asks for it."""
        self._step()
        if isinstance(getattr(obj, "__self__", None), str) and getattr(obj, "__name__", "") in _NO_METHODS:
            raise SecurityError("a text may not be formatted or widened by a method")
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Add or multiply, as Jinja asks for it; multiply numbers alone: a text times a number has no bound."""
        if operator == "+":
            return bounded(super().call_binop(context, operator, left, right))
        if not all(isinstance(side, int | float) and abs(side) < 1e9 for side in (left, right)):
            raise SecurityError("only numbers can be multiplied")
        if operator == "**" and abs(right) > 16:
            raise TooMuch("a number would grow without bound")
        return super().call_binop(context, operator, left, right)


def bounded(text: Any) -> Any:
    """The same text, or whatever it is, if it is not too long."""
    if isinstance(text, str | list) and len(text) > LONGEST_TEXT:
        raise TooMuch(f"a text of more than {LONGEST_TEXT:,} letters")
    return text


@jinja2.pass_eval_context
def replaced(context: nodes.EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    """Jinja's replace, for texts of a bounded length."""
    if (len(str(text)) + 1) * (len(str(new)) + 1) > LONGEST_TEXT:
        raise TooMuch(f"a text of more than {LONGEST_TEXT:,} letters")
    return do_replace(context, text, old, new, count)


class _Bounding(NodeTransformer):
    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - named after the node
        self.generic_visit(node)
        return nodes.Filter(node, "_bounded", [], [], None, None, lineno=node.lineno)


class _Loader(jinja2.BaseLoader):
    def __init__(self, own: Path | None) -> None:
        self.own = own

    def get_source(self, _environment: jinja2.Environment, template: str) -> tuple[str, str, Any]:
        found = folders.template(self.own, template)
        if found is None:
            raise jinja2.TemplateNotFound(template)
        path, called = found
        try:
            with path.open("rb") as file:
                content = file.read(folders.MOST_BYTES + 1)
            if len(content) > folders.MOST_BYTES:
                raise jinja2.TemplateSyntaxError(f"it is larger than {folders.MOST_BYTES:,} bytes", 1, called, called)
            return content.decode("utf-8-sig"), called, None
        except OSError:
            raise jinja2.TemplateNotFound(template) from None
        except UnicodeDecodeError:
            raise jinja2.TemplateSyntaxError("it is not UTF-8 text", 1, called, called) from None
