"""Working days of a country: deadlines that fall on a day off roll forward to the next working day."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate

import holidays
import holidays.countries  # else the first day off that anybody asks for waits for all of them to be imported

from engagement.assessment.values import Side

ONE_DAY = timedelta(days=1)
ROLLED = 2**16
"""Days whose next working day is remembered: the same few come again for every engagement of a country."""


def is_workday(day: date, country: str | None) -> bool:
    """Whether people work on a day: neither a weekend nor a public holiday of the country.

    ``country`` is an ISO 3166 code. Without one, or with one nobody knows, only Saturdays and Sundays are off.
    """
    weekend, closed = _days_off(country, day.year)
    return day.weekday() not in weekend and day not in closed


@lru_cache(maxsize=ROLLED)
def roll(day: date, country: str | None) -> date:
    """The day itself, or the next working day after it."""
    while not is_workday(day, country):
        day += ONE_DAY
    return day


def days_overdue(due_on: date | None, side: Side | None, country: str | None, day: date) -> int:
    """How many days something that was agreed is past its date; 0 where it is not, or has none.

    A date of ours that falls on a day off rolls to the next working day; the vendor's stand as they were agreed.
    """
    if due_on is None:
        return 0
    return max(0, (day - (roll(due_on, country) if side == "us" else due_on)).days)


def add_workdays(day: date, count: int, country: str | None) -> date:
    """The ``count``-th working day after a day; the day itself where count is 0."""
    for _ in range(count):
        day = roll(day + ONE_DAY, country)
    return day


def workdays_back(day: date, count: int, country: str | None) -> date:
    """The last day after which, up to and with ``day``, there are ``count`` working days; the day itself where 0."""
    while count > 0:
        count -= is_workday(day, country)
        day -= ONE_DAY
    return day


def workdays_between(start: date, end: date, country: str | None) -> int:
    """Working days after ``start`` up to and with ``end``; none where that is no later."""
    if end <= start:
        return 0
    years = sum(_worked(country, year)[-1] for year in range(start.year, end.year))
    return years + _worked(country, end.year)[_place(end)] - _worked(country, start.year)[_place(start)]


def _place(day: date) -> int:
    """How many days of its year were over when a day began."""
    return day.toordinal() - date(day.year, 1, 1).toordinal()


@cache
def _worked(country: str | None, year: int) -> Sequence[int]:
    """By day of a year: how many working days there are up to and with it."""
    new_year = date(year, 1, 1)
    number = date(year, 12, 31).toordinal() - new_year.toordinal() + 1
    return tuple(accumulate(is_workday(new_year + timedelta(days=ahead), country) for ahead in range(number)))


@cache
def _days_off(country: str | None, year: int) -> tuple[frozenset[int], frozenset[date]]:
    """Weekdays (Monday 0) and public holidays that are off in one year; weekends only where the country is unknown."""
    plain = frozenset({5, 6}), frozenset[date]()
    if not country:
        return plain
    try:
        calendar = holidays.country_holidays(country.upper(), years=year)
    except NotImplementedError:
        return plain
    return frozenset(calendar.weekend), frozenset(calendar)
