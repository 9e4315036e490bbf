"""A lead logs a check-in, from a phone or a desk, and nothing that was typed is lost on the way."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Dashboard
from tests.browser.portfolios import northwind

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]


def say_who(page: Page, name: str) -> None:
    """Answers who one is, once it is asked."""
    field = page.get_by_role("dialog").get_by_label("Your name")
    field.fill(name)
    field.press("Enter")


def announced(page: Page) -> Locator:
    """The line that says what will be recorded."""
    return page.locator("p", has_text="Will be recorded:")


def write_notes(page: Page, text: str) -> None:
    """Types notes and leaves the field."""
    notes = page.get_by_label("What was said")
    notes.fill(text)
    notes.blur()
    expect(announced(page)).to_contain_text("notes")


def test_a_lead_logs_a_check_in_and_a_second_browser_sees_it_within_two_seconds(
    serve: Serve, new_page: Open, tmp_path: Path
) -> None:
    dashboard = serve(northwind(tmp_path))
    owner = new_page(dashboard.at())
    expect(owner.locator("h1")).to_contain_text("needs you")
    lead = new_page(dashboard.at("log?engagement=crm"), width=390, height=844)
    write_notes(lead, "The importer is ready. Costs < 5 $ & *no* surprises.")
    lead.get_by_role("radio", name="changed").click()
    percent = lead.get_by_label("Percent done")
    percent.fill("75")
    percent.press("Tab")
    lead.locator("label", has_text="Send access").click()
    expect(announced(lead)).to_contain_text(
        "A video call today with Tom Lee: progress of one milestone, notes, one action closed."
    )
    lead.get_by_role("button", name="Save").click()
    say_who(lead, "Bo Lead")
    expect(lead.get_by_text("Recorded with Northwind")).to_be_visible()
    expect(owner.locator("h1")).to_contain_text("does not need you", timeout=2_000)


def test_a_bad_form_keeps_its_text(serve: Serve, new_page: Open, tmp_path: Path) -> None:
    dashboard = serve(northwind(tmp_path))
    page = new_page(dashboard.at("log?engagement=crm"))
    write_notes(page, "Three lines\nof notes\nthat took a while")
    page.get_by_role("radio", name="changed").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("What has changed is missing.")).to_be_visible()
    expect(page.get_by_label("What was said")).to_have_value("Three lines\nof notes\nthat took a while")
    page.get_by_role("radio", name="not discussed").click()
    page.get_by_role("button", name="Save").click()
    say_who(page, "Bo Lead")
    expect(page.get_by_text("A video call today with Tom Lee: notes.", exact=True)).to_be_visible()


def test_a_draft_survives_closing_the_page_and_is_gone_once_it_is_saved(
    serve: Serve, new_page: Open, tmp_path: Path
) -> None:
    dashboard = serve(northwind(tmp_path))
    phone = new_page(dashboard.at("log?engagement=crm"), width=390, height=844)
    write_notes(phone, "Half a sentence, then the phone")
    phone.get_by_role("radio", name="off track").click()
    expect(announced(phone)).to_contain_text("your judgement “off track”")
    address, context = phone.url, phone.context
    phone.close()

    again = context.new_page()
    again.goto(address)
    expect(again.get_by_text(re.compile(r"Draft from .* restored"))).to_be_visible()
    expect(again.get_by_label("What was said")).to_have_value("Half a sentence, then the phone")
    expect(announced(again)).to_contain_text("your judgement “off track”")
    again.get_by_role("button", name="Save").click()
    say_who(again, "Bo Lead")
    expect(again.get_by_text("Recorded with Northwind")).to_be_visible()

    again.goto(address)
    expect(again.get_by_label("What was said")).to_have_value("")
    expect(again.get_by_text(re.compile(r"Draft from"))).to_have_count(0)


def test_a_draft_that_is_discarded_does_not_come_back(serve: Serve, new_page: Open, tmp_path: Path) -> None:
    dashboard = serve(northwind(tmp_path))
    page = new_page(dashboard.at("log?engagement=crm"))
    write_notes(page, "Never mind")
    page.reload()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("button", name="Discard")).to_have_count(0)
    expect(page.get_by_label("What was said")).to_have_value("")
    page.reload()
    expect(page.get_by_label("What was said")).to_have_value("")
