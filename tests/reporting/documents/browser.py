"""A headless Chromium for the tests: where it is, how it is started, and what a page did in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

LEAVE_OUT = "CASEAUDIT_TESTS_WITHOUT_BROWSER"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = (
    "These tests need Chromium and found none. Debian: apt-get install chromium-headless-shell; Fedora: dnf install "
    f"chromium; macOS: brew install chromium. To leave them out, knowing that they were: {LEAVE_OUT}=1 make test."
)
NO_DRIVER = (
    "What drives the browser (Playwright) does not start on this machine. Debian: apt-get install libatomic1. To leave "
    f"these tests out, knowing that they were: {LEAVE_OUT}=1 make test."
)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip
PATIENCE = 120_000  # milliseconds: a machine under load is slow, and that is no fault of a page


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with an empty profile that talks to nobody; without one the tests fail, unless told to be left out."""
    if os.environ.get(LEAVE_OUT, "") not in {"", "0"}:
        pytest.skip(f"BROWSER TESTS LEFT OUT because {LEAVE_OUT} is set: nothing was checked in a browser")
    program = next(filter(None, map(shutil.which, (*NAMES, *PLACES))), None)
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    if subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False).returncode:
        pytest.fail(NO_DRIVER, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET], timeout=PATIENCE)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page open in the browser, and everything it asked for or complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@contextmanager
def visit(
    browser: Browser, address: str, *, scheme: str = "light", width: int = 1200, script: bool = True
) -> Iterator[Visit]:
    """Open a page as a reader would: light or dark, wide or on a phone, with scripts or without."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, java_script_enabled=script
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    seen = Visit(page)
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("console", lambda message: seen.said.append(message.text))
    page.on("pageerror", lambda fault: seen.said.append(str(fault)))
    page.goto(address)
    yield seen
    context.close()
