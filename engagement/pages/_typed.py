"""What cannot be right about what was typed, in words.

A field with bounds keeps what lies beyond them to itself: it turns red, and the page goes on with the value from
before. A text that is longer than its field allows is not even shown. So no field has bounds, and what may stand in it
is said here. A day is the exception: without bounds it gets ten years around it, so it is given the widest there are.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from engagement.assessment.wording import count, day
from engagement.errors import Problem
from engagement.records.forms import EARLIEST

FIRST_DAY: Final = date.min
LAST_DAY: Final = date.max
YEARS_AHEAD: Final = 10
"""Nothing is agreed for a day that lies further ahead, unless a year was mistyped."""


def too_long(column: str, text: object, longest: int) -> Iterator[Problem]:
    """A text with more characters than are kept, and by how many. Anything else is taken."""
    if isinstance(text, str) and len(text) > longest:
        what = f"{len(text):,} of {longest:,} characters:"
        yield Problem(what, f"shorten it by {len(text) - longest:,}.", column=column)


def out_of_reach(column: str, on: object, today: date) -> Iterator[Problem]:
    """A day that nobody can have meant: long before any record, or more than ten years ahead."""
    if isinstance(on, date):
        if on < EARLIEST:
            yield Problem(f"{_exactly(on)} lies too far back.", "Check the year.", column=column)
        elif on.year > today.year + YEARS_AHEAD:
            yield Problem(f"{_exactly(on)} lies more than ten years ahead.", "Check the year.", column=column)


def not_past(column: str, on: object, today: date) -> Iterator[Problem]:
    """A day on which nothing can have happened yet, or that lies too far back."""
    if isinstance(on, date) and on > today:
        remedy = "Give today or an earlier day."
        yield Problem(f"{day(on, today)} has not come yet.", remedy, column=column)
    else:
        yield from out_of_reach(column, on, today)


def no_day_in_hand(column: str, on: object, today: date, most: int) -> Iterator[Problem]:
    """No day until which something can be in hand: it is missing, has passed, or lies more than ``most`` days ahead."""
    latest = today + timedelta(days=most)
    remedy = f"Choose one from today to {day(latest, today)}."
    if not isinstance(on, date):
        yield Problem("No day was chosen.", remedy, column=column)
    elif on < today:
        yield Problem(f"{day(on, today)} has passed.", remedy, column=column)
    elif on > latest:
        yield Problem(f"{day(on, today)} is more than {count(most, 'day')} ahead.", remedy, column=column)


def no_whole_number(column: str, number: object) -> Iterator[Problem]:
    """A number with a fraction, where things are counted."""
    if isinstance(number, float) and not number.is_integer():
        yield Problem(f"{number:g} is no whole number.", "Give one without a fraction.", column=column)


def _exactly(on: date) -> str:
    """The day with all four digits of its year, which may be what is wrong."""
    return f"{day(on).rpartition(' ')[0]} {on.year:04}"
