"""The first start: from an empty database to a dashboard, by the sample, by rows of one's own, or by a workbook."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from engagement.exchange.template import template
from tests.browser.conftest import Dashboard
from tests.browser.test_log_check_in import say_who
from tests.conftest import NewDatabase

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Serve = Callable[[str], Dashboard]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fill(page: Page, label: str, text: str) -> None:
    """Types into a field and leaves it."""
    field = page.get_by_label(label, exact=True).first
    field.fill(text)
    field.press("Tab")


def type_into(page: Page, grid: Locator, x: int, text: str) -> None:
    """Types into the cell of the grid's first row at ``x`` pixels from its left."""
    grid.dblclick(position={"x": x, "y": 52})
    editor = page.locator("#portal textarea")
    editor.fill(text)
    editor.press("Enter")
    expect(editor).to_have_count(0)


def beginning(column: str) -> int:
    """Pixels from the left of the grid to where a column begins: the widths of those before it, each with its line."""
    widths = {"choice": 33, "Row": 46, "Vendor": 131, "What they do for you": 191, "How often": 131}
    widths |= {"Last talked": 103, "Next result": 186, "By when": 103}
    names = list(widths)
    return sum(widths[name] for name in names[: names.index(column)])


def press_save(page: Page) -> None:
    """Has the rows recorded. The editor sends a cell a moment after it was left; a press before that is refused."""
    save = page.get_by_role("button", name="Make my dashboard")
    save.click()
    refused = page.get_by_text("Not recorded yet")
    expect(page.get_by_role("dialog").or_(refused)).to_be_visible()
    if refused.is_visible():
        save.click()


def upload(page: Page, content: bytes) -> None:
    """Uploads a workbook."""
    page.locator("input[type=file]").set_input_files(
        {"name": "mine.xlsx", "mimeType": WORKBOOK, "buffer": content},
    )


def test_rows_typed_on_a_phone_make_a_dashboard(serve: Serve, new_page: Open, new_sqlite: NewDatabase) -> None:
    dashboard = serve(new_sqlite())
    page = new_page(dashboard.at(), width=390, height=844)
    expect(page.locator("h1")).to_have_text("Which of your outsourced work needs you?")
    page.get_by_role("button", name="Make my dashboard").click()
    expect(page.get_by_text("There is nothing in the grid yet.")).to_be_visible()
    fill(page, "What they do for you", "Bookkeeping $1 [x](y)")
    page.get_by_role("button", name="Make my dashboard").click()
    expect(page.get_by_text("The vendor is missing.")).to_be_visible()
    expect(page.get_by_label("What they do for you")).to_have_value("Bookkeeping $1 [x](y)")
    fill(page, "Vendor", "Ledger & Co")
    page.get_by_role("button", name="Make my dashboard").click()
    say_who(page, "Ana")
    expect(page.locator("h1")).to_have_text("The one engagement does not need you.")
    page.goto(dashboard.at("engagements"))
    expect(page.get_by_text("Bookkeeping $1 [x](y)").first).to_be_visible()


def test_rows_typed_into_the_grid_make_a_dashboard(serve: Serve, new_page: Open, new_sqlite: NewDatabase) -> None:
    dashboard = serve(new_sqlite())
    page = new_page(dashboard.at())
    grid = page.locator("[data-testid=stDataFrame] .dvn-scroller")
    expect(grid).to_be_visible()
    type_into(page, grid, 140, "Northwind")
    type_into(page, grid, 310, "CRM migration")
    expect(page.get_by_text("Kept as you type")).to_be_visible()
    press_save(page)
    page.get_by_role("dialog").get_by_label("Your name").fill("Ana Müller")
    page.get_by_role("button", name="Record it in my name").click()
    expect(page.locator("h1")).to_have_text("The one engagement does not need you.")


