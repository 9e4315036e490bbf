"""An owner's week in a real browser: find what needs somebody, open it, do something about it; others see it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

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


def card(page: Page, key: str) -> str:
    """Where the card of an engagement is found."""
    return f".st-key-card_{key}"


def test_an_owner_finds_the_engagement_that_needs_them_most_and_opens_it(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    page = new_page(serve(sample_url).at())
    expect(page.locator("h1")).to_have_text(re.compile(r"^\w+ of 26 engagements need you"))
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
    say_who(owner, "Ana Brandt")
    expect(owner.get_by_text("warnings of CRM migration.")).to_be_visible()
    expect(other.locator(card(other, "crm-migration"))).to_have_count(0, timeout=2_000)
    expect(search).to_have_value("half a wor")


def test_a_first_name_is_not_taken_for_somebody_new(serve: Serve, new_page: Open, sample_url: str) -> None:
    page = new_page(serve(sample_url).at())
    page.locator(card(page, "crm-migration")).get_by_role("button", name="In hand").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is being done").fill("Weekly calls")
    who = dialog.get_by_role("textbox", name="Who does it")
    who.fill("Bo")
    dialog.get_by_role("button", name="Take it in hand").click()  # typed and not left: what was typed counts
    expect(dialog.get_by_text('"Bo" is not recorded; Bo Lindqvist is.')).to_be_visible()
    expect(dialog.get_by_text('Whom you mean by "Bo" is open.')).to_be_visible()
    dialog.get_by_role("button", name="Bo Lindqvist").click()
    expect(who).to_have_value("Bo Lindqvist")
    expect(dialog.get_by_text('Whom you mean by "Bo" is open.')).to_have_count(0)
    who.fill("bo lindqvist")
    dialog.get_by_role("button", name="Take it in hand").click()
    say_who(page, "Zoe Example")
    expect(page.get_by_text("warnings of CRM migration.")).to_be_visible()
    page.get_by_text("One in hand").click()
    expect(page.get_by_text("Weekly calls, Bo Lindqvist, until")).to_be_visible()


def test_what_is_typed_next_stays_while_it_is_asked_whom_a_name_means(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    page = new_page(serve(sample_url).at("engagements"))
    page.get_by_role("button", name="New engagement").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Vendor").fill("North")
    owner = dialog.get_by_label("Owner")
    owner.fill("Ana B")  # leaves the vendor, and is not left itself
    expect(dialog.get_by_text('"North" is not recorded; Northwind is.')).to_be_visible()
    expect(owner).to_have_value("Ana B")
    expect(owner).to_be_focused()


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
    field.fill("Bo Lind")
    again.get_by_role("button", name="That is me").click()
    again.get_by_role("button", name="Yes, I am Bo Lindqvist").click()
    expect(again.get_by_role("button", name="You are Bo Lindqvist · change")).to_be_visible()


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


FILTERED = "?vendor=Northwind&as_of=2026-11-13&person=Ana+Brandt"
KEPT = r"(?=.*vendor=Northwind)(?=.*as_of=2026-11-13)(?=.*person=Ana)"


def test_a_link_of_the_menu_clicked_while_the_page_is_still_drawn_keeps_the_filters(
    serve: Serve, chromium: Browser, sample_url: str
) -> None:
    page = chromium.new_page()
    page.goto(serve(sample_url).at(FILTERED))
    page.get_by_role("link", name="Engagements", exact=True).click()
    expect(page.get_by_role("radiogroup", name="Show as")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/engagements\?{KEPT}"))
    expect(page.get_by_text(re.compile("^[A-Z][a-z]+ of 31"))).to_be_visible()
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_of_the_menu_opened_in_a_tab_of_its_own_shows_what_the_filters_let_through(
    serve: Serve, new_page: Open, sample_url: str, width: int
) -> None:
    page = new_page(serve(sample_url).at(FILTERED), width=width)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Status", exact=True).click(button="middle")
    expect(opened.value).to_have_url(re.compile(rf"/status\?{KEPT}"))
    if width == 1280:
        expect(opened.value.get_by_label("Vendor")).to_have_value("Northwind")
    else:
        expect(opened.value.get_by_role("button", name="As of 13 Nov 2026 · Ana Brandt · Northwind")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/\?{KEPT}"))


def test_what_is_typed_into_the_search_goes_along_with_the_next_click_and_comes_back_with_the_page(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    page = new_page(serve(sample_url).at("status"))
    search, sentence = page.get_by_role("textbox", name="Search"), page.locator("h1")
    expect(page.get_by_label("Vendor")).to_have_value("All vendors")
    page.get_by_text("Money and value").wait_for()
    search.fill("crm")
    page.get_by_role("link", name="Engagements", exact=True).click(delay=100)
    expect(page).to_have_url(re.compile(r"/engagements\?q=crm$"))
    expect(page.get_by_text("One of 31.")).to_be_visible()
    expect(search).to_have_value("crm")
    search.fill("")
    search.press("Enter")
    expect(page).to_have_url(re.compile(r"/engagements$"))
    expect(page.get_by_text("All 31;")).to_be_visible()
    page.get_by_role("link", name="Status", exact=True).click(delay=100)
    expect(sentence).to_contain_text("of 26")
    page.go_back()
    expect(page.get_by_text("All 31;")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("One of 31.")).to_be_visible()
    expect(search).to_have_value("crm")


def test_what_a_tab_of_an_engagement_records_asks_once_who_one_is(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    page = new_page(serve(sample_url).at("engagement?engagement=checkout-redesign"))
    waiting = page.locator("[class*='st-key-decide_']")
    expect(waiting).to_have_count(1)
    waiting.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Reason, needed to reject:")).to_be_visible()
    reason = waiting.get_by_label("Reason, needed to reject")
    reason.fill("Two parts are missing")
    reason.press("Tab")
    waiting.get_by_role("button", name="Reject").click()
    say_who(page, "Ana Brandt")
    expect(waiting).to_have_count(0)
    page.get_by_role("tab", name="Actions").click()
    closing = page.get_by_role("button", name="Close", exact=True)
    expect(closing).to_have_count(2)
    closing.first.click()
    expect(closing).to_have_count(1)
    expect(page.get_by_role("button", name="You are Ana Brandt")).to_be_visible()
