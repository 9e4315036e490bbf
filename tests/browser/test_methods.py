"""On Methods a rule is found and opened, its record comes after the words, and a change of a limit shows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Dashboard

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_rule_is_found_read_with_its_record_and_its_limit_changed(
    serve: Serve, new_page: Open, sample_url: str, width: int
) -> None:
    page = new_page(serve(sample_url).at("methods?find=stopped+reporting"), width=width)
    expect(page.get_by_text("No update, report or delivery of the vendor")).to_be_visible()
    expect(page.get_by_text("earlier cases. On")).to_be_visible()  # counted beside the page, which draws itself again
    page.get_by_role("button", name="Change a limit").click()
    page.get_by_role("combobox", name="Limit").click()
    page.get_by_role("option", name="Vendor silent days").click()
    expect(page.get_by_text("It is 14 days, and may be")).to_be_visible()
    expect(page.get_by_label("New value, days")).to_have_count(1)  # the field of the limit before has gone
    page.get_by_label("New value, days").fill("21")
    page.get_by_label("Why").fill("They report every third week")
    page.get_by_role("button", name="Change it").click()
    page.get_by_label("Your name").fill("Ana Example")
    page.get_by_label("Your name").press("Enter")
    expect(page.get_by_text("Vendor silent days was set to 21 days")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_card_tells_how_often_it_came_true_a_moment_after_it_is_there(
    serve: Serve, new_page: Open, sample_url: str
) -> None:
    page = new_page(serve(sample_url).at())
    expect(page.get_by_text("earlier cases like this").first).to_be_visible()
    page.get_by_role("link", name="Methods").click()
    expect(page.locator("h1")).to_contain_text("rules watch the work")
    expect(page.get_by_text("rules that fired on 20 or more")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_how_often_forecasts_held_stands_first_on_methods_in_words_then_drawn(
    serve: Serve, new_page: Open, sample_url: str, width: int
) -> None:
    page = new_page(serve(sample_url).at("methods"), width=width)
    expect(page.get_by_text("P80 held in").first).to_be_visible()
    expect(page.get_by_role("cell", name="ours: life table")).to_be_visible()
    expect(page.get_by_text("came later than said")).to_be_visible()
    page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)  # drawn, then fitted
