"""A chart that somebody takes away, and the lists that stand in for one on a phone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageColor
from playwright.sync_api import Page, expect

from engagement.charts import theme
from engagement.records.database import Author, Database
from engagement.records.intake import merge
from tests.browser.conftest import TODAY, Dashboard

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]
NAMES = (
    "Averyveryverylongwordwithoutanyspacesatallwhichgoesonandonandon",
    "数据清洗" * 12,
    "A name of many words " * 5,
)


def silent(folder: Path) -> str:
    """A database with engagements of wide names that are silent and have a promised date; its URL."""
    url = f"sqlite:///{folder / 'silent.db'}"
    database = Database(url)
    database.upgrade()
    terms = {
        "vendor": "Northwind",
        "currency": "EUR",
        "budget": None,
        "recorded_on": date(2026, 6, 1),
        "starts_on": date(2026, 6, 1),
        "status": "active",
        "contract": "fixed",
        "cadence_days": 7,
    }
    keys = [f"e{at}" for at in range(len(NAMES))]
    talked = {"channel": "video", "side": "us", "by": "Ana", "attendees": "Tom Lee"}
    tables: dict[str, list[dict[str, object]]] = {
        "engagements": [{**terms, "_row": at + 2, "engagement": key, "name": NAMES[at]} for at, key in enumerate(keys)],
        "milestones": [
            {"_row": at + 2, "engagement": key, "milestone": "M1", "name": "All", "due_on": date(2026, 12, 11)}
            for at, key in enumerate(keys)
        ],
        "check_ins": [
            {**talked, "_row": at + 2, "engagement": key, "held_on": date(2026, 7, 1), "recorded_on": date(2026, 7, 1)}
            for at, key in enumerate(keys)
        ],
    }
    merge(database, Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC)), tables, today=TODAY, origin="own")
    database.close()
    return url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_saved_as_an_image_with_its_title_on_the_pages_background(
    serve: Serve, new_page: Open, sample_url: str, tmp_path: Path, scheme: str
) -> None:
    page = new_page(serve(sample_url).at("status"), scheme=scheme)
    chart = page.locator(".st-key-status_silence .js-plotly-plot")
    button = chart.get_by_role("button", name="Save as image")
    expect(button).to_be_attached()
    button.focus()
    expect(button.locator("..")).to_have_css("opacity", "1")
    shown = chart.bounding_box()
    assert shown is not None
    with page.expect_download() as download:
        button.press("Enter")
    assert download.value.suggested_filename == "silence-and-slippage-2026-11-20.png"
    file = tmp_path / "chart.png"
    download.value.save_as(file)

    image = Image.open(file).convert("RGB")
    now = theme.colours(scheme == "dark")
    assert image.width == 2 * (round(shown["width"]) + 32)
    added = image.height / 2 - shown["height"]
    assert added >= 21 + 16 + 40  # a line of the title, one of the unit, and what is free around them
    background, ink = ImageColor.getrgb(now.page), ImageColor.getrgb(now.ink)
    assert image.getpixel((0, 0)) == image.getpixel((image.width - 1, image.height - 1)) == background
    head = image.crop((0, 0, image.width, int(2 * added)))
    colours = {colour for _, colour in head.getcolors(head.width * head.height) or ()}
    assert {ink, background} <= colours
    expect(chart).to_have_js_property("clientHeight", round(shown["height"]))
    assert chart.evaluate("plot => plot.layout.height") == round(shown["height"])


def test_on_a_phone_no_text_of_the_lists_is_cut_and_every_line_has_its_figures(
    serve: Serve, new_page: Open, tmp_path: Path
) -> None:
    page = new_page(serve(silent(tmp_path)).at("status"), width=390, height=844)
    facts = page.get_by_text("talked 20 weeks ago, finish")
    expect(facts).to_have_count(3)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    assert page.evaluate(CUT) == []


CUT = """() => [...document.querySelectorAll("[data-testid=stMain] :is(p, a, span, div)")]
  .filter((each) => each.clientWidth && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((each) => !each.closest("svg, [aria-hidden=true]"))
  .filter((each) => each.scrollWidth > each.clientWidth || each.getBoundingClientRect().right > innerWidth)
  .map((each) => each.textContent)"""
"""Text that is wider than what it stands in, or than the screen."""
