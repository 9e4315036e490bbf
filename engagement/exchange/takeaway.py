"""The table of a portfolio as a file that people take away: CSV and XLSX, with text that stays text."""

import csv as tables
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from engagement.assessment.portfolio import table
from engagement.assessment.results import Portfolio
from engagement.exchange.cells import guarded, tidy, written

WIDEST: Final = 50
LONGEST_CELL: Final = 32_767
BYTE_ORDER_MARK: Final = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


def csv(portfolio: Portfolio) -> bytes:
    """The table as UTF-8 text, comma separated, in which no cell begins a formula."""
    frame = table(portfolio)
    out = StringIO(newline="")
    writer = tables.writer(out)
    writer.writerow(frame.columns)
    writer.writerows([_guarded(value) for value in row] for row in _rows(frame))
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def xlsx(portfolio: Portfolio) -> bytes:
    """The table as a workbook of one sheet, named after the day; dates and numbers are real ones."""
    frame = table(portfolio)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(portfolio.as_of.isoformat())
    sheet.freeze_panes = "A2"
    for number, column in enumerate(map(str, frame.columns), 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, min(WIDEST, len(column) + 3))
    sheet.append([_bold(sheet, str(column)) for column in frame.columns])
    for row in _rows(frame):
        sheet.append([_cell(sheet, value) for value in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _rows(frame: pd.DataFrame) -> Iterator[list[Any]]:
    """Rows of plain Python values, None where something is not known."""
    for row in frame.itertuples(index=False, name=None):
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | int | float | str | Decimal | date):
        return value
    return value.item() if hasattr(value, "item") else str(value)


def _guarded(value: Any) -> str:
    return guarded(written(value)) if isinstance(value, str) else written(value)


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return written(value) if isinstance(value, bool) else value
    cell = WriteOnlyCell(sheet, value=tidy(value)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell
