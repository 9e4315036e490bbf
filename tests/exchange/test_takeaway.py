"""The table that people take away: the same rows in both files, and text that no spreadsheet runs."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import load_workbook

from engagement.assessment.results import Cost
from engagement.exchange import takeaway
from tests.builders import a_portfolio, an_assessment

FORMULA = '=HYPERLINK("http://example.org","x")'
SHOWN = a_portfolio(
    an_assessment("a", name=FORMULA, vendor="Süd & Nord"),
    an_assessment("b", cost=Cost(None, None, None)),
    an_assessment("c", cost=Cost(Decimal("1234.50"), Decimal(0), None)),
)


def test_the_csv_file_holds_every_engagement_and_guards_formulas() -> None:
    text = takeaway.csv(SHOWN).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["engagement"] for row in rows] == ["a", "b", "c"]
    assert rows[0]["name"] == "'" + FORMULA
    assert rows[0]["vendor"] == "Süd & Nord"
    assert [row["budget"] for row in rows] == ["46200", "", "1234.5"]


def test_the_workbook_holds_real_dates_and_numbers_and_text_stays_text() -> None:
    sheet = load_workbook(BytesIO(takeaway.xlsx(SHOWN))).active
    assert sheet is not None
    assert sheet.title == "2026-11-20"
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, sheet[2], strict=True))
    assert (first["name"].value, first["name"].data_type) == (FORMULA, "s")
    assert first["starts_on"].value in (date(2026, 6, 1), datetime(2026, 6, 1))  # noqa: DTZ001 - a day in a sheet
    assert first["slip_days"].value == 31
    assert sheet.max_row == 4


def test_an_empty_table_is_a_header() -> None:
    assert takeaway.csv(a_portfolio()).decode("utf-8-sig").count("\n") == 1
    assert load_workbook(BytesIO(takeaway.xlsx(a_portfolio()))).active is not None
