"""What if, in a real browser: on a wide screen and on a phone in the dark."""

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
def test_it_opens_as_things_are_without_running_the_page_again_and_everything_in_it_can_be_read(
    serve: Serve, new_page: Open, tmp_path: Path, width: int, scheme: str
) -> None:
    address = serve(northwind(tmp_path)).at("engagement?engagement=crm")
    page = settled(new_page(address, width=width, scheme=scheme))
    page.evaluate("document.querySelector('h1').dataset.kept = 'yes'")
    page.locator("summary").filter(has_text="What if").press("Enter")
    finish(page, ".+, as it is now[.]")
    settled(page)
    expect(page.locator(".st-key-engagement_what_if .js-plotly-plot")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.wait_for_function(f"({OVERLAPPING})().length === 0")  # once it has opened, which is drawn in steps
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [one for one in found if one["impact"] in ("critical", "serious")]
    assert [(one["id"], node["html"][:200]) for one in serious for node in one["nodes"]] == []
    assert page.evaluate("document.querySelector('h1').dataset.kept") == "yes"