def test_days_typed_into_the_grid_are_kept_as_typed_and_recorded_or_refused(
    serve: Serve, new_page: Open, new_sqlite: NewDatabase
) -> None:
    dashboard = serve(new_sqlite())
    page = new_page(dashboard.at())
    grid = page.locator("[data-testid=stDataFrame] .dvn-scroller")
    expect(grid).to_be_visible()
    for name, text in (
        ("Vendor", "Northwind"),
        ("What they do for you", "CRM migration"),
        ("Last talked", "2026-10-28"),
        ("Next result", "Data load"),
        ("By when", "3/4/2027"),
    ):
        type_into(page, grid, beginning(name) + 20, text)
    asked = page.get_by_text('by when: "3/4/2027" can be 4 Mar 2027 or 3 Apr 2027.')
    expect(asked).to_be_visible()
    page.get_by_role("button", name="Make my dashboard").click()
    expect(page.get_by_text("Not recorded yet")).to_be_visible()
    page.reload()
    expect(asked).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.get_by_label("By when", exact=True)).to_have_value("3/4/2027")
    expect(page.get_by_label("Vendor", exact=True)).to_have_value("Northwind")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(asked).to_be_visible()
    type_into(page, grid, beginning("By when") + 20, "11 Dec")
    expect(page.get_by_text("by when: 11 Dec 2026")).to_be_visible()
    press_save(page)
    say_who(page, "Ana")
    expect(page.locator("h1")).to_contain_text("The one engagement")
    page.goto(dashboard.at("engagement?engagement=crm-migration"))
    expect(page.get_by_text("28 Oct").first).to_be_visible()
    expect(page.get_by_text("11 Dec").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_rows_that_were_typed_are_there_again_after_a_reload_and_gone_once_they_are_recorded(
    serve: Serve, new_page: Open, new_sqlite: NewDatabase, width: int
) -> None:
    dashboard = serve(new_sqlite())
    page = new_page(dashboard.at(), width=width)
    kept = page.get_by_text("Kept as you type")
    grid = page.locator("[data-testid=stDataFrame] .dvn-scroller")
    if width == 390:
        fill(page, "Vendor", "Northwind")
    else:
        type_into(page, grid, 140, "Northwind")
    expect(kept).to_be_visible()
    page.reload()
    expect(kept).to_be_visible()
    if width == 390:
        expect(page.get_by_label("Vendor", exact=True)).to_have_value("Northwind")
        fill(page, "What they do for you", "CRM migration")
    else:
        type_into(page, grid, 310, "CRM migration")
    press_save(page)
    say_who(page, "Ana")
    expect(page.locator("h1")).to_have_text("The one engagement does not need you.")
    page.goto(dashboard.at("start"))
    expect(page.locator("h1")).to_have_text("Add engagements")
    expect(page.get_by_role("button", name="Make my dashboard")).to_be_visible()
    expect(kept).to_have_count(0)


def test_the_sample_is_looked_at_and_taken_out_again(serve: Serve, new_page: Open, new_sqlite: NewDatabase) -> None:
    dashboard = serve(new_sqlite())
    page = new_page(dashboard.at())
    page.get_by_role("button", name="Look around with the sample").click()
    expect(page.get_by_text("Sample portfolio")).to_be_visible(timeout=60_000)
    expect(page.locator("h1")).to_contain_text("need you")
    page.get_by_role("button", name="Start with your own").click()
    page.get_by_role("dialog").get_by_role("button", name="Take the sample out").click()
    expect(page.locator("h1")).to_have_text("Which of your outsourced work needs you?", timeout=60_000)


def test_a_workbook_is_previewed_then_recorded(serve: Serve, new_page: Open, new_sqlite: NewDatabase) -> None:
    dashboard = serve(new_sqlite())
    page = new_page(dashboard.at())
    upload(page, template(date(2026, 11, 20)))
    expect(page.get_by_text("Nothing in it is yours yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Record it")).to_have_count(0)
    page.get_by_text("Leave out the example").click()
    expect(page.locator("p", has_text="Ready to record.")).to_contain_text(
        "New: 2 people, 1 vendor, 1 engagement, 3 milestones"
    )
    page.get_by_role("button", name="Record it").click()
    say_who(page, "Ana")
    expect(page.locator("h1")).to_contain_text("need")


def test_a_workbook_with_mistakes_is_refused_with_all_of_them(
    serve: Serve, new_page: Open, new_sqlite: NewDatabase
) -> None:
    dashboard = serve(new_sqlite())
    book = load_workbook(BytesIO(template(date(2026, 11, 20))))
    columns = [cell.value for cell in book["milestones"][1]]
    book["milestones"].cell(2, columns.index("due_on") + 1, "31/02/2026")
    book["milestones"].cell(3, columns.index("weight") + 1, -1)
    content = BytesIO()
    book.save(content)
    page = new_page(dashboard.at())
    upload(page, content.getvalue())
    expect(page.get_by_text("2 problems to mend.")).to_be_visible()
    expect(page.get_by_text("sheet milestones row 2, due_on")).to_be_visible()
    expect(page.get_by_text("sheet milestones row 3, weight")).to_be_visible()
    expect(page.get_by_role("button", name="Record it")).to_have_count(0)
