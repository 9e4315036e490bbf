"""The workbook of a status: a page that a person forwards, the list in words, and the raw data."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from engagement.assessment.pack import pack
from engagement.assessment.portfolio import COLUMNS
from engagement.assessment.results import Assessment, Attention, Cost, Progress
from engagement.exchange.status_book import MOST_OFF_TRACK, status_book
from tests.builders import FRIDAY, a_contact, a_milestone, a_portfolio, a_warning, an_assessment, an_outlook, forgotten

FORMULA = '=HYPERLINK("http://example.org","x")'
CALLED = {"ana@example.org": "Ana Brandt", "bo@example.org": "Bo Lindqvist"}
HELD = a_warning("overdue", in_hand_until=date(2026, 11, 27), in_hand_by="bo@example.org", in_hand_plan="New date")
CRM = forgotten("crm", owner="ana@example.org", lead="bo@example.org", warnings=(a_warning(), HELD))
WEB = an_assessment("web", name=FORMULA, vendor="Süd & Nord", milestones=(a_milestone(decision_pending_since=FRIDAY),))
NEW = an_assessment(
    "new",
    contact=a_contact(state="not_kicked_off", last_on=None, days_since=None),
    progress=Progress(0.4, 0.0, 0.0, 0.0, known=False),
    cost=Cost(None, None, None),
)


def opened(*now: Assessment, only: tuple[str, ...] = ()) -> Workbook:
    before = a_portfolio(CRM, as_of=date(2026, 9, 18))
    shown = a_portfolio(*now)
    return load_workbook(BytesIO(status_book(pack(shown, before, is_issued=True), shown, CALLED, only)))


def told(sheet: Worksheet) -> list[list[Any]]:
    """What stands in the rows, without the empty cells."""
    rows = [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if row]


def a_list(book: Workbook) -> dict[str, dict[str, Any]]:
    header, *rows = book["Engagements"].iter_rows()
    names = [str(cell.value) for cell in header]
    return {str(row[1].value): dict(zip(names, row, strict=True)) for row in rows}


def test_the_first_sheet_says_in_words_what_the_page_says() -> None:
    book = opened(CRM, WEB)
    assert book.sheetnames == ["Status", "Engagements", "Data"]
    rows = told(book["Status"])
    assert rows[:3] == [
        ["One of two is on track."],
        ["EUR 46,200 of EUR 92,400 stands in one engagement that is silent or slipping."],
        ["As of 20 Nov 2026. Changes are since 18 Sep, when the last status pack was issued."],
    ]
    assert ["On track", "At risk", "Off track", "Spent"] in rows
    assert [f'Accept or reject "Test run" of {FORMULA}: Süd & Nord delivered it on 20 Nov, today.'] in rows
    why = "No conversation on record for 23 days; agreed every 7, so it was due on 4 Nov. And one more."
    until = datetime(2026, 11, 27)  # noqa: DTZ001 - a day in a sheet
    assert ["CRM migration", "Northwind", "Bo Lindqvist", why, "New date", "Bo Lindqvist", until] in rows
    (money,) = [row for row in rows if row[0] == "EUR, 2 engagements"]
    assert money[1:3] == [40200, 92400]


def test_the_finish_stands_with_what_is_wrong_and_where_there_is_none_in_words() -> None:
    issued = CRM._replace(outlook=an_outlook(date(2027, 2, 11), named_on=date(2027, 2, 6)))
    early = CRM._replace(outlook=an_outlook(date(2027, 2, 14), named_on=date(2027, 2, 9)))
    late = CRM._replace(outlook=an_outlook())
    shown, week = a_portfolio(late), a_portfolio(early, as_of=date(2026, 11, 13))
    before = a_portfolio(issued, as_of=date(2026, 9, 18))
    book = load_workbook(BytesIO(status_book(pack(shown, before, week=week, is_issued=True), shown, CALLED)))
    (row,) = [row for row in told(book["Status"]) if row[0] == "CRM migration"]
    assert row[3].endswith(
        "And one more. Finish 20 Feb 2027, likely by 18 Mar 2027; +6 d since 13 Nov: "
        'a new day for "Test run", 9 Feb 2027 → 15 Feb 2027. Since the pack of 18 Sep +9 d.'
    )
    gone = CRM._replace(outlook=an_outlook(named_on=date(2025, 9, 19)))
    assert a_list(opened(gone))["CRM migration"]["Finish"].value == "open 14 months after its day"


def test_other_finishes_that_moved_stand_below_what_is_off_track_five_of_them() -> None:
    def many(middle_on: date, named_on: date) -> list[Assessment]:
        calm = [an_assessment(f"e{at}", name=f"Work {at}", outlook=an_outlook(middle_on)) for at in range(7)]
        return [one._replace(outlook=an_outlook(middle_on, named_on=named_on)) for one in calm]

    shown = a_portfolio(*many(date(2027, 2, 20), date(2027, 2, 15)))
    week = a_portfolio(*many(date(2027, 2, 14), date(2027, 2, 9)), as_of=date(2026, 11, 13))
    found = pack(shown, a_portfolio(as_of=date(2026, 10, 23)), week=week)
    rows = [row[0] for row in told(load_workbook(BytesIO(status_book(found, shown, CALLED)))["Status"])]
    at = rows.index("Finishes that moved since 13 Nov")
    assert rows[at + 1] == (
        "Work 0: Finish 20 Feb 2027, likely by 18 Mar 2027; +6 d since 13 Nov: "
        'a new day for "Test run", 9 Feb 2027 → 15 Feb 2027.'
    )
    assert rows[at + 6] == "And two more, on the dashboard."


def test_a_filtered_status_says_what_it_is_narrowed_to() -> None:
    assert "Only Ana Brandt and Northwind." in told(opened(CRM, only=("Ana Brandt", "Northwind"))["Status"])[2][0]


def test_the_page_is_one_page_and_says_how_many_it_leaves_out() -> None:
    many = [
        forgotten(f"e{n:02}", name=f"Work {n:02}", attention=Attention(n + 1, None, 1.0, (), abandoned=n == 0))
        for n in range(MOST_OFF_TRACK + 3)
    ]
    sheet = opened(*many)["Status"]
    rows = told(sheet)
    assert ['And two more, on the sheet "Engagements".'] in rows
    assert ["Work 00 looks abandoned: close it or start it again."] in rows
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        1,
    )
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_list_is_in_human_words_with_names_shares_and_dates() -> None:
    row = a_list(opened(CRM._replace(outlook=an_outlook()), WEB))["CRM migration"]
    words = ("Status", "Lead", "Owner", "Warnings", "What is most wrong", "Being done", "By")
    assert [row[name].value for name in words] == [
        "off track",
        "Bo Lindqvist",
        "Ana Brandt",
        2,
        "No conversation on record for 23 days; agreed every 7, so it was due on 4 Nov.",
        "New date",
        "Bo Lindqvist",
    ]
    assert (row["Done"].value, row["Done"].number_format) == (0.48, "0 %")
    days = [row[name] for name in ("Promised finish", "Vendor says", "Finish", "Likely by")]
    assert [(cell.value.date(), cell.number_format) for cell in days] == [
        (date(2027, 1, 15), "d mmm yyyy"),
        (date(2027, 2, 15), "d mmm yyyy"),
        (date(2027, 2, 20), "d mmm yyyy"),
        (date(2027, 3, 18), "d mmm yyyy"),
    ]
    assert (row["Slip, days"].value, row["Slip, days"].number_format) == (31, "+0;-0;0")
    assert row["Spent so far"].value == Decimal(20100)


def test_the_figures_of_the_page_are_numbers_as_they_are_shown() -> None:
    page = opened(CRM)["Status"]
    shown = {}
    for row in range(1, page.max_row):
        for column in range(1, 8):
            label, value = page.cell(row, column).value, page.cell(row + 1, column)
            if value.font.size == 14 and value.value is not None:
                shown[label] = (value.value, value.number_format)
    # one engagement, off track; 20,100 of 46,200 are spent: 43.5 %
    assert shown["Off track"] == (1, "#,##0")
    assert shown["On track"] == (0, "#,##0")
    assert shown["Spent"] == (0.44, "0 %")
    assert all(not isinstance(value, str) for value, _ in shown.values())


def test_a_small_amount_keeps_its_cents_and_a_large_one_is_whole() -> None:
    coins = an_assessment("c", currency="BTC", cost=Cost(Decimal("7.01"), Decimal("2.98"), None))
    book = opened(coins)
    assert a_list(book)["CRM migration"]["Spent so far"].number_format == "#,##0.00"
    formats = {cell.value: cell.number_format for row in book["Status"].iter_rows() for cell in row}
    assert formats[2.98] == "[$BTC] #,##0.00"
    assert a_list(opened(CRM))["CRM migration"]["Spent so far"].number_format == "#,##0"


def test_what_is_not_known_is_empty_and_no_nought() -> None:
    row = a_list(opened(NEW))["CRM migration"]
    assert [row[name].value for name in ("Done", "Spent", "Budget (of a retainer: a month)", "What is most wrong")] == [
        *[None] * 4
    ]
    assert (row["Planned"].value, row["Last talked"].value) == (0.4, "not yet")


def test_those_that_need_somebody_come_first_and_the_header_stays_in_view() -> None:
    sheet = opened(WEB, CRM)["Engagements"]
    assert [sheet.cell(row, 2).value for row in (2, 3)] == ["CRM migration", FORMULA]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("C2", "A1:V3", "$1:$1")
    assert sheet.page_setup.orientation == "landscape"


def test_text_stays_text_on_every_sheet() -> None:
    book = opened(WEB, CRM)
    found = [cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert found == ["s", "s"]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_last_sheet_is_the_raw_data() -> None:
    header, first, *_ = opened(CRM)["Data"].iter_rows(values_only=True)
    assert list(header) == list(COLUMNS)
    assert dict(zip(header, first, strict=True))["owner"] == "ana@example.org"


def test_a_status_of_nothing_is_a_sentence() -> None:
    book = opened()
    assert told(book["Status"])[0] == ["Nothing is recorded yet."]
    assert len(told(book["Engagements"])) == 1
