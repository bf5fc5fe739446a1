"""What a reader sees of the sample pack, word for word.

A change here is a change in what somebody signs: read the difference, and if it is meant, write the new text with
`make test ARGS="tests/golden --snapshot-update"`, and a line in CHANGELOG.md ("Changed limits" if an outcome moved).
"""

from __future__ import annotations

import datetime as dt
import io
from html.parser import HTMLParser
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from caseaudit import disclosure, pipeline
from caseaudit.cli import terminal
from caseaudit.folders import SAMPLE
from caseaudit.model import Audit
from caseaudit.reporting import documents

AS_AT = dt.date(2026, 10, 31)
KEY = bytes(range(32))


class VisibleText(HTMLParser):
    """The words of a page in the order a reader meets them, a line per block; styles and scripts left out."""

    BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "li", "tr", "dt", "dd", "caption", "figcaption", "summary", "div"})
    HIDDEN = frozenset({"style", "script", "head", "svg"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in self.HIDDEN
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.HIDDEN

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.lines[-1] = f"{self.lines[-1]} {' '.join(data.split())}".strip()


def visible(html: bytes) -> str:
    parser = VisibleText()
    parser.feed(html.decode())
    return "\n".join(line for line in parser.lines if line)


@pytest.fixture(scope="module")
def audit() -> Audit:
    found = pipeline.audit(pipeline.Request((SAMPLE / "exports",), AS_AT, service="The sample service"))
    # Versions of libraries are in the manifest, and no reader's concern.
    return Audit(**{**vars(found), "versions": {"caseaudit": "golden"}})


def test_what_each_check_came_to(audit: Audit, snapshot: SnapshotAssertion) -> None:
    lines = [
        f"{r.code:6} {r.status.value:14} {r.population:6} = {r.met:6} met {r.breach:6} breach {r.not_evidenced:6} blank"
        for r in audit.results
    ]
    assert "\n".join(lines) == snapshot


def test_the_terminal_summary(audit: Audit, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    written = io.StringIO()
    monkeypatch.setattr(terminal, "console", lambda **_: Console(file=written, width=80, markup=False, highlight=False))
    terminal.summary(audit, Path("/somewhere/pack"), ["report.html", "report.pdf"], [])
    text = written.getvalue()
    assert len(text.splitlines()) <= 24
    assert text == snapshot


@pytest.mark.parametrize("kind", ["assurance", "appendix"])
@pytest.mark.parametrize("audience", ["internal", "commissioner"])
def test_the_words_of_a_report(
    audit: Audit, kind: str, audience: pipeline.Audience, snapshot: SnapshotAssertion
) -> None:
    publication = disclosure.publish(audit, audience, audience, KEY)
    (page,) = documents.render(publication, kind, {"html"})
    assert visible(page.content) == snapshot
