"""What a phone shows of long names and of the filters: all of it, as wide as the screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Dashboard
from tests.browser.portfolios import northwind
from tests.browser.test_look import settled

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]
LONG = {
    "engagement": "long",
    "name": "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenbeschaffung",
    "vendor": "Contoso",
}
CUT = """() => [...document.querySelectorAll('[data-testid=stMarkdown] li')].filter(
    each => each.getBoundingClientRect().right > innerWidth || each.scrollWidth > each.clientWidth
).map(each => each.innerText)"""
WIDTHS = """() => ['stDateInput', 'stSelectbox', 'stTextInput'].map(
    kind => document.querySelector(`[data-testid=stPopoverBody] [data-testid=${kind}]`).getBoundingClientRect().width
)"""


def test_a_name_of_one_long_word_is_read_to_its_end(serve: Serve, new_page: Open, tmp_path: Path) -> None:
    page = settled(new_page(serve(northwind(tmp_path, second=LONG)).at(), width=390, height=844))
    line = page.locator("[data-testid=stMarkdown] li").filter(has_text=LONG["name"]).first
    expect(line).to_be_visible()
    assert page.evaluate(CUT) == []


def test_the_filters_are_as_wide_as_their_box(serve: Serve, new_page: Open, tmp_path: Path) -> None:
    page = settled(new_page(serve(northwind(tmp_path)).at(), width=390, height=844))
    page.get_by_role("button", name="As of").click()
    expect(page.get_by_placeholder("Search")).to_be_visible()
    assert min(page.evaluate(WIDTHS)) > 280
