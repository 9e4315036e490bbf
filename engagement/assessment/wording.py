"""How days, spans, money, shares and counts are written: the same everywhere people read them.

Nothing here is asked about what is not known: the caller says in words what is missing (LOOK.md, "Unknown is said").
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from typing import Final

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NUMBERS: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
MINUS: Final = "\N{MINUS SIGN}"
MILLION: Final = Decimal(1_000_000)
THOUSAND: Final = 1000


def day(on: date, as_of: date | None = None) -> str:
    """A date as people read it: "20 Nov 2026", and "20 Nov" where it lies in the year of ``as_of``."""
    short = f"{on.day} {MONTHS[on.month - 1]}"
    return short if as_of is not None and on.year == as_of.year else f"{short} {on.year}"


def weekday(on: date) -> str:
    """The day of the week and of the month, for lists of days close by: "Mon 23"."""
    return f"{WEEKDAYS[on.weekday()]} {on.day}"


def month(on: date, as_of: date | None = None) -> str:
    """The month of a date: "Nov 2026", and "Nov" where it lies in the year of ``as_of``."""
    name = MONTHS[on.month - 1]
    return name if as_of is not None and on.year == as_of.year else f"{name} {on.year}"


def span(days: int) -> str:
    """A length of time, never negative: "23 days", from nine weeks on "9 weeks", from a year on "14 months".

    Weeks and months are rounded to the nearest, so that 90 days are "13 weeks".
    """
    length = abs(days)
    if length < 9 * 7:
        return count(length, "day")
    if length < 365:
        return count(floor(length / 7 + 0.5), "week")
    return count(floor(length / 30.4375 + 0.5), "month")


def ago(days: int) -> str:
    """How long ago something was: "today", "yesterday", "23 days ago"."""
    return {0: "today", 1: "yesterday"}.get(days, f"{span(days)} ago")


def signed_days(days: int) -> str:
    """A change in days with its sign: "+3 d", "−4 d", "0 d"."""
    return f"{signed(days)} d"


def signed(number: int) -> str:
    """A whole number with its sign: "+2", "−1", "0"."""
    if number == 0:
        return "0"
    return f"{'+' if number > 0 else MINUS}{abs(number):,}"


def money(amount: Decimal | float, currency: str, *, exact: bool = False) -> str:
    """An amount with its currency: "EUR 46,200"; from a million on "EUR 1.2 M", from a thousand of them on
    "EUR 1.2 bn", unless it is to be ``exact``.

    Whole units, but below 100 with cents where there are any: "EUR 9.50".
    """
    value = Decimal(str(amount)) if isinstance(amount, float) else Decimal(amount)
    sign, size = (MINUS if value < 0 else ""), abs(value)
    if not exact and _rounded(size, "1") >= MILLION:
        millions = _rounded(size / MILLION, "0.1")
        if millions >= THOUSAND:
            return f"{currency} {sign}{_without_zero(_rounded(size / MILLION / THOUSAND, '0.1'))} bn"
        return f"{currency} {sign}{_without_zero(millions)} M"
    cents = size < 100 and _rounded(size, "0.01") != _rounded(size, "1")
    return f"{currency} {sign}{_rounded(size, '0.01' if cents else '1'):,}"


def apart(currency: str, *amounts: Decimal) -> tuple[str, ...]:
    """Amounts that are compared, in full; to the cent where two that differ would else read the same."""
    whole = tuple(money(amount, currency, exact=True) for amount in amounts)
    if len(set(whole)) == len(set(amounts)):
        return whole
    return tuple(f"{currency} {MINUS if amount < 0 else ''}{_rounded(abs(amount), '0.01'):,}" for amount in amounts)


def share(part: float) -> str:
    """A share of 1 in percent: "62 %".

    What is not quite all is never written as all, nor what is more than nothing as nothing: "99 %", "under 1 %".
    """
    percent = floor(abs(part) * 100 + 0.5 + 1e-9)
    sign = MINUS if part < 0 and percent else ""
    if percent == 0 and part != 0:
        return f"under {MINUS if part < 0 else ''}1 %"
    if percent == 100 and abs(part) < 1 - 1e-9:
        percent = 99
    return f"{sign}{percent:,} %"


def measured(value: float, unit: str | None = None) -> str:
    """A value of a metric as it was typed, with its unit: "1,204 visits", "0.35 %", "−3". At most six decimals."""
    size = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    sign = MINUS if value < 0 and size != "0" else ""
    return f"{sign}{size}{f' {unit}' if unit else ''}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number and what it counts: "1 milestone", "3 milestones", "1,204 check-ins"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def in_words(number: int) -> str:
    """A number as it stands in a sentence: in words up to twelve ("four"), else in figures ("24"). None is "no"."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a sentence: "A", "A and B", "A, B and C", and beyond ``most`` "A, B, C and 4 more"."""
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most:,} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def sentence(text: str) -> str:
    """The text with a capital first letter and a full stop, whatever it begins and ends with."""
    trimmed = text.strip()
    ended = trimmed if trimmed.endswith((".", "!", "?")) else f"{trimmed}."
    return ended[:1].upper() + ended[1:]


def _rounded(size: Decimal, step: str) -> Decimal:
    return size.quantize(Decimal(step), ROUND_HALF_UP)


def _without_zero(number: Decimal) -> str:
    text = f"{number:,}"
    return text.removesuffix(".0")
