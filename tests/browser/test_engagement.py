"""An engagement's page in a real browser: a date is moved openly, work is closed and started again, others see it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.portfolios import northwind
from tests.browser.test_owner import Open, Serve, say_who

pytestmark = pytest.mark.browser


def fill_day(dialog: Locator, label: str, day: str) -> None:
    """Types a day, year first, into the segments of a date field."""
    field = dialog.get_by_test_id("stDateInput").filter(has_text=label)
    field.get_by_role("spinbutton").first.click()
    field.page.keyboard.type(day.replace("-", ""))
    field.page.keyboard.press("Escape")
    dialog.get_by_label("Why it moves").click()


def dialog(page: Page) -> Locator:
    shown = page.get_by_role("dialog")
    expect(shown).to_be_visible()
    return shown


def test_a_new_date_is_agreed_on_the_plan_and_another_page_shows_it_within_two_seconds(
    serve: Serve, new_page: Open, tmp_path: Path
) -> None:
    dashboard = serve(northwind(tmp_path))
    address = dashboard.at("engagement?engagement=crm")
    page, other = new_page(address), new_page(address)
    expect(other.get_by_text("due 11 Dec")).to_be_visible()
    page.locator(".st-key-menu_milestone_M1").get_by_role("button", name="Change").click()
    page.get_by_role("menuitem", name="Agree a new date").click()
    asked = dialog(page)
    asked.get_by_role("button", name="Record the new date").click()
    expect(asked.get_by_text("The new date is missing.")).to_be_visible()
    fill_day(asked, "New date", "2027-01-08")
    expect(asked.get_by_text("11 Dec → 8 Jan 2027, 28 days later")).to_be_visible()
    reason = asked.get_by_label("Why it moves")
    reason.fill("More data than we knew of")
    reason.press("Tab")
    asked.get_by_role("button", name="Record the new date").click()
    say_who(page, "Ana")
    expect(page.get_by_text("promised 11 Dec, agreed 8 Jan 2027")).to_be_visible()
    expect(other.get_by_text("promised 11 Dec, agreed 8 Jan 2027")).to_be_visible(timeout=2_000)
    moved = re.compile(r"The finish is \d+ days later than on 13 Nov: a new agreed day for .+, 11 Dec → 8 Jan 2027[.]")
    expect(page.get_by_text(moved)).to_be_visible()
    expect(other.get_by_text(moved)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_work_is_closed_and_started_again(serve: Serve, new_page: Open, tmp_path: Path, width: int) -> None:
    page = new_page(serve(northwind(tmp_path)).at("engagement?engagement=crm"), width=width)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Close").click()
    asked = dialog(page)
    expect(asked.get_by_text("Not delivered: 1 milestone.")).to_be_visible()
    asked.get_by_role("button", name="Close it").click()
    say_who(page, "Ana")
    expect(page.get_by_text("Closed on 20 Nov; the figures are of that day.")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    asked = dialog(page)
    asked.get_by_role("button", name="Start it again").click()
    expect(page.get_by_text("No conversation on record for 23 days").first).to_be_visible()
    expect(page.get_by_role("button", name="More", exact=True)).to_be_visible()
