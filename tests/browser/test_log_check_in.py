"""A lead logs a check-in, from a phone or a desk, and nothing that was typed is lost on the way."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from engagement.records.database import Database
from engagement.records.history import LogEntry, log
from tests.browser.conftest import TODAY, Dashboard
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
    lead.get_by_role("button", name="As last time: Tom Lee").click()
    expect(lead.get_by_role("button", name="As last time: Tom Lee")).to_have_count(0)
    expect(announced(lead)).to_contain_text("progress of one milestone, notes, …")
    box = announced(lead).bounding_box()
    assert box is not None
    assert box["height"] < 60  # two lines of about 21 pixels each, not three
    lead.get_by_role("button", name="more", exact=True).click()
    everything = "with Tom Lee: progress of one milestone (Data load 75 %), notes, one action closed."
    expect(lead.get_by_text(everything)).to_be_visible()
    lead.keyboard.press("Escape")
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
    expect(page.get_by_text("A video call today: notes.", exact=True)).to_be_visible()


def test_a_draft_survives_closing_the_page_and_is_gone_once_it_is_saved(
    serve: Serve, new_page: Open, tmp_path: Path
) -> None:
    dashboard = serve(northwind(tmp_path))
    phone = new_page(dashboard.at("log?engagement=crm"), width=390, height=844)
    write_notes(phone, "Half a sentence, then the phone")
    phone.get_by_role("radio", name="off track").click()
    expect(announced(phone)).to_contain_text('your judgement "off track"')
    address, context = phone.url, phone.context
    phone.close()

    again = context.new_page()
    again.goto(address)
    expect(again.get_by_text(re.compile(r"Draft from .* restored"))).to_be_visible()
    expect(again.get_by_label("What was said")).to_have_value("Half a sentence, then the phone")
    expect(announced(again)).to_contain_text('your judgement "off track"')
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
    expect(page.get_by_text("Never mind")).to_have_count(0)
    expect(page.get_by_label("What was said")).to_have_value("")
    page.reload()
    expect(page.get_by_label("What was said")).to_have_value("")


def type_day(page: Page, label: str, digits: str) -> None:
    """Types a day into the parts of a field and leaves it."""
    parts = page.get_by_test_id("stDateInput").filter(has_text=label).get_by_role("spinbutton")
    parts.first.click()
    page.keyboard.type(digits)
    page.keyboard.press("Escape")
    page.locator("h1").click()


def refused(page: Page, words: str) -> None:
    """Saves, and finds that the words stand at a field, and that nothing was recorded."""
    expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not recorded yet: see what is marked above.")).to_be_visible()
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Recorded with Northwind")).to_have_count(0)


def talks(database_url: str) -> list[LogEntry]:
    """The check-ins about the CRM migration, the latest first."""
    with Database(database_url).reading() as connection:
        return log(connection, "crm", TODAY)


def test_a_percent_over_100_is_refused_in_words_and_not_left_out(serve: Serve, new_page: Open, tmp_path: Path) -> None:
    dashboard = serve(northwind(tmp_path))
    page = new_page(dashboard.at("log?engagement=crm"))
    write_notes(page, "Nearly there")
    page.get_by_role("radio", name="changed").click()
    type_day(page, "Done by", "20261210")
    percent = page.get_by_label("Percent done")
    percent.fill("120")
    percent.press("Tab")
    refused(page, "120 % is more than all of it.")
    expect(percent).to_have_value("120")
    assert len(talks(dashboard.database_url)) == 1
    percent.fill("100")
    percent.press("Tab")
    expect(page.get_by_text("120 % is more than all of it.")).to_have_count(0)
    expect(announced(page)).to_contain_text("one milestone moved (Data load 100 %, 11 Dec → 10 Dec), notes")


def test_a_day_that_has_not_come_is_refused_in_words_and_no_other_is_recorded(
    serve: Serve, new_page: Open, tmp_path: Path
) -> None:
    dashboard = serve(northwind(tmp_path))
    page = new_page(dashboard.at("log?engagement=crm"))
    write_notes(page, "Tomorrow")
    type_day(page, "When", "20261121")
    refused(page, "21 Nov has not come yet.")
    assert len(talks(dashboard.database_url)) == 1
    type_day(page, "When", "20261119")
    expect(announced(page)).to_contain_text("A video call yesterday")
    page.get_by_role("button", name="Save").click()
    say_who(page, "Bo Lead")
    expect(page.get_by_text("Recorded with Northwind")).to_be_visible()
    assert talks(dashboard.database_url)[0].held_on == date(2026, 11, 19)


def test_notes_that_are_too_long_stay_and_say_by_how_much(serve: Serve, new_page: Open, tmp_path: Path) -> None:
    dashboard = serve(northwind(tmp_path))
    page = new_page(dashboard.at("log?engagement=crm"))
    notes = page.get_by_label("What was said")
    notes.focus()
    page.keyboard.insert_text("x" * 30_412)  # as a paste does: all at once
    notes.blur()
    refused(page, "30,412 of 30,000 characters: shorten it by 412.")
    expect(notes).to_have_value("x" * 30_412)
    assert len(talks(dashboard.database_url)) == 1
    page.reload()
    expect(notes).to_have_value("x" * 30_412)
