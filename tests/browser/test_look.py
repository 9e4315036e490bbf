"""What holds for every page: nothing overlaps, names are shown as typed, and everybody can use it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # comes without types
from playwright.sync_api import Page, expect

from engagement.charts.chart import cut
from engagement.pages._cards import LONGEST_LINK
from engagement.records.database import Author, Database
from engagement.records.engagements import add_engagement
from tests.browser.conftest import Dashboard
from tests.pages.hostile import HOSTILE

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]
PAGES = ("", "engagements", "engagement?engagement=crm-migration", "status", "log?engagement=crm-migration", "methods")
UNSEEN = str.maketrans("", "", "\u2060\u2066\u2069")
"""What has no picture and keeps a text from meaning something, or from changing places with what follows it."""


def settled(page: Page) -> Page:
    """The page once nothing is running and everything has been drawn."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_no_page_is_wider_than_the_screen_and_no_button_lies_on_another(
    serve: Serve, new_page: Open, sample_url: str, scheme: str
) -> None:
    dashboard = serve(sample_url)
    for path in PAGES:
        page = settled(new_page(dashboard.at(path), width=390, height=844, scheme=scheme))
        expect(page.get_by_role("button", name="As of")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate(OVERLAPPING) == []


def test_a_card_on_a_phone_has_one_main_button_and_the_others_under_more(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    page = settled(new_page(serve(sample_url).at(), width=390, height=844))
    first = page.locator("[class*='st-key-card_']").first
    expect(first.get_by_role("button").filter(has_text=re.compile(r"\w"))).to_have_count(1)
    expect(first.get_by_role("link")).to_have_count(1)
    first.get_by_role("button", name="More").click()
    page.get_by_text("Open", exact=True).click()
    expect(page.locator("h1")).to_have_text("CRM migration")


def test_a_tab_that_is_opened_does_not_run_the_page_again(serve: Serve, new_page: Open, sample_url: str) -> None:
    page = settled(new_page(serve(sample_url).at("engagement?engagement=crm-migration")))
    page.evaluate("document.querySelector('h1').dataset.kept = 'yes'")
    page.get_by_role("tab", name="Money").click()
    expect(page.get_by_text("of the work done")).to_be_visible()
    assert page.evaluate("document.querySelector('h1').dataset.kept") == "yes"


def test_names_that_mean_something_to_markdown_are_shown_as_they_were_typed(
    serve: Serve, new_page: Open, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'hostile.db'}"
    database = Database(url)
    database.upgrade()
    author = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))
    for number, text in enumerate(HOSTILE):
        terms = {
            "vendor": "Northwind",
            "currency": "EUR",
            "starts_on": date(2026, 10, 1),
            "recorded_on": date(2026, 10, 1),
        }
        add_engagement(database, author, f"h{number}", name=text, **terms)
    database.close()
    dashboard = serve(url)
    page = settled(new_page(dashboard.at("engagements")))
    page.get_by_role("radiogroup", name="Show as").get_by_text("List").click()
    expect(page.get_by_role("link", name="# head").first).to_be_visible()
    shown = settled(page).locator("[data-testid=stMain]").inner_text().translate(UNSEEN)
    assert sum(cut(text, LONGEST_LINK) in shown for text in HOSTILE) >= 20  # of 36, so many as fit on the first of two
    for number in range(len(HOSTILE)):
        page.goto(dashboard.at(f"engagement?engagement=h{number}"))
        heading = page.locator("h1")
        expect(heading).to_be_visible()
        text = heading.inner_text().translate(UNSEEN)
        assert " ".join(text.split()) == " ".join(HOSTILE[number].split())
        assert heading.locator("a, em, del, code, img, .katex").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_obstacle_for_somebody_who_uses_it_in_another_way(
    serve: Serve, new_page: Open, sample_url: str, scheme: str
) -> None:
    dashboard = serve(sample_url)
    for path in PAGES:
        page = settled(new_page(dashboard.at(path), scheme=scheme))
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        serious = [
            f"{path}: {each['id']} {node['html'][:200]}"
            for each in found
            if each["impact"] in ("critical", "serious")
            for node in each["nodes"]
        ]
        assert serious == []


OVERLAPPING = """() => {
  const shown = {contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true}
  const seen = [...document.querySelector("[data-testid=stMain]").querySelectorAll("button, a[href], p")]
    .filter(e => e.checkVisibility(shown) && e.innerText.trim() && !e.querySelector("p, a, button"))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([, r]) => r.width > 1 && r.height > 1)
  const hits = []
  for (let i = 0; i < seen.length; i++) for (let j = i + 1; j < seen.length; j++) {
    const [a, ra] = seen[i], [b, rb] = seen[j]
    if (a.contains(b) || b.contains(a)) continue
    const x = Math.min(ra.right, rb.right) - Math.max(ra.left, rb.left)
    const y = Math.min(ra.bottom, rb.bottom) - Math.max(ra.top, rb.top)
    if (x > 2 && y > 2) hits.push(`${a.innerText} / ${b.innerText}`)
  }
  return hits
}"""
"""Texts and buttons of the page that lie on one another."""
