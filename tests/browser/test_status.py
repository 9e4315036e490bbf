"""An executive's view travels in its link, and a control of one chart leaves the page alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Dashboard
from tests.browser.portfolios import northwind

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]
BOOKS = {"engagement": "books", "name": "Bookkeeping", "vendor": "Ledger & Co <b>"}


def test_an_executives_filtered_link_opens_the_same_view_elsewhere(
    serve: Serve, new_page: Open, tmp_path: Path
) -> None:
    dashboard = serve(northwind(tmp_path, second=BOOKS))
    here = new_page(dashboard.at("status"))
    expect(here.locator("h1")).to_contain_text("of the two ")
    here.get_by_label("Vendor").click()
    here.get_by_role("option", name="Ledger & Co <b>").click()
    expect(here.locator("h1")).to_contain_text("The one active engagement")
    here.wait_for_url("**vendor=**")

    elsewhere = new_page(here.url)
    expect(elsewhere.locator("h1")).to_have_text(here.locator("h1").inner_text())
    expect(elsewhere.get_by_text("CRM migration")).to_have_count(0)


def test_the_link_of_an_earlier_day_shows_that_day(serve: Serve, new_page: Open, tmp_path: Path) -> None:
    dashboard = serve(northwind(tmp_path))
    page = new_page(dashboard.at("status?as_of=2026-10-30"))
    expect(page.locator("h1")).to_contain_text("The one active engagement is on track")
    page.goto(dashboard.at("status"))
    expect(page.locator("h1")).to_contain_text("is not on track")
