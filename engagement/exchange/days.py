"""A day as people type it: "28 Oct", "28.10.2026", "10/28/2026", "2026-10-28". What can be two days is asked about."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from engagement.assessment.wording import day
from engagement.charts.chart import cut
from engagement.exchange.cells import Unreadable

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
REMEDY: Final = "Write it like 28 Oct 2026 or 2026-10-28."
QUOTED: Final = 40
"""Characters of a text that are repeated where it cannot be read."""
PASSED_DAYS: Final = 90
"""A day without a year that something is due on may have passed by so much; after that the next year's is meant."""
CENTURY: Final = 2000

_RELATIVE: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_NUMBERS: Final = re.compile(r"([0-9]{1,2})([-./]) ?([0-9]{1,2})(?:\2 ?([0-9]{4}|[0-9]{2})?)?")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[ -]?([a-z]{3,9})\.?,?[ -]?([0-9]{4}|[0-9]{2})?")
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.? ?([0-9]{1,2})(?:st|nd|rd|th)?(?:,? ([0-9]{4}))?")


def read_day(text: str, today: date, *, is_past: bool) -> date:
    """The day that a text means. Without a year: ``is_past`` the latest until today, else one about today or ahead.

    Days and months in numbers are read as the day first where a dot stands between them, and otherwise only where they
    make one day alone. Raises `Unreadable` with what is wrong and how to write it.
    """
    said = " ".join(text.split())
    if said.lower() in _RELATIVE:
        return today + timedelta(days=_RELATIVE[said.lower()])
    meant = list(_meant(said.lower()))
    if not meant:
        raise Unreadable(f'"{cut(said, QUOTED)}" cannot be read as a day.', REMEDY)
    found = sorted({on for year, month, of_month in meant if (on := _on(year, month, of_month, today, is_past))})
    if not found:
        raise Unreadable(f'"{cut(said, QUOTED)}" is not in the calendar.', REMEDY)
    if len(found) > 1:
        one, other = found
        raise Unreadable(f'"{said}" can be {day(one)} or {day(other)}.', f"Write {one} or {other}.")
    return found[0]


def _meant(said: str) -> Iterator[tuple[int | None, int, int]]:
    """Year, month and day that a text in small letters can mean; at most two, and not all of them days."""
    if found := _YEAR_FIRST.fullmatch(said):
        yield int(found[1]), int(found[3]), int(found[4])
    elif found := _NUMBERS.fullmatch(said):
        one, other, year = int(found[1]), int(found[3]), found[4]
        if found[2] == "-" and year and len(year) == len("26"):
            return  # 26-10-28 and 28-10-26 are both written so
        yield _year(year), other, one
        if found[2] != ".":
            yield _year(year), one, other
    elif found := _DAY_FIRST.fullmatch(said):
        yield from ((_year(found[3]), month, int(found[1])) for month in _months(found[2]))
    elif found := _MONTH_FIRST.fullmatch(said):
        yield from ((_year(found[3]), month, int(found[2])) for month in _months(found[1]))


def _months(word: str) -> Iterator[int]:
    """The number of the month that a word of three letters or more begins."""
    return (number for number, name in enumerate(MONTHS, 1) if name.startswith(word))


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) + (CENTURY if len(text) == len("26") else 0)


def _on(year: int | None, month: int, of_month: int, today: date, is_past: bool) -> date | None:
    """The day; without a year the one that is meant. None where the calendar does not have it."""
    if year is not None:
        return next(_existing([year], month, of_month), None)
    near = _existing(range(today.year - 8, today.year + 9), month, of_month)  # a 29 Feb is at most eight years away
    if is_past:
        return max((on for on in near if on <= today), default=None)
    return min((on for on in near if on >= today - timedelta(days=PASSED_DAYS)), default=None)


def _existing(years: Iterable[int], month: int, of_month: int) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, of_month)
        except ValueError:
            continue
