"""The HTML of every report in a real browser: axe-core finds nothing, nothing is asked for, and keys are enough."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import chromium, visit

from caseaudit.reporting import documents

# The appendix and the board report are the same page whoever asks for them.
EVERY = [
    ("internal", "assurance"), ("internal", "action"), ("internal", "worker"),
    ("commissioner", "assurance"), ("commissioner", "appendix"), ("commissioner", "board"),
]  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LISTED = [("internal", "assurance"), ("internal", "action")]


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def addresses(publications, tmp_path_factory):
    """(audience, kind) → address of its page on this disk."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for audience, kind in EVERY:
        (report,) = documents.render(publications[audience], kind, ("html",))
        path = folder / f"{audience}-{report.name}"
        path.write_bytes(report.content)
        found[audience, kind] = path.as_uri()
    return found


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 400)])
@pytest.mark.parametrize(("audience", "kind"), EVERY)
def test_axe_finds_nothing_nothing_is_asked_for_and_no_policy_violated(
    audience, kind, scheme, width, addresses, browser
):
    with visit(browser, addresses[audience, kind], scheme=scheme, width=width) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
        found = Axe().run(seen.page, options={"resultTypes": ["violations"], "runOnly": WCAG})
        assert not found.violations_count, found.generate_report()
        assert seen.asked == [addresses[audience, kind]]
        assert not seen.said


def test_every_kind_is_looked_at():
    assert {kind for _, kind in EVERY} == set(documents.KINDS)


def overdue(page):
    """The list of REV01: 20 days and more between reviews, in two teams."""
    return page.locator("[data-findings='Findings: review overdue (REV01)']")


def tab_to(page, found, most=400):
    """Press Tab until an element has the focus, as somebody without a mouse would."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if found.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("Tab does not lead there")


def shown(rows):
    return [row for row in rows.locator("tbody tr").all() if row.is_visible()]


@pytest.mark.parametrize("width", [1200, 400])
def test_findings_are_filtered_by_keys_alone(width, addresses, browser):
    with visit(browser, addresses["internal", "assurance"], width=width) as seen:
        found = overdue(seen.page)
        status = found.get_by_role("status")
        total = found.locator("tbody tr").count()
        assert status.inner_text() == f"{total} of {total} shown."
        tab_to(seen.page, found.get_by_role("searchbox", name="Find"))
        seen.page.keyboard.type("worker-1 person-13")
        assert status.inner_text().startswith("0 of ")
        seen.page.keyboard.press("Control+A")
        seen.page.keyboard.type("PERSON-13-0")
        (only,) = shown(found)
        assert "PERSON-13-0" in only.inner_text()
        assert status.inner_text() == f"1 of {total} shown."
        seen.page.keyboard.press("Control+A")
        seen.page.keyboard.press("Delete")
        tab_to(seen.page, found.get_by_role("combobox", name="Team"))
        seen.page.keyboard.type("South")
        teams = {row.locator("td").first.inner_text() for row in shown(found)}
        assert teams == {"South"}
        tab_to(seen.page, found.get_by_role("button", name="Show all"))
        seen.page.keyboard.press("Enter")
        assert status.inner_text() == f"{total} of {total} shown."
        assert not seen.said


def test_findings_are_sorted_by_keys_alone_and_back_to_worst_first(addresses, browser):
    with visit(browser, addresses["internal", "assurance"]) as seen:
        found = overdue(seen.page)
        names = found.locator("tbody th")
        given = names.all_inner_texts()
        head = found.get_by_role("columnheader", name="Case")
        tab_to(seen.page, head.get_by_role("button"))
        seen.page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == "ascending"
        assert names.all_inner_texts() == sorted(given) != given
        assert "Sorted by Case, ascending." in found.get_by_role("status").inner_text()
        seen.page.keyboard.press("Space")
        assert head.get_attribute("aria-sort") == "descending"
        assert names.all_inner_texts() == sorted(given, reverse=True)
        seen.page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == "none"
        assert names.all_inner_texts() == given


def test_rows_are_sorted_by_number_and_days_by_the_calendar(addresses, browser):
    with visit(browser, addresses["internal", "assurance"]) as seen:
        found = overdue(seen.page)
        found.get_by_role("button", name="Where").click()
        numbers = [int(text.split()[-1]) for text in found.locator("td:last-child").all_inner_texts()]
        assert numbers == sorted(numbers)
        assert max(numbers) >= 100 > min(numbers)


def test_the_action_pack_is_filtered_as_a_whole_and_what_is_empty_goes(addresses, browser):
    with visit(browser, addresses["internal", "action"]) as seen:
        owners = seen.page.locator("h3").count()
        seen.page.get_by_role("combobox", name="Team").select_option("North")
        assert seen.page.locator("section.team h2:visible").all_inner_texts() == ["North"]
        seen.page.get_by_role("searchbox", name="Find").fill("SUP01")
        (row,) = seen.page.locator("tbody tr:visible").all()
        assert "(SUP01, high severity)" in row.inner_text()
        assert seen.page.locator("h3:visible").count() == 1 < owners


@pytest.mark.parametrize(("audience", "kind"), LISTED)
def test_print_shows_every_row_and_no_control(audience, kind, addresses, browser):
    with visit(browser, addresses[audience, kind]) as seen:
        before = seen.page.locator("[data-findings] tbody tr").count()
        seen.page.get_by_role("searchbox", name="Find").first.fill("nothing has these words")
        assert seen.page.locator("[data-findings] tbody tr:visible").count() < before
        seen.page.emulate_media(media="print")
        assert seen.page.locator("[data-findings] tbody tr:visible").count() == before
        assert not seen.page.locator(":is(input, select, .tools, [role=status]):visible").count()


@pytest.mark.parametrize(("audience", "kind"), LISTED)
def test_without_script_they_are_plain_tables(audience, kind, addresses, browser):
    with visit(browser, addresses[audience, kind], script=False) as seen:
        rows = seen.page.locator("[data-findings] tbody tr")
        assert rows.count() == seen.page.locator("[data-findings] tbody tr:visible").count() > 1
        assert not seen.page.locator("button, input, select").count()
