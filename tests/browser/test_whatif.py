"""What if, in a real browser: by keyboard alone, on a wide screen and on a phone in the dark; nothing is kept of it."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # comes without types
from playwright.sync_api import Page, expect

from tests.browser.portfolios import northwind
from tests.browser.test_look import OVERLAPPING, settled
from tests.browser.test_owner import Open, Serve

pytestmark = pytest.mark.browser


def finish(page: Page, words: str) -> None:
    """Waits until the finish is told in these words, written as a pattern."""
    expect(page.locator("strong").filter(has_text=re.compile(rf"^Finish {words}$"))).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_silence_is_tried_by_keyboard_and_put_back_without_running_the_page_again(
    serve: Serve, new_page: Open, tmp_path: Path, width: int, scheme: str
) -> None:
    address = serve(northwind(tmp_path)).at("engagement?engagement=crm")
    page = settled(new_page(address, width=width, scheme=scheme))
    page.evaluate("document.querySelector('h1').dataset.kept = 'yes'")
    page.locator("summary").filter(has_text="What if").press("Enter")
    finish(page, ".+, as it is now[.]")
    page.wait_for_function(f"({OVERLAPPING})().length === 0")  # it opens in steps, and a list that is open then closes
    for label, option in (("More silence", "8 weeks"), ("Another day for", "Data load")):
        choice = page.get_by_role("combobox", name=label)
        choice.press("ArrowDown")
        choice.press_sequentially(option)
        expect(page.get_by_role("option")).to_have_count(1)
        choice.press("Enter")
        settled(page)
    finish(page, r".+ → .+ \(\+\d+ d\), likely by .+ → .+ \(\+\d+ d\)[.]")
    expect(page.get_by_test_id("stDateInput").filter(has_text="Its new day")).to_contain_text("2026")
    settled(page)
    expect(page.locator(".st-key-engagement_what_if .js-plotly-plot")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVERLAPPING) == []
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [one for one in found if one["impact"] in ("critical", "serious")]
    assert [(one["id"], node["html"][:200]) for one in serious for node in one["nodes"]] == []
    page.get_by_role("button", name="Put it all back").press("Enter")
    finish(page, ".+, as it is now[.]")
    expect(page.get_by_test_id("stDateInput").filter(has_text="Its new day")).not_to_contain_text("2026")
    assert page.evaluate("document.querySelector('h1').dataset.kept") == "yes"
    other = settled(new_page(address))
    other.locator("summary").filter(has_text="What if").press("Enter")
    finish(other, ".+, as it is now[.]")
