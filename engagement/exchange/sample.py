"""The sample portfolio: fictional work of fictional vendors, to look around with, dated relative to the day of loading.

It stands in ``data/sample`` as the interchange format with one difference: where a column holds a day, the file says
how far that day lies from the day of loading, so that the portfolio is in the same state whenever somebody looks.

- ``-23``, ``+12``: that many days before or after. A weekend moves away from the day of loading: to the Friday before
  where it lies back, to the Monday after it where it lies ahead.
- ``-1w-3``: three days before the last working day, weekend or not.
- ``month-3/28``: the 28th of the month three months back; on a weekend the Friday before.
- ``close:-3``, ``close:+1``: the third last day before today on which the series ``close`` was due; the first from
  today on. As a milestone: that occurrence.
- ``due-2``: two days before the occurrence that the row names as its milestone was due, weekends as above; ``due``:
  that day as it is.
"""

import csv
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, cast

from engagement.assessment.retainer import occurrences
from engagement.assessment.values import Every, Series, Terms
from engagement.exchange import cells
from engagement.exchange.interchange import CHANGES, ENGAGEMENTS, FILES, SERIES
from engagement.exchange.layout import File, Row
from engagement.records import intake
from engagement.records.database import Author, Database
from engagement.settings import ROOT

FOLDER: Final = ROOT / "data" / "sample"
REACH: Final = timedelta(days=3 * 366)
"""How far back and ahead an occurrence of a series may be named."""

_DAYS: Final = re.compile(r"[+-]?\d+")
_WORKDAYS: Final = re.compile(r"-(\d+)w([+-]\d+)?")
_MONTH: Final = re.compile(r"month-(\d+)/(\d+)")
_DUE: Final = re.compile(r"due([+-]\d+)?")
_OCCURRENCE: Final = re.compile(r"(.+):([+-]\d+)")

SATURDAY: Final = 5


def load_sample(
    database: Database, author: Author, today: date, progress: Callable[[int, int], None] | None = None
) -> intake.Outcome:
    """Records the sample portfolio as it looks on ``today``, in place of one that was loaded before.

    Raises `Refused` where the database holds somebody's own records: the two are never mixed.
    """
    with database.reading() as connection:
        loaded = intake.origin(connection) == "sample"
    if loaded:
        intake.clear_sample(database, author)
    return intake.merge(database, author, sample_tables(today), today=today, origin="sample", progress=progress)


def sample_tables(today: date) -> dict[str, list[Row]]:
    """The sample portfolio as the tables of the interchange format, by name, with every day resolved."""
    texts = {file: _texts(file) for file in FILES if _path(file).exists()}
    calendar = _Calendar(today, texts[SERIES])
    return {
        file.name: [_row(file, number, cell, calendar) for number, cell in enumerate(rows, 2)]
        for file, rows in texts.items()
    }


class _Calendar:
    """What the notation of the sample means on one day."""

    def __init__(self, today: date, series: list[dict[str, str]]) -> None:
        self.today = today
        self._dues = {(row["engagement"], row["series"]): _dues(row, today) for row in series}

    def day(self, written: str, row: Mapping[str, str]) -> date:
        """The day that a cell of a row names."""
        if _DAYS.fullmatch(written):
            return self._near(self.today + timedelta(days=int(written)))
        if found := _WORKDAYS.fullmatch(written):
            return self._workdays_back(int(found[1])) + timedelta(days=int(found[2] or 0))
        if found := _MONTH.fullmatch(written):
            return self._near(_month_back(self.today, int(found[1])).replace(day=int(found[2])))
        if found := _DUE.fullmatch(written):
            due = self._occurrence(row["milestone"], row)
            return self._near(due + timedelta(days=int(found[1] or 0))) if found[1] else due
        return self._occurrence(written, row)

    def milestone(self, written: str, row: Mapping[str, str]) -> str:
        """The key of a milestone: that of an occurrence bears its day."""
        found = _OCCURRENCE.fullmatch(written)
        return f"{found[1]}:{self._occurrence(written, row).isoformat()}" if found else written

    def _occurrence(self, written: str, row: Mapping[str, str]) -> date:
        found = _OCCURRENCE.fullmatch(written)
        if found is None:
            raise ValueError(f'"{written}" is not a day of the sample.')
        dues = self._dues[row["engagement"], found[1]]
        count = int(found[2])
        return dues[bisect_left(dues, self.today) + (count if count < 0 else count - 1)]

    def _near(self, day: date) -> date:
        """The day, or the working day next to its weekend on the side away from today."""
        beyond = day.weekday() - SATURDAY
        if beyond < 0:
            return day
        return day - timedelta(days=1 + beyond) if day <= self.today else day + timedelta(days=2 - beyond)

    def _workdays_back(self, count: int) -> date:
        day = self.today
        while count:
            day -= timedelta(days=1)
            count -= day.weekday() < SATURDAY
        return day


def _dues(row: Mapping[str, str], today: date) -> list[date]:
    """Days around ``today`` on which a series is due, oldest first, reckoned as assessments reckon them."""
    every = cast("Every", row["every"])
    series = Series(row["series"], row["name"], every, int(row["due_day"]), from_on=today - REACH)
    anybody = Terms(from_on=None, name="", vendor="", starts_on=today, currency="")
    return occurrences(series, anybody, today + REACH)


def _month_back(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, 1)


def _path(file: File) -> Path:
    return FOLDER / f"{file.name}.csv"


def _texts(file: File) -> list[dict[str, str]]:
    with _path(file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def _row(file: File, number: int, texts: Mapping[str, str], calendar: _Calendar) -> Row:
    """A typed row of the format, with every column, as reading a file would give it."""
    row: dict[str, Any] = {"_row": number}
    for column in file.columns:
        text = texts.get(column.name, "")
        if not text:
            row[column.name] = column.default
        elif column.type == "date":
            row[column.name] = calendar.day(text, texts)
        elif column.name == "milestone":
            row[column.name] = calendar.milestone(text, texts)
        elif file is CHANGES and column.name == "value" and _holds_days(texts["column"]):
            row[column.name] = calendar.day(text, texts).isoformat()
        else:
            row[column.name] = cells.reader(column)(text)
    return row


def _holds_days(name: str) -> bool:
    column = ENGAGEMENTS.column(name)
    return column is not None and column.type == "date"
