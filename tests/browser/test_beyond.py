"""What goes beyond one engagement leads to where it is settled, and a form left by Back holds nothing up."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engagement.records.check_ins import we_talked
from engagement.records.database import Author, Database
from tests.browser.conftest import TODAY, Dashboard
from tests.browser.portfolios import northwind

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]
ANA = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))


def test_a_vendors_broken_promises_lead_to_its_engagements(serve: Serve, new_page: Open, sample_url: str) -> None:
    page = new_page(serve(sample_url).at("?person=Ana+Brandt"))
    expect(page.get_by_text("Northwind kept three of seven dates")).to_be_visible()
    page.get_by_role("link", name="Engagements of Northwind").click()
    expect(page.locator("h1")).to_contain_text("not under way")
    page.wait_for_url("**/engagements?vendor=Northwind")
    expect(page.get_by_text("Northwind kept three of seven dates")).to_be_visible()


def test_a_page_left_by_back_with_a_form_open_still_shows_what_others_write(
    serve: Serve, new_page: Open, tmp_path: Path
) -> None:
    url = northwind(tmp_path)
    page = new_page(serve(url).at())
    expect(page.locator("h1")).to_contain_text("needs you")
    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.locator("h1")).to_have_text("CRM migration")
    page.get_by_role("button", name="Record the vendor's consent").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("needs you")
    expect(page.get_by_role("dialog")).to_have_count(0)
    database = Database(url)
    we_talked(database, ANA, "crm", TODAY)
    database.close()
    expect(page.locator("h1")).to_contain_text("does not need you")
