"""The guide "Your first audit" shows what a terminal shows."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pty", reason="the page's questions are asked in a pseudo-terminal")

from first_audit_page import PAGE, filled


def test_every_command_of_the_page_says_what_the_page_says(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert filled(page, tmp_path) == page
    # The page shows questions and their answers, not only their prompts.
    assert page.count("stops asking): 1\n") == 3
    assert "TO DECIDE" in page


def test_the_mapping_it_shows_is_the_one_that_is_written(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    filled(page, tmp_path)
    shown = page.split("```toml\n")[1].split("```")[0]
    wrote = (tmp_path / "mapping.toml").read_text(encoding="utf-8")
    for line in shown.splitlines():
        assert line in wrote
