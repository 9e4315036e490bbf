"""The dashboard asks nothing of any other machine, and shows nobody what is inside it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import Dashboard
from tests.browser.portfolios import northwind
from tests.conftest import NewDatabase

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]
PAGES = ("", "log?engagement=crm-migration", "status", "engagements", "engagement?engagement=crm-migration", "methods")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_asks_another_machine_for_anything(
    serve: Serve, chromium: Browser, sample_url: str, new_sqlite: NewDatabase, scheme: str
) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    asked: list[str] = []

    def note(request: Request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob"):
            asked.append(request.url)

    context.on("request", note)
    addresses = [serve(new_sqlite()).at(), *map(serve(sample_url).at, PAGES)]
    for address in addresses:
        page = context.new_page()
        page.goto(address)
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
        page.wait_for_load_state("networkidle")
        icon = page.locator("link[rel='shortcut icon'], link[rel='icon']").first.get_attribute("href") or ""
        assert icon.startswith(("data:image/svg+xml", f"{urlsplit(address).scheme}://{urlsplit(address).netloc}/", "/"))
        page.close()
    context.close()
    assert len(asked) > len(addresses)
    assert [url for url in asked if urlsplit(url).hostname != "127.0.0.1"] == []


def test_a_page_that_breaks_is_calm_on_a_phone(serve: Serve, new_page: Open, tmp_path: Path) -> None:
    url = northwind(tmp_path)
    page = new_page(serve(url).at(), width=390, height=844)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE check_in SET next_on = 'soon'")
        connection.execute("UPDATE revision SET current = current + 1, everything = current + 1")
    connection.close()
    expect(page.get_by_text("This page could not be shown whole")).to_be_visible()
    expect(page.get_by_text("the log, where it was started, says what went wrong")).to_be_visible()
    shown = page.locator("body").inner_text()
    assert not [word for word in ("Traceback", ".py", "Google", "ChatGPT", "Error") if word in shown]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE check_in SET next_on = NULL")
    connection.close()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("h1")).to_contain_text("needs you")
