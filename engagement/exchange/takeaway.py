"""The table of a portfolio as raw data that other programs read, with text that stays text."""

import csv as tables
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any, Final

import pandas as pd

from engagement.assessment.portfolio import table
from engagement.assessment.results import Portfolio
from engagement.exchange.cells import guarded, written

BYTE_ORDER_MARK: Final = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


def csv(portfolio: Portfolio) -> bytes:
    """The table as UTF-8 text, comma separated, in which no cell begins a formula."""
    out = StringIO(newline="")
    writer = tables.writer(out)
    writer.writerows([_guarded(value) for value in row] for row in plain_rows(portfolio))
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def plain_rows(portfolio: Portfolio) -> Iterator[list[Any]]:
    """The header, then the rows of the table as plain Python values, None where something is not known."""
    frame = table(portfolio)
    yield [str(column) for column in frame.columns]
    yield from _rows(frame)


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
