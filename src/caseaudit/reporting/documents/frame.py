"""What a page made by somebody else's template must not have, and what it must."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from caseaudit.reporting.documents.own import SHEET

_FETCHING = frozenset({"src", "srcset", "poster", "data", "action", "formaction", "background", "href", "xlink:href"})
_ACTING = frozenset(
    {"iframe", "frame", "object", "embed", "link", "base", "form", "audio", "video", "applet", "portal"}
)


class _Page(HTMLParser):
    def __init__(self, script: str) -> None:
        super().__init__()
        self.script, self.inside_script = script, False
        self.policies: list[str] = []
        self.marks: set[str] = set()
        self.fault = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside_script = tag == "script"
        self.marks.add(given.get("id", ""))
        if tag in _ACTING or (tag == "script" and given):
            self.fault = self.fault or f"<{tag}>: a report is one file that does nothing by itself."
        if tag == "meta" and "http-equiv" in given:
            self.policies.append(given.get("content", ""))
        for name, value in given.items():
            if name.startswith("on") or name == "style":
                self.fault = self.fault or f"the attribute {name} of <{tag}>: put looks into {SHEET}."
            elif name in _FETCHING and not value.startswith(("#", "data:image/")):
                self.fault = self.fault or (
                    f"an address in {name} of <{tag}>: a report needs nothing but itself. Put in a picture of the "
                    "folder with inline('name.png'); links lead to places in the report, as #annex does."
                )

    def handle_endtag(self, tag: str) -> None:
        self.inside_script = self.inside_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.inside_script and data.strip() != self.script.strip():
            self.fault = self.fault or "a script of its own: a report runs none but the program's."


def reaches_out(page: str, values: Mapping[str, Any]) -> str:
    """What of a page would ask for something outside it, act, or leave out what every report says; blank for nothing.

    Args:
        page: as rendered.
        values: what it was rendered from.
    """
    read = _Page(str(values["script"]))
    read.feed(page)
    read.close()
    if read.policies != [str(values["content_policy"])] or not {"running-mark", "main"} <= read.marks:
        return "not the frame of every report (its content policy and its audience mark): extend shipped/base.html.j2."
    return read.fault
