"""An owner's week in a real browser: find what needs somebody, open it, do something about it; others see it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Dashboard

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]
MOST_URGENT = "CRM migration"
"""The engagement of the sample that needs somebody most."""


def say_who(page: Page, name: str) -> None:
    """Answers who one is, once it is asked."""
    field = page.get_by_role("dialog").get_by_label("Your name")
    field.fill(name)
    field.press("Enter")
    page.get_by_role("button", name="Record it in my name").click()


def card(page: Page, key: str) -> str:
    """Where the card of an engagement is found."""
    return f".st-key-card_{key}"


def test_an_owner_finds_the_engagement_that_needs_them_most_and_opens_it(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    page = new_page(serve(sample_url).at())
    expect(page.locator("h1")).to_have_text(re.compile(r"^\w+ of 25 engagements need you"))
    first = page.locator("[class*='st-key-card_']").first
    expect(first).to_contain_text(MOST_URGENT)
    expect(first).to_contain_text("No conversation on record for")
    ask = first.get_by_role("link", name="Ask Northwind")
    expect(ask).to_have_attribute("href", re.compile(r"^mailto:.+\?subject=CRM%20migration.+Data%20load"))
    first.get_by_role("link", name="Open").click()
    expect(page.locator("h1")).to_have_text(MOST_URGENT)
    expect(page).to_have_url(re.compile(r"/engagement\?engagement=crm-migration"))
    expect(page.get_by_text("off track").first).to_be_visible()
    page.get_by_role("tab", name="Log").click()
    expect(page.get_by_text("Judgement:").first).to_be_visible()


def test_what_one_person_takes_in_hand_others_see_within_two_seconds_and_keep_what_they_type(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    dashboard = serve(sample_url)
    owner, other = new_page(dashboard.at()), new_page(dashboard.at())
    expect(other.locator(card(other, "crm-migration"))).to_be_visible()
    search = other.get_by_label("Search")
    search.click()
    other.keyboard.type("half a wor")
    owner.locator(card(owner, "crm-migration")).get_by_role("button", name="In hand").click()
    plan = owner.get_by_label("What is being done")
    plan.fill("Weekly calls until the load is done")
    plan.blur()
    owner.get_by_role("button", name="Take it in hand").click()
    say_who(owner, "Ana")
    expect(owner.get_by_text("CRM migration is in hand.")).to_be_visible()
    expect(other.locator(card(other, "crm-migration"))).to_have_count(0, timeout=2_000)
    expect(search).to_have_value("half a wor")


def test_a_name_is_said_once_on_a_device_and_is_never_in_the_address(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    dashboard = serve(sample_url)
    page = new_page(dashboard.at())
    page.locator(card(page, "trade-fair")).get_by_role("button", name="We talked, nothing new").click()
    say_who(page, "Zoë Müller-Ångström")
    expect(page.locator(card(page, "trade-fair"))).to_have_count(0)
    again = page.context.new_page()
    again.goto(dashboard.at("engagements"))
    expect(again.get_by_role("button", name="You are Zoë Müller-Ångström · change")).to_be_visible()
    assert "M" not in again.url.split("engagements")[1]
    again.get_by_role("button", name="You are").click()
    field = again.get_by_role("dialog").get_by_label("Your name")
    field.fill("Bo")
    field.press("Enter")
    again.get_by_role("button", name="That is me").click()
    expect(again.get_by_role("button", name="You are Bo · change")).to_be_visible()


def test_filters_stand_in_the_address_and_go_along_from_page_to_page(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    page = new_page(serve(sample_url).at("?vendor=Northwind&as_of=2026-11-13"))
    expect(page.locator("h1")).to_contain_text("engagement")
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    page.get_by_role("link", name="Engagements", exact=True).click()
    expect(page).to_have_url(re.compile(r"/engagements\?(?=.*vendor=Northwind)(?=.*as_of=2026-11-13)"))
    expect(page.locator("h1")).to_contain_text("on track")
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    page.get_by_role("radiogroup", name="Show as").get_by_text("List").click()
    page.get_by_role("link", name=MOST_URGENT).first.click()
    expect(page.locator("h1")).to_have_text(MOST_URGENT)
    expect(page).to_have_url(re.compile(r"(?=.*vendor=Northwind)(?=.*as_of=2026-11-13)(?=.*engagement=crm-migration)"))
    expect(page.get_by_role("button", name="We talked, nothing new")).to_have_count(0)
