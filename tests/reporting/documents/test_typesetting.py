"""Figures stay with their units and dates stay whole, on every page and in Word, and nowhere else."""

from __future__ import annotations

import io

import docx
import pytest
from markupsafe import Markup

from caseaudit.reporting import documents
from caseaudit.reporting.documents import typesetting

HARD = "\u00a0"


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("9.2 % of posts", "9.2~% of posts"),
        ("85 %, more than 99 %.", "85~%, more than 99~%."),
        ("1,204 days, 1 day, 1 WTE, 60 points", "1,204~days, 1~day, 1~WTE, 60~points"),
        ("31 October 2026 to 1 Nov 2026", "31~October~2026 to 1~Nov~2026"),
        ("Tasks.csv, row 35; tomorrow 35", "Tasks.csv, row~35; tomorrow 35"),
        ("in Oct 2026, may be in May or March", "in Oct~2026, may be in May or March"),
        ("on 3 May", "on 3~May"),
        ("3 maybe", "3 maybe"),
        ("5 working days", "5 working days"),
        ("5 daylight lamps", "5 daylight lamps"),
        ("team 131 Octoberfest", "team 131 Octoberfest"),
        ("C-31 2026", "C-31 2026"),
        ("", ""),
    ],
)
def test_a_line_breaks_neither_before_a_unit_nor_within_a_date(text, set_as):
    assert typesetting.held_together(text) == set_as.replace("~", HARD)


def test_what_is_markup_or_no_text_is_left_as_it_is():
    for value in (Markup("<b>9 %</b>"), 9, None):
        assert typesetting.held_together(value) is value


def test_a_text_without_lines_keeps_its_spaces_and_is_escaped():
    assert typesetting.held_together(typesetting.as_written("9 % <of>")) == "9 % &lt;of&gt;"


def test_pages_and_word_hold_figures_together(made, publications):
    page = made["commissioner", "assurance", "html"].decode()
    assert f"{HARD}%" in page[page.index("<body") :]
    assert f"31{HARD}October{HARD}2026" in page
    assert "31 October 2026</title>" in page, "a title has no lines to break"
    word = documents.render(publications["commissioner"], "appendix", ("docx",))[0].content
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(word)).paragraphs]
    assert any(f"{HARD}%" in text for text in texts)
    assert not any(" %" in text for text in texts)
