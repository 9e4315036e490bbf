"""Working days of a country."""

from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)


@cache
def public_holidays(country: str) -> "holidays.HolidayBase | frozenset[date]":
    """The public holidays of a country; none without a country or for a code that nobody knows."""
    if not country:
        return frozenset()
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return frozenset()


def working(on: date, country: str) -> bool:
    """Whether people work on that day."""
    return on.isoweekday() <= 5 and on not in public_holidays(country)


def roll(on: date, country: str) -> date:
    """The day, or the next working day after it."""
    while not working(on, country):
        on += ONE_DAY
    return on


def working_days_since(start: date, country: str, as_of: date) -> int:
    """How many working days have gone by since a day, not counting that day itself."""
    return sum(working(start + step * ONE_DAY, country) for step in range(1, (as_of - start).days + 1))
